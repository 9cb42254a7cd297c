package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another program has a lock on the file, of each kind that there is: every operation takes the time-out, and at most a
 * second more. All are tried side by side, each on a file of its own.
 */
@Timeout(60)
class SqliteLockedStepsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** What is promised, and what a machine with other things to do may add. */
    private static final Duration MOST = TIMEOUT.plusSeconds(1).plusMillis(1500);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    /** Something to do while the file is locked. */
    @FunctionalInterface
    private interface Step {
        void run(Store store, DocumentCollection<Note> notes, Path place) throws Exception;
    }

    private static Map<String, Step> steps() {
        Map<String, Step> steps = new TreeMap<>();
        steps.put("get", (store, notes, place) -> notes.get("n1"));
        steps.put("list", (store, notes, place) -> notes.query().list());
        steps.put("put", (store, notes, place) -> notes.put("n2", Note.titled("bread")));
        steps.put("deleteAll", (store, notes, place) -> notes.query().deleteAll());
        steps.put(
                "transaction",
                (store, notes, place) ->
                        store.runTransaction(tx -> tx.collection(Note.SCHEMA).put("n2", Note.titled("bread"))));
        steps.put(
                "snapshot",
                (store, notes, place) ->
                        store.snapshot(view -> view.collection(Note.SCHEMA).get("n1")));
        steps.put("changed collection", (store, notes, place) -> store.collection(Note.NEXT_SCHEMA));
        steps.put("backup", (store, notes, place) -> store.backup(place.resolve("backup.db"), false));
        steps.put("export", (store, notes, place) -> store.exportTo(place.resolve("export.zip"), CopyOptions.DEFAULT));
        steps.put("health", (store, notes, place) -> store.health());
        steps.put("close", (store, notes, place) -> store.close());
        return steps;
    }

    private static String url(Path file) {
        return "sqlite:" + file + "?timeout=1s";
    }

    /** Says what was wrong with it; nothing is. */
    private String tried(String lock, Step step) throws Exception {
        Path place = Files.createTempDirectory(directory, "step");
        Path file = place.resolve("data.db");
        try (Store store = Stores.open(url(file));
                OtherProgram other = OtherProgram.on(file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.put("n1", Note.titled("milk"));
            other.run(lock);
            String wrong = wrong(() -> step.run(store, notes, place));
            other.run("rollback");
            return wrong;
        }
    }

    /** Opens what another program has to itself, alone or in the middle of it. */
    private String openedWhile(String... scripts) throws Exception {
        Path file = Files.createTempDirectory(directory, "opened").resolve("data.db");
        Stores.open(url(file)).close();
        try (OtherProgram other = OtherProgram.on(file)) {
            for (String script : scripts) {
                other.run(script);
            }
            return wrong(() -> Stores.open(url(file)).close());
        }
    }

    private static String wrong(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        long started = System.nanoTime();
        Throwable failure = catchThrowable(call);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        boolean named = failure == null || failure instanceof StoreException;
        return named && took.compareTo(MOST) <= 0 ? "" : took + " " + failure;
    }

    @Test
    void eachOperationTakesItsTimeoutAndAtMostASecondMore() throws Exception {
        Map<String, Future<String>> running = new TreeMap<>();
        for (String lock : new String[] {"begin immediate", "begin exclusive"}) {
            steps().forEach((name, step) ->
                    running.put(name + " under " + lock, threads.submit(() -> tried(lock, step))));
        }
        running.put(
                "opening a file that is locked whole",
                threads.submit(() -> openedWhile("pragma locking_mode = exclusive", "create table theirs (a text)")));
        running.put(
                "opening a file with a journal that is being written",
                threads.submit(() -> openedWhile("pragma journal_mode = delete", "begin exclusive")));
        Map<String, String> wrong = new TreeMap<>();
        for (Map.Entry<String, Future<String>> one : running.entrySet()) {
            wrong.put(one.getKey(), one.getValue().get(50, TimeUnit.SECONDS));
        }
        wrong.values().removeIf(String::isEmpty);
        assertThat(wrong).isEmpty();
    }
}
