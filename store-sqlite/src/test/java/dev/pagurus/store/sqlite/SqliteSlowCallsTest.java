package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.VersionConflictException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of calls: of slow ones a line, and of a listener that fails that it does. */
class SqliteSlowCallsTest {

    private static final String SECRET = "hunter2-Secret";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.pagurus");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    @Test
    void whatIsSlowIsLoggedInALine() {
        try (Store store = Stores.open(
                StoreConfig.builder("sqlite::memory:").slow(Duration.ofNanos(1)).build())) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.put(SECRET, note(SECRET));
            notes.where(Note.TITLE.eq(SECRET)).orderBy(Note.DUE.desc()).list();
            assertThatThrownBy(() -> notes.replace(SECRET, 1, note(SECRET)))
                    .isInstanceOf(VersionConflictException.class);
            for (int i = 0; i < 50; i++) {
                notes.get(SECRET);
            }
        }
        List<String> lines = warnings();
        assertThat(lines).hasSize(21);
        assertThat(lines)
                .allSatisfy(line -> assertThat(line).startsWith("Slow: ").doesNotContain(SECRET));
        assertThat(lines.get(0)).startsWith("Slow: open took ");
        assertThat(lines.get(1)).startsWith("Slow: collection of 'notes' took ");
        assertThat(lines.get(2)).startsWith("Slow: put of 'notes' took ").endsWith(" in the engine), 1 row");
        assertThat(lines.get(3))
                .startsWith("Slow: list of 'notes' where title = ? order by due desc, took ")
                .endsWith("1 row; index title for the filter, no index for the order");
        assertThat(lines.get(4)).startsWith("Slow: replace").endsWith(", failed with VersionConflictException");
        // Of the gets fifteen are shown; closing is a call too.
        assertThat(lines.get(20)).startsWith("Slow: 36 more calls");
    }

    @Test
    void theUrlSaysWhatIsSlow() {
        try (Store store = Stores.open("sqlite::memory:?slow=1h")) {
            store.collection(Note.SCHEMA).put("a", note("a"));
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aListenersFailureIsLoggedOnce() {
        StoreConfig config = StoreConfig.builder("sqlite::memory:")
                .listener(call -> {
                    throw new IllegalStateException("the listener's own");
                })
                .build();
        try (Store store = Stores.open(config)) {
            for (int i = 0; i < 5; i++) {
                store.collection(Note.SCHEMA).put("a" + i, note("a" + i));
            }
        }
        assertThat(warnings()).singleElement().asString().contains("listener", "once");
    }

    private List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private static Note note(String title) {
        return new Note(title, Note.Status.OPEN, null, Set.of(title), title);
    }
}
