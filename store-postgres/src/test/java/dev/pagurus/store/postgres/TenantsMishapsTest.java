package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with a tenant of TENANTS.md hurts no other one, loses nothing, and can be made good. */
@Timeout(120)
class TenantsMishapsTest {

    record Note(String title) {}

    private static final Schema<Note> NOTES = Schema.of("notes", Note.class);

    private static TenantsPlaces places;

    @TempDir
    private Path folder;

    private final Map<String, String> servers = new HashMap<>();
    private Store directory;
    private Tenants tenants;

    @BeforeAll
    static void startServer() throws Exception {
        places = TenantsPlaces.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        places.close();
    }

    @BeforeEach
    void open() {
        directory = Stores.open("sqlite:" + folder.resolve("directory.db"));
        tenants = new Tenants(directory, servers);
    }

    private void begin(String kind) {
        servers.putAll(places.servers(kind, folder));
        tenants.add("acme", "one");
        notes("acme").insert("n1", new Note("milk"));
    }

    /** The server lives on, for the next one. */
    @AfterEach
    void removeAll() {
        for (Document<Tenants.Tenant> tenant :
                directory.collection(Tenants.TENANTS).query().list()) {
            for (String server : places.servers("postgres", folder).keySet()) {
                StoreConfig config = tenants.config(tenant.id(), server);
                tenants.reopen(tenant.id());
                tenants.stop(tenant.id());
                places.removal(config.scheme()).accept(config);
            }
        }
        tenants.close();
        directory.close();
    }

    private DocumentCollection<Note> notes(String name) {
        return tenants.of(name).collection(NOTES);
    }

    private void isAsBefore(String name) {
        assertThat(notes(name).get("n1"))
                .as("a note of %s", name)
                .hasValueSatisfying(note -> assertThat(note.value().title()).isEqualTo("milk"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void nothingButASafeNameBecomesAPartOfAUrlOrAStatement(String kind) {
        begin(kind);
        for (String name : new String[] {"Acme", "a-b", "a b", "../acme", "a\"b", "a&b", "1a", "", "a".repeat(31)}) {
            assertThatThrownBy(() -> tenants.add(name, "one")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tenants.config(name, "one")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> tenants.removeOld(name, "two", places.removal(kind)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> tenants.add("bob", "mistyped")).isInstanceOf(IllegalArgumentException.class);
        assertThat(("tenant_" + "a".repeat(30)).length()).isLessThanOrEqualTo(63);
        isAsBefore("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void anUpgradeGoesOnAfterAClosedOneAndOneWithoutAServer(String kind) {
        begin(kind);
        tenants.add("aa_closed", "one");
        tenants.stop("aa_closed");
        directory.collection(Tenants.TENANTS).insert("aa_lost", new Tenants.Tenant("gone", true));
        assertThat(tenants.upgradeAll(told -> {}, NOTES)).containsOnlyKeys("aa_closed", "aa_lost");
        isAsBefore("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aMoveThatFailsLeavesATenantWhereItWas(String kind) {
        begin(kind);
        assertThatThrownBy(() -> tenants.move("acme", "mistyped")).isInstanceOf(IllegalArgumentException.class);
        isAsBefore("acme");
        servers.put("dead", "postgres://nobody@127.0.0.1:1/nothing?timeout=1s&schema=tenant_{tenant}");
        assertThatThrownBy(() -> tenants.move("acme", "dead")).isInstanceOf(StoreException.class);
        isAsBefore("acme");
        servers.put("wrong", "nothing:{tenant}");
        assertThatThrownBy(() -> tenants.move("acme", "wrong")).isInstanceOf(RuntimeException.class);
        isAsBefore("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void whatAKilledMoveHasClosedIsOpenedAgainAndMoved(String kind) {
        begin(kind);
        tenants.stop("acme"); // and no more comes
        assertThatThrownBy(() -> tenants.of("acme")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> tenants.move("acme", "two"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("reopen");
        assertThatThrownBy(() -> tenants.drop("acme", places.removal(kind))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tenants.removeOld("acme", "two", places.removal(kind)))
                .isInstanceOf(IllegalStateException.class);
        tenants.reopen("acme");
        isAsBefore("acme");
        tenants.move("acme", "two");
        isAsBefore("acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void oneThatWasNeverOpenedIsDroppedAndSoIsWhatACrashHasLeft(String kind) throws Exception {
        begin(kind);
        tenants.add("fresh", "one");
        tenants.drop("fresh", places.removal(kind));
        assertThatThrownBy(() -> tenants.of("fresh")).isInstanceOf(NoSuchElementException.class);

        StoreConfig config = tenants.config("acme", "one");
        tenants.drop("acme", place -> {
            if (kind.equals("sqlite")) {
                leaveLogs(place);
            }
            places.removal(kind).accept(place);
        });
        assertThat(places.isThere(config)).isFalse();
    }

    private static void leaveLogs(StoreConfig config) {
        try {
            Files.createFile(Path.of(config.address() + "-wal"));
            Files.createFile(Path.of(config.address() + "-shm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aServerThatDoesNotAnswerHoldsUpItsOwnTenantsOnly(String kind) throws Exception {
        begin(kind);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Store> opening;
            try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
                servers.put(
                        "slow",
                        "postgres://nobody@127.0.0.1:" + silent.getLocalPort()
                                + "/nothing?timeout=20s&schema=tenant_{tenant}");
                tenants.add("slow", "slow");
                opening = threads.submit(() -> tenants.of("slow"));
                try (Socket asked = silent.accept()) {
                    String name = sharingABinWithSlow();
                    tenants.add(name, "one");
                    notes(name).put("n1", new Note("milk"));
                    isAsBefore(name);
                    assertThat(opening.isDone()).as("%s has its answer", asked).isFalse();
                }
            }
            assertThatThrownBy(opening::get).hasCauseInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> tenants.of("slow")).isInstanceOf(UnavailableException.class);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns a name that a small hash table has beside the slow one, whatever its size is up to 1,024. */
    private static String sharingABinWithSlow() {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "t" + i)
                .filter(name -> bin(name) == bin("slow"))
                .findFirst()
                .orElseThrow();
    }

    private static int bin(String name) {
        int hash = name.hashCode();
        return (hash ^ (hash >>> 16)) & 1_023;
    }
}
