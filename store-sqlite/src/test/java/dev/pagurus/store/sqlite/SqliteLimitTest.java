package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What SQLite itself is busy with ends in time as well. What would be worked at for hours is made by another program. */
@Timeout(120)
class SqliteLimitTest {

    private static final int NOTES = 4000;

    /** Some hours of work; nothing is stored for it. */
    private static final String HOURS = "(select count(*) from %1$s a, %1$s b, %1$s c)";

    @TempDir
    private Path directory;

    private Path file;
    private Store store;
    private DocumentCollection<Note> notes;

    @BeforeEach
    void open() {
        file = directory.resolve("data.db");
        store = Stores.open("sqlite:" + file + "?timeout=1s");
        notes = store.collection(Note.SCHEMA);
        notes.insertAll(Stream.generate(SqliteLimitTest::note).limit(NOTES), numbered("n"), OnConflict.FAIL);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aWriteIsGivenUpAndNothingOfIt() throws Exception {
        slowDown("slow");

        requireGivenUp(() -> notes.put("slow", note()));
        requireGivenUp(() -> store.runTransaction(tx -> {
            tx.collection(Note.SCHEMA).put("quick", note());
            tx.collection(Note.SCHEMA).put("slow", note());
        }));

        assertThat(notes.exists("slow") || notes.exists("quick")).isFalse();
        notes.put("quick", note());
        assertThat(notes.query().count()).isEqualTo(NOTES + 1);
    }

    /** Up to 16,000 are written at once; each of the last ones takes some tenths of a millisecond. */
    @Test
    void aLongListIsNotOneStatement() throws Exception {
        Schema<Note> plain = Schema.of("plain", Note.class).index(Note.STATUS);
        DocumentCollection<Note> many = store.collection(plain);
        OtherProgram.run(
                file,
                "create trigger slow before insert on plain when new.id > 'x230000' begin"
                        + " select count(*) from (select 1 from notes a, notes b limit 2000); end");

        BulkResult told =
                many.insertAll(Stream.generate(SqliteLimitTest::note).limit(150_000), numbered("x"), OnConflict.FAIL);

        assertThat(told.written()).isEqualTo(150_000);
    }

    @Test
    void aReadIsGivenUp() throws Exception {
        OtherProgram.run(
                file,
                "alter table notes rename to all_notes; create view notes as" + " select * from all_notes where "
                        + HOURS.formatted("all_notes") + " > 0");

        requireGivenUp(() -> notes.get("n100001"));
        requireGivenUp(() -> notes.query().list());
        requireGivenUp(() -> notes.query().count());
        requireGivenUp(() -> notes.query().countBy(Note.STATUS));
        requireGivenUp(() -> store.snapshot(
                snapshot -> snapshot.collection(Note.SCHEMA).query().count()));

        OtherProgram.run(file, "drop view notes; alter table all_notes rename to notes");
        assertThat(notes.query().count()).isEqualTo(NOTES);
    }

    /** An index of somebody's own, which takes some milliseconds for each document, is built anew with the tables. */
    @Test
    void aChangeOfTheSchemaTakesAsLongAsItTakes() throws Exception {
        OtherProgram.run(file, "create index theirs on notes (length(replace(hex(zeroblob(100000)), '00', id)))");

        store.collection(Note.NEXT_SCHEMA);

        assertThat(OtherProgram.query(file, "select count(*) from sqlite_schema where name = 'theirs'"))
                .containsExactly("1");
    }

    private void slowDown(String id) throws SQLException {
        OtherProgram.run(
                file,
                "create trigger slow before insert on notes when new.id = '" + id + "' begin select "
                        + HOURS.formatted("notes") + "; end");
    }

    private static Note note() {
        return new Note(null, Note.Status.OPEN, null, Set.of(), "as it is");
    }

    private static Function<Note, String> numbered(String prefix) {
        AtomicInteger made = new AtomicInteger(100_000);
        return note -> prefix + made.getAndIncrement();
    }

    private static void requireGivenUp(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("took longer than the 1 s")
                .hasMessageContaining("Nothing was changed");
    }
}
