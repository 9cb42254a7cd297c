package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file with damage in it: said clearly, and never a raw exception of the driver. */
class SqliteDamageTest {

    private static final int PAGE = 4096;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void storeNotes() {
        file = directory.resolve("data.db");
        try (Store store = open()) {
            store.collection(Note.SCHEMA)
                    .insertAll(
                            IntStream.range(0, 2000).mapToObj(i -> Note.titled("title " + i)),
                            note -> Objects.requireNonNull(note.title()),
                            OnConflict.FAIL);
        }
    }

    @Test
    void garbageInTheMiddleOfTheFileIsSaidToBeDamage() throws IOException {
        long middle = Files.size(file) / PAGE / 2 * PAGE;
        overwrite(middle - 20 * PAGE, 40 * PAGE);

        try (Store store = open()) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);

            assertDamaged(() -> notes.query().list());
            assertDamaged(() -> notes.query().stream().forEach(note -> {}));
            assertDamaged(() ->
                    store.snapshot(view -> view.collection(Note.SCHEMA).query().list()));
            assertDamaged(() -> notes.query().deleteAll());
            assertDamaged(() -> store.collection(Note.NEXT_SCHEMA));
            assertThat(store.health().details()).containsKey("file_bytes");
        }
    }

    @Test
    void aFileThatWasCutOffIsSaidToBeDamaged() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / PAGE / 2 * PAGE);
        }

        assertDamaged(() -> {
            try (Store store = open()) {
                store.collection(Note.SCHEMA).query().list();
            }
        });
    }

    @Test
    void garbageInPlaceOfTheListOfTablesIsSaidToBeDamage() throws IOException {
        int headerBytes = 100;
        overwrite(headerBytes, PAGE - headerBytes);

        assertDamaged(() -> open().close());
    }

    @Test
    void aLogThatIsNotOfThisFileIsPassedOver() throws IOException {
        byte[] garbage = new byte[20 * PAGE];
        new Random(3).nextBytes(garbage);
        Files.write(directory.resolve("data.db-wal"), garbage);

        try (Store store = open()) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(2000);
        }
    }

    private void overwrite(long position, int length) throws IOException {
        byte[] garbage = new byte[length];
        new Random(2).nextBytes(garbage);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(garbage), position);
        }
    }

    private Store open() {
        return Stores.open("sqlite:" + file + "?timeout=5s");
    }

    private void assertDamaged(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("is damaged")
                .hasMessageContaining("Restore a backup");
    }
}
