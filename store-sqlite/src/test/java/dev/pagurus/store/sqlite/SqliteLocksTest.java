package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Locks of other programs: who waits, for how long, and what is said when it was too long. */
@Timeout(120)
class SqliteLocksTest {

    private static final Pattern WAITED = Pattern.compile(" for the (\\d+) ms ");

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin immediate", "begin exclusive"})
    void everyKindOfWriteSaysHowLongItWaitedForAnotherProgram(String begin) throws SQLException {
        try (Store store = open("300ms");
                OtherProgram other = OtherProgram.on(file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("n1", Note.titled("milk"));
            other.run(begin);

            assertTimesOut(() -> notes.put("n1", Note.titled("bread")));
            assertTimesOut(() -> notes.delete("n1"));
            assertTimesOut(() -> notes.update("n1", note -> Note.titled("bread")));
            assertTimesOut(() -> notes.insertAll(List.of(Note.titled("eggs")).stream(), note -> "n2", OnConflict.FAIL));
            assertTimesOut(() -> notes.query().deleteAll());
            assertTimesOut(() -> store.runTransaction(tx -> tx.collection(Note.SCHEMA)));
            assertTimesOut(() -> store.collection(Note.NEXT_SCHEMA));
            assertThat(notes.query().list())
                    .as("readers go on meanwhile")
                    .singleElement()
                    .matches(note -> note.value().equals(Note.titled("milk")));

            other.run("rollback");
            assertThat(notes.put("n1", Note.titled("bread")).value()).isEqualTo(Note.titled("bread"));
        }
    }

    @Test
    void theShellOfSqliteIsAnotherProgramToo() throws Exception {
        try (Store store = open("300ms");
                ChildJvm shell = ChildJvm.start(List.of("sqlite3", file.toString()))) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            shell.tell("begin immediate;");
            shell.tell(".shell echo locked");
            shell.await("locked");

            assertTimesOut(() -> notes.put("n1", Note.titled("milk")));

            shell.tell("insert into notes (id, version, created_at, body) values ('theirs', 1, 1, '{}');");
            shell.tell("commit;");
            shell.tell(".quit");
            shell.finish();
            notes.put("n1", Note.titled("milk"));
            assertThat(notes.query().count()).isEqualTo(2);
        }
    }

    @Test
    void aLockThatIsReleasedInTimeIsNotNoticed() throws Exception {
        try (Store store = open("30s");
                OtherProgram other = OtherProgram.on(file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            other.run("begin immediate");
            CompletableFuture<Boolean> put = CompletableFuture.supplyAsync(
                    () -> notes.put("n1", Note.titled("milk")).version() > 0);

            assertThatThrownBy(() -> put.get(500, TimeUnit.MILLISECONDS))
                    .as("it waits")
                    .isInstanceOf(TimeoutException.class);
            other.run("commit");

            assertThat(put.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void openingWaitsForAnotherProgramThatHasTheWholeFileToItself() throws Exception {
        // Not our file yet, so not in the mode in which readers and a writer work side by side.
        OtherProgram.run(file, "create table theirs (a text)");
        try (OtherProgram other = OtherProgram.on(file)) {
            other.run("begin exclusive");

            assertTimesOut(() -> open("300ms").close());

            CompletableFuture<String> opened = CompletableFuture.supplyAsync(() -> {
                try (Store store = open("30s")) {
                    return store.collection(Note.SCHEMA)
                            .insert(Note.titled("milk"))
                            .id();
                }
            });
            assertThatThrownBy(() -> opened.get(500, TimeUnit.MILLISECONDS))
                    .as("it waits")
                    .isInstanceOf(TimeoutException.class);
            other.run("commit");
            assertThat(opened.get(10, TimeUnit.SECONDS)).isNotEmpty();
        }
    }

    @Test
    void openingSaysHowLongItWaitedForAProgramThatLetsNobodyIn() throws SQLException {
        open("5s").close();
        try (OtherProgram other = OtherProgram.on(file)) {
            other.run("pragma locking_mode = exclusive");
            other.run("create table theirs (a text)");

            assertTimesOut(() -> open("300ms").close());
        }
    }

    @Test
    void aReaderOfAnotherProgramDisturbsNobody() throws SQLException {
        try (OtherProgram other = OtherProgram.on(file)) {
            try (Store store = open("300ms")) {
                DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
                notes.insert("n1", Note.titled("milk"));
                other.run("begin");
                assertThat(other.query("select count(*) from notes")).containsExactly("1");

                notes.insert("n2", Note.titled("bread"));
                store.collection(Note.NEXT_SCHEMA).insert("n3", Note.titled("eggs"));

                assertThat(other.query("select count(*) from notes"))
                        .as("one state throughout")
                        .containsExactly("1");
            }
            assertThat(other.query("select count(*) from notes"))
                    .as("also after the store was closed")
                    .containsExactly("1");
            other.run("commit");
            assertThat(other.query("select count(*) from notes")).containsExactly("3");
        }
    }

    private Store open(String timeout) {
        return Stores.open("sqlite:" + file + "?timeout=" + timeout);
    }

    /** Expects the message of a lock that another program held for more than 300 ms, which says how long it was waited for. */
    private static AbstractThrowableAssert<?, ? extends Throwable> assertTimesOut(ThrowingCallable call) {
        long started = System.nanoTime();
        AbstractThrowableAssert<?, ? extends Throwable> refusal = assertThatThrownBy(call)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("Another program kept sqlite:")
                .hasMessageContaining("Nothing was changed");
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        refusal.satisfies(thrown -> assertThat(waited(thrown)).isBetween(Duration.ofMillis(290), took));
        return refusal;
    }

    private static Duration waited(Throwable thrown) {
        Matcher said = WAITED.matcher(String.valueOf(thrown.getMessage()));
        assertThat(said.find())
                .as("whether it says how long: %s", thrown.getMessage())
                .isTrue();
        return Duration.ofMillis(Long.parseLong(said.group(1)));
    }
}
