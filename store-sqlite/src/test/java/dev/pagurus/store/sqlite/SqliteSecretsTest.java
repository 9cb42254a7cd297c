package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Files that exist, and whose names look like a password: what is said of them by a store that works, and by one that does
 * not. What is refused before is among {@link HostileUrls}.
 */
class SqliteSecretsTest {

    private static final String NAMES = "u:s3cr3t@h.db";

    @TempDir
    Path directory;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.pagurus");
    private final StringBuilder said = new StringBuilder();

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.TRACE);
        logger.addAppender(log);
    }

    @AfterEach
    void forget() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {NAMES, "u%3As3cr3t%40h.db", "x.db;key=s3cr3t", "x.db&key=s3cr3t", "x.db%3Fkey=s3cr3t"})
    void aStoreThatWorksShowsNoneOfIt(String name) {
        StoreConfig config = StoreConfig.of("sqlite:" + directory + "/" + name);
        say(config.toString());
        say(SqliteSettings.of(config).toString());
        try (Store store = Stores.open(config)) {
            say(store.toString());
            say(store.health().toString());
            store.collection(Note.SCHEMA);
            say(catchThrowable(() -> store.backup(directory, false)));
            store.backup(directory.resolve("backup.db"), false);
        }
        requireNoSecret();
    }

    @ParameterizedTest
    @ValueSource(strings = {NAMES, "x.db;key=s3cr3t"})
    void aFileThatCannotBeOpenedShowsNoneOfItEither(String name) throws Exception {
        Path file = directory.resolve(name);
        String url = "sqlite:" + file;
        Files.writeString(file, "no database, but long enough to be looked at: ".repeat(100));
        say(catchThrowable(() -> Stores.open(url)));
        Files.delete(file);
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("create table pagurus_migrations (a)");
            say(catchThrowable(() -> Stores.open(url)));
            statement.execute("begin exclusive");
            say(catchThrowable(() -> Stores.open(url + "?timeout=100ms")));
        }
        requireNoSecret();
    }

    private void say(String text) {
        said.append(text).append('\n');
    }

    private void say(Throwable failure) {
        assertThat(failure).isNotNull();
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        say(trace.toString());
    }

    private void requireNoSecret() {
        for (ILoggingEvent event : log.list) {
            say(event.getFormattedMessage());
        }
        assertThat(said.toString()).contains("sqlite:").doesNotContain("s3cr3t");
    }
}
