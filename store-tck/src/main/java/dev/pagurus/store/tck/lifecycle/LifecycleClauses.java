package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Health;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Alone;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.io.File;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Group L: what a store takes while it is open, and leaves when it is closed. */
public abstract class LifecycleClauses extends ClauseGroup {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Item ITEM = Item.of("item");

    protected LifecycleClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.L5)
    @Alone
    void closeLeavesNoThreadBehind() throws Exception {
        // What a driver starts once for the whole JVM is not the store's to end.
        openUseAndClose();
        Set<Thread> before = threads();
        openUseAndClose();
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<Thread> left = newThreads(before);
        while (!left.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
            left = newThreads(before);
        }
        assertThat(left).isEmpty();
    }

    /** Every test looks for what it left, this one for what is left by being busy in many ways. */
    @Proves(Clause.L14)
    @Alone
    void nothingIsLeftOfABusyStore() throws Exception {
        for (int i = 0; i < 3; i++) {
            openUseAndClose();
        }
        Iterator<Document<Item>> halfRead = items().query().stream().iterator();
        assertThat(halfRead.hasNext()).as("whether the stream goes on").isTrue();
        assertThatThrownBy(() -> items().insert("a", ITEM), "an insert of an id that is taken")
                .isInstanceOf(DuplicateIdException.class);
    }

    @Proves(Clause.L14)
    @Alone
    void whoeverIsInterruptedClosesAllOfItAndStaysInterrupted() throws Exception {
        Store closing = second();
        Item kept = Item.of("kept").tagged("t");
        closing.collection(itemSchema()).insert("a", kept);
        Thread.currentThread().interrupt();
        try {
            closing.close();
        } finally {
            assertThat(Thread.interrupted())
                    .as("whether the interrupt was kept by close()")
                    .isTrue();
        }
        // What is left of it is looked for when all handles are closed.
        assertThat(existing(items(), "a").value()).isEqualTo(kept);
        assertThat(second().collection(itemSchema()).query().count()).isOne();
    }

    @Proves(Clause.L6)
    @Alone
    void openingAndClosingFiftyTimesLeaksNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            openUseAndClose();
        }
        int threads = threads().size();
        int files = openFiles();
        // What another process leaks is not to be seen from here.
        int times = hasSecondHandlesElsewhere() ? 5 : 50;
        for (int i = 0; i < times; i++) {
            try (Store handle = second()) {
                handle.collection(itemSchema()).put("a", ITEM);
            }
        }
        assertThat(openFiles()).isLessThan(files + 25);
        assertThat(threads()).hasSizeLessThan(threads + 25);
    }

    @Proves(Clause.L7)
    void whatWasWrittenIsThereAfterReopening() throws Exception {
        List<Document<Item>> written = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            written.add(items().insert(ITEM.withNumber(i).tagged("x")));
        }
        if (has(Capability.TRANSACTIONS)) {
            store.runTransaction(tx -> written.add(
                    tx.collection(itemSchema()).insert(ITEM.withNumber(20).tagged("x"))));
        }
        reopen();
        assertThat(items().query().list()).isEqualTo(written);
        assertThat(items().where(Item.TAGS.contains("x")).count()).isEqualTo(written.size());
        assertThat(items().replace(written.get(0)).version())
                .isGreaterThan(written.get(0).version());
    }

    @Proves(Clause.L8)
    void healthSaysThatAStoreIsUp() {
        Health health = store.health();
        assertThat(health.up()).as("whether it is up, in %s", health).isTrue();
        assertThat(health.engine()).isNotBlank();
        assertThat(health.latency()).isBetween(Duration.ZERO, PATIENCE);
        assertThat(health.problem()).as("health.problem()").isNull();
    }

    @Proves(Clause.L8)
    @Needs(Capability.TRANSACTIONS)
    void healthDoesNotWaitForATransaction() throws Exception {
        items();
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).put("a", ITEM);
            assertThat(Elsewhere.call(() -> store.health().up()))
                    .as("whether it is up")
                    .isTrue();
        });
    }

    @Proves(Clause.L11)
    void manyThreadsUseAStoreAtOnce() throws Exception {
        DocumentCollection<Item> collection = items();
        ExecutorService threads = newThreadPerTask();
        try {
            List<Future<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String id = "i" + i;
                tasks.add(threads.submit(() -> {
                    collection.insert(id, ITEM);
                    if (has(Capability.TRANSACTIONS)) {
                        store.runTransaction(tx -> tx.collection(itemSchema()).put(id, ITEM.withNumber(1)));
                    } else {
                        collection.put(id, ITEM.withNumber(1));
                    }
                    return collection.get(id).isPresent()
                            && (!has(Capability.SNAPSHOTS)
                                    || store.snapshot(view ->
                                            view.collection(itemSchema()).exists(id)));
                }));
            }
            for (Future<Boolean> task : tasks) {
                assertThat(task.get(60, TimeUnit.SECONDS))
                        .as("task.get(60, TimeUnit.SECONDS)")
                        .isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(collection.where(Item.NUMBER.eq(1)).count()).isEqualTo(200);
    }

    /** Virtual threads where the JVM has them, from Java 21; others before. */
    private static ExecutorService newThreadPerTask() throws ReflectiveOperationException {
        Method factory = java.util.concurrent.Executors.class.getMethod(
                Runtime.version().feature() >= 21 ? "newVirtualThreadPerTaskExecutor" : "newCachedThreadPool");
        return (ExecutorService) factory.invoke(null);
    }

    private void openUseAndClose() throws Exception {
        try (Store handle = second()) {
            DocumentCollection<Item> collection = handle.collection(itemSchema());
            Race.run(4, number -> {
                collection.put("a", ITEM);
                if (has(Capability.TRANSACTIONS)) {
                    handle.runTransaction(tx -> tx.collection(itemSchema()).get("a"));
                }
                collection.query().list();
            });
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private static Set<Thread> newThreads(Set<Thread> before) {
        Set<Thread> threads = threads();
        threads.removeAll(before);
        threads.removeIf(thread -> !thread.isAlive());
        return threads;
    }

    /** How many files and sockets this process has open, where the system tells. */
    private static int openFiles() {
        String[] files = new File("/proc/self/fd").list();
        return files == null ? 0 : files.length;
    }
}
