package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyProgress.Step;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.StoredRow;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies between SQLite and a PostgreSQL server to which bad things happen. Nothing is lost, and each can be run again. */
@Timeout(180)
class MoveFaultsTest {

    private static final int DOCUMENTS = 2 * StoredRow.CHUNK + 1_000;
    private static final int COLLECTIONS = 200;

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    private static OwnServer server;

    @TempDir
    private Path directory;

    private StoreConfig file;
    private StoreConfig postgres;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start();
        server.run("create role app superuser login password '" + Failure.SECRET + "'");
        server.admit("host all app 127.0.0.1/32 scram-sha-256");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void nameTheDatabases() {
        file = StoreConfig.of("sqlite:" + directory.resolve("file.db"));
        postgres = StoreConfig.of(url("127.0.0.1", "move" + SCHEMAS.incrementAndGet()));
    }

    private static String url(String host, String schema) {
        return "postgres://app:" + Failure.SECRET + "@" + host + ":" + server.port()
                + "/postgres?pool.minIdle=0&timeout=3s&connect.timeout=1s&schema=" + schema;
    }

    @Tag("long")
    @Test
    void theTargetsServerIsKilledHalfWay() throws Exception {
        fill(file);
        breaksOff(file, postgres, Step.COPYING, "were copied");
        breaksOff(file, postgres, Step.COMPARING, "was compared");
        isWholeInTheEnd(file, postgres);
    }

    @Test
    void theSourcesServerIsKilledHalfWay() throws Exception {
        fill(postgres);
        breaksOff(postgres, file, Step.COPYING, "copied");
        assertThatThrownBy(() -> Stores.open(file))
                .hasMessageContaining("not finished (broken off, from postgres://app:***@");
        isWholeInTheEnd(postgres, file);
    }

    /** Copies, kills the server in the middle, and starts it again. */
    private static void breaksOff(StoreConfig source, StoreConfig target, Step step, String where) throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        Failure.of(
                CopyException.class,
                () -> Stores.copy(source, target, listening(progress -> {
                    if (progress.step() == step
                            && progress.documents() >= DOCUMENTS / 2
                            && killed.compareAndSet(false, true)) {
                        server.stop(true);
                    }
                })),
                "broke off while ",
                where,
                "postgres://app:***@127.0.0.1",
                "The source is unchanged",
                "Run the copy again: it goes on where it stopped");
        server.startAgain();
    }

    private static void isWholeInTheEnd(StoreConfig source, StoreConfig target) {
        CopyResult copied = Stores.copy(source, target, CopyOptions.DEFAULT);
        assertThat(copied.documents()).isEqualTo(DOCUMENTS);
        assertThat(Stores.compare(source, target, CopyOptions.DEFAULT)).isEqualTo(copied);
        try (Store store = Stores.open(target)) {
            assertThat(store.collection(Ticket.SCHEMA).query().count()).isEqualTo(DOCUMENTS);
        }
    }

    @Test
    void theCopyingProcessIsKilledHalfWay() throws Exception {
        fill(file);
        for (String where : List.of("COPYING " + StoredRow.CHUNK, "COMPARING " + StoredRow.CHUNK)) {
            Process copying = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            MovingProgram.class.getName(),
                            file.url(),
                            postgres.url())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader output = copying.inputReader(StandardCharsets.UTF_8)) {
                assertThat(output.lines().anyMatch(where::equals)).as(where).isTrue();
                copying.toHandle().destroyForcibly();
                copying.waitFor();
            }
            Failure.of(
                    CopyException.class,
                    () -> Stores.open(postgres),
                    "not finished (from sqlite:",
                    "Run the copy again");
        }
        isWholeInTheEnd(file, postgres);
    }

    @Test
    void aDatabaseIsTheSameByWhateverHostItIsNamed() throws Exception {
        fill(postgres);
        server.admit("host all app samehost scram-sha-256");
        StoreConfig localhost = StoreConfig.of(postgres.url().replace("127.0.0.1", "localhost"));
        for (CopyOptions options : new CopyOptions[] {CopyOptions.DEFAULT, CopyOptions.DEFAULT.withOverwrite()}) {
            Failure.of(
                    CopyException.class,
                    () -> Stores.copy(postgres, localhost, options),
                    "the same database",
                    "Nothing was changed");
        }
        try (Store store = Stores.open(localhost)) {
            assertThat(store.collection(Ticket.SCHEMA).query().count()).isEqualTo(DOCUMENTS);
        }
        // Another schema is another database.
        StoreConfig beside = StoreConfig.of(postgres.url() + "2");
        isWholeInTheEnd(postgres, beside);
    }

    /** Whether it is empty cannot be found out: then nobody may take it for the target of a copy later on. */
    @Test
    void aTargetThatCannotBeLookedAtIsNotMarked() throws Exception {
        fill(file);
        try (Store store = Stores.open(postgres)) {
            store.collection(Ticket.SCHEMA).insert("precious", Ticket.of("precious"));
        }
        try (Connection other = server.connect("postgres")) {
            other.setAutoCommit(false);
            String table = postgres.options().text("schema", "") + ".tickets";
            other.createStatement().execute("lock table " + table + " in access exclusive mode");
            assertThatThrownBy(() -> Stores.copy(file, postgres, CopyOptions.DEFAULT))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("kept a lock");
        }
        Stores.open(postgres).close();
        assertThatThrownBy(() -> Stores.copy(file, postgres, CopyOptions.DEFAULT))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("not empty");
        try (Store store = Stores.open(postgres)) {
            assertThat(store.collection(Ticket.SCHEMA).exists("precious")).isTrue();
        }
    }

    @Test
    void ofTwoCopiesOfTwoSourcesOneIsRefusedAndTheOtherIsWhole() throws Exception {
        StoreConfig other = StoreConfig.of("sqlite:" + directory.resolve("other.db"));
        fill(file);
        fill(other);
        try (Store store = Stores.open(other)) {
            store.collection(Ticket.SCHEMA)
                    .query()
                    .limit(100)
                    .list()
                    .forEach(one -> store.collection(Ticket.SCHEMA).delete(one.id()));
        }
        CountDownLatch both = new CountDownLatch(2);
        AtomicReference<Throwable> others = new AtomicReference<>();
        Thread thread = new Thread(() -> others.set(catchThrowable(() -> copyWith(both, other))));
        thread.start();
        Throwable mine = catchThrowable(() -> copyWith(both, file));
        thread.join();
        Throwable refused = mine == null ? others.get() : mine;
        assertThat(refused)
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("Another copy into postgres://app:***@");
        assertThat(mine == null ^ others.get() == null).as("one was refused").isTrue();
        Stores.compare(mine == null ? file : other, postgres, CopyOptions.DEFAULT);
    }

    private void copyWith(CountDownLatch both, StoreConfig source) throws InterruptedException {
        both.countDown();
        both.await();
        Stores.copy(source, postgres, CopyOptions.DEFAULT);
    }

    @Test
    void twoHundredCollectionsAndNoneGoThereAndBack() {
        StoreConfig back = StoreConfig.of("sqlite:" + directory.resolve("back.db"));
        assertThat(Stores.copy(file, postgres, CopyOptions.DEFAULT).collections())
                .isEmpty();
        try (Store store = Stores.open(file)) {
            for (int i = 0; i < COLLECTIONS; i++) {
                // Each other one has a name as long as can be.
                String name = i % 2 == 0 ? "c" + i : String.format(Locale.ROOT, "c%039d", i);
                store.collection(Schema.of(name, Ticket.class)
                                .uniqueIndex(Ticket.TITLE)
                                .index(Ticket.TAGS))
                        .insert("t", Ticket.of("in " + i));
            }
        }
        assertThat(Stores.copy(file, postgres, CopyOptions.DEFAULT).collections())
                .hasSize(COLLECTIONS);
        assertThat(Stores.copy(postgres, back, CopyOptions.DEFAULT))
                .isEqualTo(Stores.compare(file, back, CopyOptions.DEFAULT));
    }

    /** To PostgreSQL a quoted name in upper case is another one, to SQLite it is not. */
    @Test
    void aStrangersTableOfTheSameNameInUpperCaseIsLeftAlone() throws Exception {
        fill(file);
        String schema = postgres.options().text("schema", "");
        Stores.open(postgres).close();
        server.run(
                "create table " + schema + ".\"TICKETS\" (precious text)",
                "insert into " + schema + ".\"TICKETS\" values ('mine')");
        isWholeInTheEnd(file, postgres);
        assertThat(server.ask("select precious from " + schema + ".\"TICKETS\""))
                .isEqualTo("mine");
    }

    private static void fill(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
            tickets.insertAll(
                    IntStream.range(0, DOCUMENTS).mapToObj(i -> Ticket.of("t" + i)), Ticket::title, OnConflict.FAIL);
        }
    }

    /** What a listener does that may throw. */
    private interface Listening {
        void hear(CopyProgress progress) throws Exception;
    }

    private static CopyOptions listening(Listening listener) {
        return CopyOptions.DEFAULT.withProgress(progress -> {
            try {
                listener.hear(progress);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
