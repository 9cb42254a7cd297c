package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Changes.NOTES;
import static dev.pagurus.store.sqlite.Changes.TASKS;
import static dev.pagurus.store.sqlite.Changes.WEEK;
import static dev.pagurus.store.sqlite.Changes.delete;
import static dev.pagurus.store.sqlite.Changes.put;
import static dev.pagurus.store.sqlite.Changes.told;
import static dev.pagurus.store.sqlite.Changes.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredChange;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.spi.WriteOutcome;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is in the log of changes, and how it is read. */
@Timeout(60)
class SqliteFeedTest {

    private static final String LOG = "select id, version from pagurus_changes order by position";

    @TempDir
    private Path directory;

    private Path file;
    private Changes changes;

    @BeforeEach
    void open() {
        file = directory.resolve("data.db");
        changes = new Changes(file).define(NOTES).define(TASKS);
    }

    @AfterEach
    void close() {
        changes.close();
    }

    @Test
    void everyWayToWriteIsInTheLogOnceWithItsVersion() throws SQLException {
        List<String> expected = new ArrayList<>();
        long inserted = changes.run(write(NOTES, "a", Precondition.ABSENT, "first"));
        expected.add("a|" + inserted);
        assertThat(changes.run(write(NOTES, "a", Precondition.ABSENT, "again"))).isZero();
        assertThat(changes.run(write(NOTES, "b", Precondition.ABSENT, "first"))).isZero();
        assertThat(changes.run(write(NOTES, "b", Precondition.PRESENT, "second")))
                .isZero();
        assertThat(changes.run(delete(NOTES, "b"))).isZero();
        long put = changes.run(put(NOTES, "a"));
        expected.add("a|" + put);
        assertThat(changes.run(write(NOTES, "a", Precondition.version(inserted), "second")))
                .isZero();
        long replaced = changes.run(write(NOTES, "a", Precondition.version(put), "second"));
        expected.add("a|" + replaced);
        long present = changes.run(write(NOTES, "a", Precondition.PRESENT, "third"));
        expected.add("a|" + present);
        changes.run(delete(NOTES, "a"));
        expected.add("a|" + present);
        assertThat(OtherProgram.query(file, LOG)).isEqualTo(expected);
    }

    @Test
    void longListsAndBulkWritesAreInTheLogOnce() throws SQLException {
        changes.run(put(TASKS, "t7"));
        List<WriteOutcome> outcomes = changes.engine.write(IntStream.range(0, 50)
                .mapToObj(i -> write(TASKS, "t" + i, Precondition.ABSENT, ""))
                .toList());
        assertThat(outcomes)
                .filteredOn(WriteOutcome.DuplicateId.class::isInstance)
                .hasSize(1);
        assertThat(OtherProgram.query(file, LOG)).hasSize(50).doesNotHaveDuplicates();
        String position = changes.engine.changesEnd(List.of(TASKS));
        changes.transaction(tx -> {
            long version = tx.get(TASKS, List.of("t3")).get(0).version();
            tx.get(NOTES, List.of());
            tx.write(List.of(write(TASKS, "t3", Precondition.version(version), ""), put(NOTES, "n")));
            assertThat(tx.deleteAll(TASKS, new Condition.Compare("id", Condition.Operator.LT, "t2")))
                    .isEqualTo(12);
            tx.load(TASKS, List.of(new StoredRow(new StoredDocument("u", 17, 16, "{}"), List.of())));
        });
        ChangeChunk page = changes.page(position, TASKS);
        assertThat(told(page))
                .hasSize(14)
                .startsWith("tasks/t3")
                .endsWith("tasks/u")
                .contains("-tasks/t19");
        assertThat(page.changes().get(13).version()).isEqualTo(17);
        assertThat(changes.rest(null, 3, NOTES)).containsExactly("notes/n");
    }

    @Test
    void whatIsUndoneIsNot() throws SQLException {
        try (EngineSession session = changes.engine.begin(SessionMode.TRANSACTION)) {
            session.write(List.of(put(TASKS, "a")));
        }
        assertThat(OtherProgram.query(file, LOG)).isEmpty();
        assertThat(changes.page(null, TASKS).changes()).isEmpty();
    }

    @Test
    void aPageEndsWithItsLimitOrWithTheDocumentThatReachesTheBytes() {
        for (String id : List.of("a", "b", "c")) {
            changes.run(put(TASKS, id));
        }
        changes.run(delete(TASKS, "a"));
        ChangeChunk first = changes.page(null, 2, TASKS);
        assertThat(told(first)).containsExactly("-tasks/a", "tasks/b");
        assertThat(first.complete()).isFalse();
        ChangeChunk second = changes.page(first.position(), 2, TASKS);
        assertThat(told(second)).containsExactly("tasks/c", "-tasks/a");
        assertThat(second.complete()).isTrue();
        ChangeChunk third = changes.page(second.position(), 2, TASKS);
        assertThat(third).isEqualTo(new ChangeChunk(List.of(), second.position(), true));
        assertThat(second.position()).isEqualTo(changes.engine.changesEnd(List.of(TASKS)));

        int bytes = Objects.requireNonNull(second.changes().get(0).document())
                .body()
                .length();
        ChangeChunk one = changes.engine.changes(new ChangeScan(List.of(TASKS), null, 9, bytes));
        assertThat(told(one)).as("what is deleted has no bytes").containsExactly("-tasks/a", "tasks/b");
        ChangeChunk two = changes.engine.changes(new ChangeScan(List.of(TASKS), null, 9, bytes + 1));
        assertThat(told(two)).containsExactly("-tasks/a", "tasks/b", "tasks/c");
        assertThat(two.complete()).isFalse();
    }

    @Test
    void aChangeBringsTheDocumentAsItIsNow() {
        long first = changes.run(put(NOTES, "a"));
        long second = changes.run(write(NOTES, "a", Precondition.PRESENT, "now"));
        List<StoredChange> seen = changes.page(null, NOTES).changes();
        assertThat(seen).extracting(StoredChange::version).containsExactly(first, second);
        assertThat(seen)
                .extracting(StoredChange::document)
                .containsOnly(changes.engine.get(NOTES, List.of("a")).get(0));
    }

    @Test
    void severalCollectionsComeInTheOrderOfTheirCommits() {
        String end = changes.engine.changesEnd(List.of(NOTES, TASKS));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CollectionDefinition collection = i % 3 == 0 ? NOTES : TASKS;
            changes.run(put(collection, "d" + i));
            expected.add(collection.name() + "/d" + i);
        }
        for (int limit : new int[] {1, 3, 20, 100}) {
            assertThat(changes.rest(null, limit, NOTES, TASKS)).isEqualTo(expected);
            assertThat(changes.rest(end, limit, NOTES, TASKS)).isEqualTo(expected);
        }
        String tasks = changes.engine.changesEnd(List.of(TASKS));
        changes.run(put(NOTES, "more"));
        assertThat(changes.engine.changesEnd(List.of(TASKS))).isEqualTo(tasks);
        assertThat(changes.page(tasks, TASKS)).isEqualTo(new ChangeChunk(List.of(), tasks, true));
    }

    /** SQLite puts no more than 500 selects together. */
    @Test
    void aFeedMayBeOfMoreCollectionsThanOneStatementTakesTogether() {
        List<CollectionDefinition> many = IntStream.range(0, 510)
                .mapToObj(i -> new CollectionDefinition("c" + (1000 + i), 1, List.of(), List.of(), null, WEEK))
                .toList();
        many.forEach(changes::define);
        CollectionDefinition[] all = many.toArray(CollectionDefinition[]::new);
        changes.run(put(all[509], "a"));
        changes.run(put(all[0], "b"));
        changes.run(put(all[400], "c"));
        assertThat(changes.rest(null, 2, all)).containsExactly("c1509/a", "c1000/b", "c1400/c");
    }

    @Test
    void aRevisionIsNoChangeButWhatItSetsAsideIs() {
        CollectionDefinition aside = new CollectionDefinition("kept_aside", 1, List.of(), List.of(), null, WEEK);
        changes.define(aside);
        changes.run(put(NOTES, "a"));
        changes.run(put(NOTES, "b"));
        String position = changes.engine.changesEnd(List.of(NOTES));
        CollectionDefinition next = Changes.definition("notes", 2, WEEK.plusDays(1));
        changes.define(next, aside, Set.of("b"));
        assertThat(changes.rest(position, 9, next)).containsExactly("-notes/b");
        assertThat(changes.rest(null, 9, aside)).containsExactly("kept_aside/b");
        assertThatThrownBy(() -> changes.page(position, NOTES)).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> changes.engine.changesEnd(List.of(NOTES))).isInstanceOf(SchemaException.class);
    }

    @Test
    void whatKeepsNoChangesWritesNothingDown() throws SQLException {
        CollectionDefinition plain = Changes.definition("plain", 1, null);
        changes.define(plain);
        changes.run(put(plain, "a"));
        changes.run(delete(plain, "a"));
        changes.transaction(tx -> tx.load(
                plain,
                List.of(new StoredRow(
                        new StoredDocument("u", 17, 16, "{}"), java.util.Arrays.asList(null, List.of())))));
        changes.transaction(tx -> tx.deleteAll(plain, Condition.EVERYTHING));
        assertThat(OtherProgram.query(file, LOG)).isEmpty();
        assertThat(OtherProgram.query(file, "select collection from pagurus_feeds order by 1"))
                .containsExactly("notes", "tasks");
        assertThat(OtherProgram.query(file, "select * from pagurus_change_marks"))
                .isEmpty();
    }

    @Test
    void anotherHandleReadsAndWritesTheSameLog() {
        changes.run(put(TASKS, "a"));
        String end = changes.engine.changesEnd(List.of(TASKS));
        try (Changes other = new Changes(file, changes.clock)) {
            assertThat(other.engine.changesEnd(List.of(TASKS))).isEqualTo(end);
            other.run(put(TASKS, "b"));
            assertThat(changes.engine.changesEnd(List.of(TASKS))).isNotEqualTo(end);
            assertThat(changes.rest(end, 9, TASKS)).containsExactly("tasks/b");
            changes.run(delete(TASKS, "a"));
            assertThat(other.rest(end, 9, TASKS)).containsExactly("tasks/b", "-tasks/a");
        }
    }
}
