package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A disk of the server that is really full: a tablespace on a small file system in memory, which only the server sees. */
@Timeout(120)
class PostgresFullDiskTest {

    private static final String[] MESSAGE = {"The disk of the server of postgres://", "is full", "Nothing was changed"};
    private static final int LARGEST = 50_000;

    private static final Schema<Load> LOADS = Schema.of("loads", Load.class);

    /** A document with nothing but weight. */
    record Load(String content) {}

    @TempDir
    private Path directory;

    @TempDir
    private Path elsewhere;

    @Test
    void aFullDiskRefusesWritesChangesNothingAndStopsNoReader() throws Exception {
        try (OwnServer server = OwnServer.start()) {
            server.stop(false);
            server.startAgain(onSmallDisk());
            server.run(
                    "create tablespace small location '" + directory + "'",
                    "alter database postgres set default_tablespace = 'small'",
                    "create table filler tablespace small as select * from generate_series(1, 20000)");
            try (Store store = Stores.open(server.url("postgres", "postgres"))) {
                DocumentCollection<Load> loads = store.collection(LOADS);
                int stored = fill(loads);
                Failure.of(UnavailableException.class, () -> loads.put("refused", load(LARGEST)), MESSAGE);
                Failure.of(
                        UnavailableException.class,
                        () -> store.runTransaction(tx -> {
                            tx.collection(LOADS).delete("n0");
                            tx.collection(LOADS).put("refused", load(LARGEST));
                        }),
                        MESSAGE);
                Failure.of(
                        UnavailableException.class,
                        () -> loads.putAll(
                                IntStream.range(0, 50).mapToObj(i -> load(LARGEST)),
                                load -> "refused " + System.nanoTime(),
                                OnConflict.FAIL),
                        MESSAGE);
                assertThat(loads.query().count()).isEqualTo(stored);
                assertThat(loads.get("n0")).isPresent();
                assertThat(loads.get("refused")).isEmpty();
                assertThat(store.health().up()).isTrue();

                server.run("drop table filler");
                assertThat(loads.put("with room", load(LARGEST)).id()).isEqualTo("with room");
            }
        }
    }

    @Test
    void aCopyToAFullDiskBreaksOffAndGoesOnWhenThereIsRoom() throws Exception {
        StoreConfig source = StoreConfig.of("sqlite:" + elsewhere.resolve("source.db"));
        try (Store store = Stores.open(source)) {
            store.collection(LOADS)
                    .insertAll(
                            IntStream.range(0, 4_500).mapToObj(i -> load(350 + i % 7)),
                            load -> "n" + System.nanoTime(),
                            OnConflict.FAIL);
        }
        try (OwnServer server = OwnServer.start()) {
            server.stop(false);
            server.startAgain(onSmallDisk());
            server.run(
                    "create tablespace small location '" + directory + "'",
                    "alter database postgres set default_tablespace = 'small'",
                    "create table filler tablespace small as select * from generate_series(1, 75000)");
            StoreConfig target = StoreConfig.of(server.url("postgres", "postgres"));
            for (int i = 0; i < 2; i++) {
                Failure.of(
                        CopyException.class,
                        () -> Stores.copy(source, target, CopyOptions.DEFAULT),
                        "broke off while the documents 'n",
                        "of collection 'loads' were copied: The disk of the server of postgres://",
                        "is full",
                        "make room",
                        "Run the copy again");
            }
            Failure.of(CopyException.class, () -> Stores.open(target), "not finished");
            server.run("drop table filler");
            Stores.copy(source, target, CopyOptions.DEFAULT);
            assertThat(Stores.compare(source, target, CopyOptions.DEFAULT).documents())
                    .isEqualTo(4_500);
        }
    }

    /** Fills the disk to the last page, and returns how many documents there are. */
    private static int fill(DocumentCollection<Load> loads) {
        int stored = 0;
        for (int size = LARGEST; size > 10; size /= 2) {
            try {
                while (true) {
                    loads.put("n" + stored, load(size));
                    stored++;
                }
            } catch (UnavailableException e) {
                assertThat(e).hasMessageContaining("is full");
            }
        }
        return stored;
    }

    /** Of random letters, which cannot be made smaller. */
    private static Load load(int length) {
        return new Load(new Random(length)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString());
    }

    /** Root may mount; anybody may where he is root, which is in a user namespace of his own. */
    private List<String> onSmallDisk() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            command.add("--map-root-user");
        }
        command.addAll(List.of(
                "sh", "-c", "mount -t tmpfs -o size=4m,mode=700 none \"$0\" && exec \"$@\"", directory.toString()));
        return command;
    }
}
