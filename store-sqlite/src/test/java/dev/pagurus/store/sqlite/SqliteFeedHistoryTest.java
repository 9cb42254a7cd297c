package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Changes.NOTES;
import static dev.pagurus.store.sqlite.Changes.TASKS;
import static dev.pagurus.store.sqlite.Changes.WEEK;
import static dev.pagurus.store.sqlite.Changes.delete;
import static dev.pagurus.store.sqlite.Changes.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.CollectionDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From which positions one can go on, and from which not: what is forgotten, begun anew, or another history. */
@Timeout(60)
class SqliteFeedHistoryTest {

    private static final CollectionDefinition HOURLY =
            new CollectionDefinition("hourly", 1, List.of(), List.of(), null, Duration.ofHours(1));

    private static final String LOG = "select id from pagurus_changes order by position";

    @TempDir
    private Path directory;

    private Path file;
    private Changes changes;

    @BeforeEach
    void open() {
        file = directory.resolve("data.db");
        changes = new Changes(file).define(NOTES).define(TASKS).define(HOURLY);
    }

    @AfterEach
    void close() {
        changes.close();
    }

    private void requireLost(String position, String why, CollectionDefinition... collections) {
        assertThatThrownBy(() -> changes.page(position, collections))
                .isInstanceOf(PositionLostException.class)
                .hasMessageContaining(why)
                .hasMessageContaining("Start anew");
    }

    @Test
    void nothingYoungerThanTheRetentionIsForgotten() throws SQLException {
        changes.run(put(HOURLY, "a"));
        for (int minute = 0; minute <= 60; minute += 3) {
            changes.run(put(HOURLY, "m" + minute));
            changes.clock.advanceSeconds(180);
        }
        assertThat(OtherProgram.query(file, LOG)).hasSize(22);
    }

    @Test
    void whatIsOlderIsForgottenWithLaterWritesInSmallSteps() throws SQLException {
        String begin = changes.engine.changesEnd(List.of(HOURLY));
        for (int i = 0; i < 1_200; i++) {
            changes.engine.write(put(HOURLY, "a" + i));
        }
        String end = changes.engine.changesEnd(List.of(HOURLY));
        changes.clock.advanceSeconds(600);
        changes.run(put(HOURLY, "mark"));
        changes.clock.advanceSeconds(3_599);
        changes.run(put(HOURLY, "early"));
        assertThat(OtherProgram.query(file, LOG)).hasSize(1_202);
        assertThat(changes.rest(begin, 5_000, HOURLY)).hasSize(1_202);
        changes.clock.advanceSeconds(1);
        changes.run(put(HOURLY, "one"));
        assertThat(OtherProgram.query(file, LOG)).as("though it is not due").hasSize(1_203);

        changes.clock.advanceSeconds(300);
        for (int size : new int[] {704, 205, 6, 7}) {
            changes.run(put(HOURLY, "more" + size));
            assertThat(OtherProgram.query(file, LOG)).hasSize(size);
        }
        requireLost(begin, "changes of 'hourly' behind it are forgotten, older than the retention of PT1H", HOURLY);
        assertThat(changes.rest(end, 9, HOURLY))
                .as("who stood behind the last one that is forgotten")
                .hasSize(7)
                .startsWith("hourly/mark");
        assertThat(changes.rest(null, 9, HOURLY)).hasSize(7);
    }

    @Test
    void theNewestChangeStaysSoThatWhoStandsThereGoesOn() throws SQLException {
        changes.run(put(HOURLY, "a"));
        changes.run(put(HOURLY, "b"));
        String end = changes.engine.changesEnd(List.of(HOURLY));
        String both = changes.engine.changesEnd(List.of(HOURLY, TASKS));
        for (int i = 0; i < 10; i++) {
            changes.clock.advanceSeconds(1_000);
            changes.run(put(TASKS, "t" + i));
        }
        assertThat(OtherProgram.query(file, LOG)).startsWith("b", "t0").hasSize(11);
        assertThat(changes.rest(end, 9, HOURLY)).isEmpty();
        assertThat(changes.rest(both, 99, HOURLY, TASKS)).hasSize(10);
    }

    /** The hourly feed needs a mark every few minutes, and what is a week old does not need them all. */
    @Test
    void marksAreFewHoweverLongAndShortTheRetentions() throws SQLException {
        for (int i = 0; i < 3_000; i++) {
            changes.clock.advanceSeconds(400);
            changes.engine.write(put(HOURLY, "a"));
            changes.engine.write(put(TASKS, "t" + i));
        }
        long newest = changes.clock.instant().getEpochSecond();
        assertThat(OtherProgram.query(file, "select at / 1000000 from pagurus_change_marks"))
                .hasSizeBetween(20, 200)
                .allSatisfy(at -> assertThat(newest - Long.parseLong(at)).isLessThan(WEEK.toSeconds() * 5 / 4));
        int ofAWeek = (int) (WEEK.toSeconds() / 400);
        assertThat(changes.rest(null, 5_000, TASKS)).hasSizeBetween(ofAWeek, ofAWeek * 5 / 4);
        assertThat(changes.rest(null, 5_000, HOURLY)).hasSizeBetween(9, 18);
    }

    @Test
    void aClockThatIsSetBackAndForthForgetsNothingYounger() throws SQLException {
        changes.run(put(HOURLY, "a"));
        changes.clock.advanceSeconds(300);
        changes.run(put(HOURLY, "b"));
        changes.clock.advanceSeconds(-10 * 3_600);
        changes.run(put(HOURLY, "c"));
        changes.clock.advanceSeconds(300);
        changes.run(put(HOURLY, "d"));
        changes.clock.advanceSeconds(10 * 3_600);
        changes.run(put(HOURLY, "e"));
        changes.clock.advanceSeconds(300);
        changes.run(put(HOURLY, "f"));
        assertThat(OtherProgram.query(file, LOG)).hasSize(6);
    }

    @Test
    void whatWasThereBeforeAnOlderBackupWasRestoredIsRefused() throws Exception {
        changes.run(put(TASKS, "a"));
        String before = changes.engine.changesEnd(List.of(TASKS));
        Path backup = directory.resolve("backup.db");
        changes.engine.backup(backup, false);
        changes.run(put(TASKS, "b"));
        String one = changes.engine.changesEnd(List.of(TASKS));
        changes.run(put(TASKS, "c"));
        String two = changes.engine.changesEnd(List.of(TASKS));
        changes.close();
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        changes = new Changes(file, changes.clock);
        requireLost(one, "older backup", TASKS);
        changes.run(put(TASKS, "b"));
        requireLost(one, "older backup", TASKS);
        requireLost(two, "older backup", TASKS);
        assertThat(changes.rest(before, 9, TASKS)).containsExactly("tasks/b");
        changes.run(put(NOTES, "c"));
        requireLost(two, "older backup", TASKS);
    }

    /** A change shows the document as it is now, which may be what a later change of a lost history has left. */
    @Test
    void whoHasSeenADocumentOfTheLostHistoryIsRefusedThoughHeStandsBeforeIt() throws Exception {
        changes.run(put(TASKS, "a"));
        changes.run(put(TASKS, "b"));
        String honest = changes.page(null, 1, TASKS).position();
        Path backup = directory.resolve("backup.db");
        changes.engine.backup(backup, false);
        long lost = changes.run(put(TASKS, "a"));
        ChangeChunk page = changes.page(null, 1, TASKS);
        assertThat(page.changes())
                .extracting(change -> Objects.requireNonNull(change.document()).version())
                .containsExactly(lost);
        changes.close();
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        changes = new Changes(file, changes.clock);
        requireLost(page.position(), "older backup", TASKS);
        changes.run(put(TASKS, "c"));
        requireLost(page.position(), "older backup", TASKS);
        assertThat(changes.rest(honest, 9, TASKS)).containsExactly("tasks/b", "tasks/c");
    }

    /** The same document, in the same microsecond, at the same place. */
    @Test
    void twoCopiesOfAFileThatWentTheirOwnWaysDoNotServeEachOthersPositions() throws Exception {
        changes.run(put(TASKS, "a"));
        String common = changes.page(null, 9, TASKS).position();
        Path backup = directory.resolve("backup.db");
        changes.engine.backup(backup, false);
        long version = changes.run(put(TASKS, "b"));
        String own = changes.page(null, 9, TASKS).position();
        changes.close();
        Files.copy(backup, file, StandardCopyOption.REPLACE_EXISTING);
        changes = new Changes(file, changes.clock);
        changes.clock.set(changes.clock.instant().minusMillis(1));
        assertThat(changes.run(put(TASKS, "b"))).isEqualTo(version);
        requireLost(own, "older backup", TASKS);
        assertThat(changes.rest(common, 9, TASKS)).containsExactly("tasks/b");
    }

    @Test
    void aFeedThatIsLostAndRegainedOrMadeAnewHasAnotherLife() throws SQLException {
        changes.run(put(NOTES, "a"));
        changes.run(put(TASKS, "b"));
        String notes = changes.engine.changesEnd(List.of(NOTES));
        String both = changes.engine.changesEnd(List.of(NOTES, TASKS));
        String tasks = changes.engine.changesEnd(List.of(TASKS));
        changes.define(Changes.definition("notes", 2, null));
        assertThat(OtherProgram.query(file, LOG)).containsExactly("b");
        CollectionDefinition again = Changes.definition("notes", 3, WEEK);
        changes.define(again);
        requireLost(notes, "changes of 'notes' have begun anew", again);
        requireLost(both, "begun anew", again, TASKS);
        assertThat(changes.page(null, again).changes())
                .as("what is there is no change")
                .isEmpty();

        assertThat(changes.engine.drop("tasks")).isTrue();
        assertThat(OtherProgram.query(file, LOG)).isEmpty();
        assertThatThrownBy(() -> changes.page(tasks, TASKS)).isInstanceOf(SchemaException.class);
        changes.define(TASKS);
        requireLost(tasks, "begun anew", TASKS);
        requireLost("4711:12", "another store", TASKS);
        requireLost("sqlite 0 1 999999999999999999 9999999999999999999 1", "another store", TASKS);
    }

    @Test
    void anotherRetentionAndAnotherNameKeepPositions() {
        changes.run(put(NOTES, "a"));
        changes.run(put(TASKS, "b"));
        String notes = changes.engine.changesEnd(List.of(NOTES));
        String both = changes.engine.changesEnd(List.of(NOTES, TASKS));
        CollectionDefinition longer = Changes.definition("notes", 2, WEEK.plusDays(1));
        changes.define(longer);
        changes.run(put(longer, "c"));
        assertThat(changes.rest(notes, 9, longer)).containsExactly("notes/c");
        changes.engine.rename("notes", "zettel");
        CollectionDefinition renamed = longer.named("zettel");
        assertThat(changes.rest(notes, 9, renamed)).containsExactly("zettel/c");
        assertThat(changes.rest(both, 9, TASKS, renamed)).containsExactly("zettel/c");
        changes.run(delete(renamed, "a"));
        assertThat(changes.rest(both, 9, TASKS, renamed)).containsExactly("zettel/c", "-zettel/a");
        assertThatThrownBy(() -> changes.page(notes, longer)).isInstanceOf(SchemaException.class);
    }

    /** Numbers come again when the newest rows of the log go, and a mark of before must not tell of them. */
    @Test
    void whatIsWrittenAfterADropIsNoOlderForIt() throws SQLException {
        for (int i = 0; i < 30; i++) {
            changes.run(put(TASKS, "t" + i));
        }
        changes.clock.advanceSeconds(300);
        changes.run(put(HOURLY, "mark"));
        changes.engine.drop("hourly");
        changes.engine.drop("tasks");
        changes.clock.advanceSeconds(3_500);
        changes.define(HOURLY);
        changes.run(put(HOURLY, "a"));
        changes.run(put(HOURLY, "b"));
        changes.clock.advanceSeconds(300);
        changes.run(put(HOURLY, "c"));
        assertThat(OtherProgram.query(file, LOG)).containsExactly("a", "b", "c");
    }

    /** A release that knows no changes raises a revision with a row of its own. */
    @Test
    void whatAnOlderReleaseHasRaisedBeginsAnew() throws SQLException {
        changes.run(put(TASKS, "a"));
        String position = changes.engine.changesEnd(List.of(TASKS));
        OtherProgram.run(
                file,
                "delete from pagurus_collections where name = 'tasks';"
                        + " insert into pagurus_collections (name, revision, defined_at) values ('tasks', 2, 1)");
        CollectionDefinition next = new CollectionDefinition("tasks", 3, List.of(), List.of(), null, WEEK);
        changes.define(next);
        requireLost(position, "begun anew", next);
        assertThat(changes.page(null, next).changes()).isEmpty();
    }
}
