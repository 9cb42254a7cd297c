package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many writers on one file, most of them refused now and then, some interrupted, until the store is closed. */
class SqliteJoinedWritesTest {

    private static final int WRITERS = 40;
    private static final int INTERRUPTS = 300;

    @TempDir
    private Path directory;

    @Test
    void everyWriterKnowsWhatBecameOfItsWrites() throws Exception {
        requireHonestAnswers(Executors.newCachedThreadPool());
    }

    /** On a JVM that has no virtual threads, once more on others. */
    @Test
    void everyWriterOnAVirtualThreadKnowsWhatBecameOfItsWrites() throws Exception {
        ExecutorService threads = Runtime.version().feature() < 21
                ? Executors.newFixedThreadPool(WRITERS)
                : (ExecutorService) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor")
                        .invoke(null);
        requireHonestAnswers(threads);
    }

    private void requireHonestAnswers(ExecutorService threads) throws Exception {
        Path file = directory.resolve("data.db");
        List<StressedWriter> writers = new ArrayList<>();
        List<Future<?>> ends = new ArrayList<>();
        try (Store store = Stores.open("sqlite:" + file)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insert("taken", new Note(StressedWriter.TAKEN, null, null, Set.of(), "the first"));
            OtherProgram.run(file, triggers());
            Queue<Thread> running = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < WRITERS; i++) {
                StressedWriter writer = new StressedWriter(notes, i);
                writers.add(writer);
                ends.add(threads.submit(() -> {
                    running.add(Thread.currentThread());
                    writer.run();
                }));
            }
            do {
                interruptSome(running);
            } while (!allHaveBegun(writers) && ends.stream().noneMatch(Future::isDone));
            // And now it is closed, while they are at work.
        }
        threads.shutdown();
        for (Future<?> end : ends) {
            end.get(60, TimeUnit.SECONDS);
        }
        assertThat(writers).allMatch(writer -> writer.acknowledged.get() > 0);
        assertThat(writers.stream().mapToInt(writer -> writer.interrupted.get()).sum())
                .isPositive();
        try (Store store = Stores.open("sqlite:" + file)) {
            requireStored(store.collection(Note.SCHEMA), writers);
        }
        assertThat(OtherProgram.query(file, """
                select count(*) from notes$by$tags t where not exists (select 1 from notes n where n.id = t.id)
                """)).containsExactly("0");
    }

    /** On a busy machine one may not have had its turn yet. */
    private static boolean allHaveBegun(List<StressedWriter> writers) {
        return writers.stream().allMatch(writer -> writer.acknowledged.get() > 0)
                && writers.stream().anyMatch(writer -> writer.interrupted.get() > 0);
    }

    private static void interruptSome(Queue<Thread> running) throws InterruptedException {
        Random random = new Random(1);
        for (int i = 0; i < INTERRUPTS; i++) {
            Thread.sleep(2);
            List<Thread> threads = List.copyOf(running);
            if (!threads.isEmpty()) {
                threads.get(random.nextInt(threads.size())).interrupt();
            }
        }
    }

    private static void requireStored(DocumentCollection<Note> notes, List<StressedWriter> writers) {
        Map<String, Document<Note>> shared = new HashMap<>();
        Set<String> perhaps = new HashSet<>();
        for (StressedWriter writer : writers) {
            assertThat(notes.get(writer.id()).map(found -> found.value().text()).orElse(null))
                    .as("what %s has", writer.id())
                    .isIn(writer.possible);
            for (Document<Note> document : writer.inserted) {
                assertThat(shared.put(document.id(), document)).as("told twice").isNull();
            }
            perhaps.addAll(writer.perhapsInserted);
        }
        shared.values().forEach(document -> assertThat(notes.get(document.id())).contains(document));
        notes.query().stream()
                .filter(document -> document.id().startsWith("shared") && !shared.containsKey(document.id()))
                .forEach(document -> assertThat(document.value().text()).isIn(perhaps));
    }

    /** Refuses some documents, half-way through for one reason, as a trigger of the user's own may. */
    private static String triggers() {
        return """
                create trigger no_title before insert on notes when new.title = 'refused'
                begin select raise(abort, 'refused by the title'); end;
                create trigger no_title_update before update on notes when new.title = 'refused'
                begin select raise(rollback, 'refused by the title'); end;
                create trigger no_tag before insert on notes$by$tags when new.value = 'refused'
                begin select raise(abort, 'refused by the tag'); end;
                """;
    }
}
