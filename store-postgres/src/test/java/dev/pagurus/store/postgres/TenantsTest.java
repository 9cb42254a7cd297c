package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TENANTS.md, on both stores; a thousand tenants in the long form. */
@Timeout(600)
class TenantsTest {

    private static final int MANY = Boolean.getBoolean("pagurus.long") ? 1000 : 30;

    /** What an open store that nobody uses may take. */
    private static final long MOST_BYTES = 50 << 10;

    record Note(String title) {}

    static final TextField<Note> TITLE = TextField.of("title", Note::title);
    static final Schema<Note> NOTES = Schema.of("notes", Note.class);
    static final Schema<Note> WITH_TITLES = NOTES.revision(2).index(TITLE);

    private static TenantsPlaces places;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        places = TenantsPlaces.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        places.close();
    }

    private static String name(int number) {
        return "t" + number;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void everyTenantHasAStoreOfItsOwn(String kind) throws Exception {
        Map<String, String> servers = places.servers(kind, folder);
        try (Store directory = Stores.open("sqlite:" + folder.resolve("directory.db"));
                Tenants tenants = new Tenants(directory, servers)) {
            opensAndRoutes(tenants);
            isCheapWhileItIsIdle(kind, tenants);
            upgradesAll(tenants);
            movesOne(kind, tenants);
            backsOneUp(tenants);
            dropsOne(kind, tenants);
        }
        Waiting.until("no connection to be left when all are closed", () -> places.connections() == 0);
    }

    private static void opensAndRoutes(Tenants tenants) {
        for (int i = 0; i < MANY; i++) {
            tenants.add(name(i), "one");
        }
        tenants.add("acme", "one");
        IntStream.range(0, MANY).parallel().forEach(i -> {
            DocumentCollection<Note> notes = tenants.of(name(i)).collection(NOTES);
            notes.insert("n1", new Note(name(i)));
        });
        DocumentCollection<Note> notes = tenants.of("acme").collection(NOTES);
        notes.insert("n1", new Note("milk"));
        IntStream.range(0, MANY)
                .parallel()
                .forEach(i -> assertThat(
                                tenants.of(name(i)).collection(NOTES).query().list())
                        .as("the notes of %s", name(i))
                        .extracting(note -> note.value().title())
                        .containsExactly(name(i)));
        assertThatThrownBy(() -> tenants.of("nobody")).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> tenants.add("../etc/passwd", "one")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void isCheapWhileItIsIdle(String kind, Tenants tenants) throws Exception {
        if (kind.equals("postgres")) {
            assertThat(places.connections()).as("connections of all stores").isBetween(1L, (long) TenantsPlaces.POOL);
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.toLowerCase(Locale.ROOT).contains("pagurus")))
                .as("threads of all stores")
                .hasSizeLessThan(80);
        if (MANY < 1000) {
            return;
        }
        tenants.close();
        long before = usedBytes();
        List<Long> micros = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            long started = System.nanoTime();
            tenants.of(name(i));
            micros.add((System.nanoTime() - started) / 1000);
            tenants.of(name(i)).collection(NOTES).get("n1");
        }
        long each = (usedBytes() - before) / MANY;
        micros.sort(null);
        System.out.println(kind + ": opened in " + micros.get(MANY / 2) + " us (median), " + micros.get(MANY * 99 / 100)
                + " us (99 of 100); " + each + " bytes of heap each");
        assertThat(each).as("bytes of heap for each").isLessThan(MOST_BYTES);
        assertThat(micros.get(MANY / 2)).as("microseconds to open one").isLessThan(20_000);
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void upgradesAll(Tenants tenants) {
        List<String> told = new ArrayList<>();
        Map<String, RuntimeException> failed = tenants.upgradeAll(told::add, WITH_TITLES);
        assertThat(failed).isEmpty();
        assertThat(told).hasSize(MANY + 1).endsWith((MANY + 1) + " of " + (MANY + 1) + ", 0 failed");
        assertThat(tenants.of(name(7))
                        .collection(WITH_TITLES)
                        .where(TITLE.eq(name(7)))
                        .count())
                .isEqualTo(1);
    }

    private static void movesOne(String kind, Tenants tenants) throws Exception {
        Store before = tenants.of("acme");
        tenants.move("acme", "two");
        assertThat(tenants.of("acme")).isNotSameAs(before);
        assertThat(tenants.of("acme").collection(WITH_TITLES).get("n1")).isPresent();
        assertThat(tenants.of("acme").toString()).contains(kind.equals("sqlite") ? "two-acme.db" : "/other");
        assertThatThrownBy(() -> tenants.move("acme", "one"))
                .as("a move to where the old copy is")
                .isInstanceOf(CopyException.class);
        assertThat(tenants.of("acme").collection(WITH_TITLES).query().count()).isEqualTo(1);

        Consumer<StoreConfig> removal = places.removal(kind);
        assertThatThrownBy(() -> tenants.removeOld("acme", "two", removal))
                .as("a removal of where it is")
                .isInstanceOf(IllegalStateException.class);
        tenants.removeOld("acme", "one", removal);
        assertThat(places.isThere(tenants.config("acme", "one"))).isFalse();
        assertThat(tenants.of("acme").collection(WITH_TITLES).query().count()).isEqualTo(1);
        tenants.move("acme", "one");
        tenants.removeOld("acme", "two", removal);
        tenants.move("acme", "two");
        assertThat(tenants.of("acme").collection(WITH_TITLES).query().count()).isEqualTo(1);
    }

    private void backsOneUp(Tenants tenants) {
        Path file = folder.resolve("acme.zip");
        tenants.of("acme").exportTo(file, CopyOptions.DEFAULT);

        tenants.add("acme_monday", "one");
        Stores.importFrom(file, tenants.config("acme_monday", "one"), CopyOptions.DEFAULT);
        assertThat(tenants.of("acme_monday").collection(WITH_TITLES).get("n1")).isPresent();

        tenants.of("acme").collection(WITH_TITLES).put("n1", new Note("beer"));
        tenants.of("acme").collection(WITH_TITLES).put("n2", new Note("bread"));
        tenants.stop("acme");
        Stores.copy(
                tenants.config("acme_monday", "one"),
                tenants.config("acme", "two"),
                CopyOptions.DEFAULT.withOverwrite());
        tenants.reopen("acme");
        assertThat(tenants.of("acme").collection(WITH_TITLES).query().list())
                .extracting(note -> note.value().title())
                .containsExactly("milk");
    }

    private static void dropsOne(String kind, Tenants tenants) throws Exception {
        StoreConfig config = tenants.config("acme_monday", "one");
        if (kind.equals("sqlite")) {
            tenants.drop("acme_monday", places.removal(kind));
        } else {
            try (Store elsewhere = Stores.open(config)) {
                DocumentCollection<Note> notes = elsewhere.collection(WITH_TITLES);
                tenants.drop("acme_monday", places.removal(kind));
                assertThatThrownBy(() -> notes.put("n2", new Note("late"))).isInstanceOf(SchemaException.class);
                assertThatThrownBy(() -> notes.get("n1")).isInstanceOf(SchemaException.class);
            }
        }

        assertThatThrownBy(() -> tenants.of("acme_monday")).isInstanceOf(NoSuchElementException.class);
        assertThat(places.isThere(config)).isFalse();
        assertThat(tenants.of("acme").collection(WITH_TITLES).query().count()).isEqualTo(1);
        assertThat(tenants.of(name(3)).collection(WITH_TITLES).query().count()).isEqualTo(1);
    }

    /** The servers of the page, with a shared pool and without. */
    static Map<String, String> serversOfAnApplication(String secret) {
        Map<String, String> servers = new TreeMap<>();
        servers.put("db1", "postgres://app:" + secret + "@db1.example.com/app?pool.shared=true&schema=tenant_{tenant}");
        servers.put("db2", "postgres://app:" + secret + "@db2.example.com/app?pool.shared=true&schema=tenant_{tenant}");
        servers.put("files", "sqlite:/var/lib/app/{tenant}.db?cache=1MiB");
        return servers;
    }

    @Test
    void theServersOfThePageAreUrls() {
        assertThat(serversOfAnApplication("secret").values())
                .hasSize(3)
                .allSatisfy(url -> assertThat(
                                StoreConfig.of(url.replace("{tenant}", "acme")).url())
                        .contains("acme"));
    }
}
