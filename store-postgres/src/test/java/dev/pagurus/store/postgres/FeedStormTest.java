package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Document;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.FeedStormProgram.Count;
import dev.pagurus.store.postgres.FeedStormProgram.Item;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sixteen writers in two processes, with transactions that are long, undone or killed, and four followers in two, which share
 * two names and are killed too: in the end what was made of the changes is what the store has, and each was taken in once.
 * {@code -Dpagurus.storm.kills} says how often somebody is killed.
 */
@Tag("long")
@Timeout(900)
class FeedStormTest {

    private static final int KILLS = Integer.getInteger("pagurus.storm.kills", 8);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> FOLLOWERS = List.of("one", "two");

    @TempDir
    private Path directory;

    private final Random random = new Random();
    private final List<Process> processes = new ArrayList<>();
    private String url = "";

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres", "pgbouncer"})
    void processesAreKilled(String kind) throws Exception {
        url = switch (kind) {
            case "sqlite" -> "sqlite:" + directory.resolve("storm.db");
            case "postgres" -> PostgresServer.newDatabase().build().url();
            default ->
                PgBouncer.shared().url("postgres", Way.server().database(), "pool.minIdle=0&schema=" + Way.newSchema());
        };
        storm(number -> kill(random.nextInt(processes.size())));
    }

    /** With work that is undone before each kill, so that its transaction ids are used again. */
    @Test
    void theServerIsKilled() throws Exception {
        try (OwnServer server = OwnServer.start()) {
            url = "postgres://postgres@127.0.0.1:" + server.port() + "/postgres?pool.minIdle=0&timeout=10s";
            storm(number -> {
                server.stop(true);
                server.startAgain();
            });
        }
    }

    /** And its standby takes over, amid kills of processes, with the positions that followers have of the one that is gone. */
    @Test
    void theStandbyTakesOver() throws Exception {
        try (Cluster cluster = Cluster.start()) {
            url = cluster.url() + "?pool.minIdle=0&connect.timeout=2s&timeout=5s";
            storm(number -> {
                if (number == KILLS / 2) {
                    cluster.killPrimary();
                    cluster.promoteStandby();
                } else {
                    kill(random.nextInt(processes.size()));
                }
            });
        }
    }

    private interface Blow {
        void fall(int number) throws Exception;
    }

    private void storm(Blow blow) throws Exception {
        try {
            for (int i = 0; i < 4; i++) {
                processes.add(start(i));
            }
            for (int i = 0; i < KILLS; i++) {
                long before = taken();
                Waiting.until(PATIENCE, "followers to have taken in more", () -> taken() > before + 50);
                blow.fall(i);
            }
            for (Process writer : processes.subList(0, 2)) {
                writer.destroyForcibly().waitFor();
            }
            try (Store store = Stores.open(url)) {
                Waiting.until(PATIENCE, "followers to be at the end", () -> areEqual(store));
                assertThat(counts(store).values()).allMatch(count -> count == changes(store));
            }
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private void kill(int number) throws IOException, InterruptedException {
        processes.get(number).destroyForcibly().waitFor();
        processes.set(number, start(number));
    }

    private Process start(int number) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FeedStormProgram.class.getName(),
                url));
        command.addAll(number < 2 ? List.of("write") : FOLLOWERS);
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("program" + number + ".out").toFile())
                .redirectErrorStream(true)
                .start();
    }

    /** How many changes followers have taken in so far. */
    private long taken() {
        try (Store store = Stores.open(url)) {
            store.collection(FeedStormProgram.COUNTS);
            return counts(store).values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static Map<String, Long> counts(Store store) {
        Map<String, Long> counts = new HashMap<>();
        for (Document<Count> count :
                store.collection(FeedStormProgram.COUNTS).query().list()) {
            counts.put(count.id(), count.value().changes());
        }
        return counts;
    }

    private static boolean areEqual(Store store) {
        long changes = changes(store);
        return store.snapshot(view -> {
                    Map<String, Item> wanted = new HashMap<>();
                    Map<String, Item> mirrored = new HashMap<>();
                    for (Document<Item> item :
                            view.collection(FeedStormProgram.ITEMS).query().list()) {
                        FOLLOWERS.forEach(name -> wanted.put(name + " " + item.id(), item.value()));
                    }
                    for (Document<Item> item :
                            view.collection(FeedStormProgram.MIRROR).query().list()) {
                        mirrored.put(item.id(), item.value());
                    }
                    return wanted.equals(mirrored);
                })
                && counts(store).values().stream().mapToLong(Long::longValue).sum() >= FOLLOWERS.size() * changes;
    }

    /** How many changes there are, all of them, of which nobody is writing more. */
    private static long changes(Store store) {
        ChangeFeed feed = store.changes(FeedStormProgram.ITEMS).limit(ChangeFeed.MAX_LIMIT);
        long changes = 0;
        ChangePage page = feed.page();
        while (true) {
            List<Change> some = page.changes();
            changes += some.size();
            if (page.complete()) {
                return changes;
            }
            page = feed.startAfter(page.position()).page();
        }
    }
}
