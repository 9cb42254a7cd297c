package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Group R: reading by id. */
public abstract class ReadClauses extends ClauseGroup {

    private static final int ROUNDS = 200;

    protected ReadClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.R1)
    void aWriteThatHasReturnedIsSeenByAnotherThread() throws Exception {
        DocumentCollection<Item> items = items();
        for (int i = 0; i < 200; i++) {
            Item written = Item.ofNumber(i);
            items.put("a", written);
            assertThat(onAnotherThread(() -> read(items))).isEqualTo(written);
        }
    }

    @Proves(Clause.R1)
    void everyThreadSeesWhatItHasWrittenWhileOthersWrite() throws Exception {
        DocumentCollection<Item> items = items();
        Race.run(8, thread -> {
            String id = "thread " + thread;
            for (int i = 0; i < 50; i++) {
                items.put(id, Item.ofNumber(i));
                assertThat(existing(items, id).value().number()).isEqualTo(i);
                assertThat(items.where(itemSchema().id().eq(id).and(Item.NUMBER.eq(i)))
                                .exists())
                        .as("existence of number %d, which this thread has written", i)
                        .isTrue();
            }
        });
    }

    @Proves(Clause.R1)
    void aDeleteThatHasReturnedIsSeenByAnotherThread() throws Exception {
        DocumentCollection<Item> items = items();
        for (int i = 0; i < 100; i++) {
            items.put("a", Item.NOTHING);
            items.delete("a");
            assertThat(onAnotherThread(() -> items.exists("a")))
                    .as("existence after the delete")
                    .isFalse();
        }
    }

    @Proves(Clause.R2)
    void aWriteThatHasReturnedIsSeenThroughAnotherHandle() throws Exception {
        DocumentCollection<Item> items = items();
        DocumentCollection<Item> others = second().collection(itemSchema());
        for (int i = 0; i < 200; i++) {
            DocumentCollection<Item> writer = i % 2 == 0 ? items : others;
            DocumentCollection<Item> reader = i % 2 == 0 ? others : items;
            Item written = Item.ofNumber(i);
            writer.put("a", written);
            assertThat(read(reader)).isEqualTo(written);
            assertThat(reader.where(Item.NUMBER.eq(i)).count()).isOne();
        }
    }

    @Proves(Clause.R2)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionThatHasReturnedIsSeenThroughAnotherHandle() throws Exception {
        items();
        DocumentCollection<Item> others = second().collection(itemSchema());
        for (int i = 0; i < 100; i++) {
            Item written = Item.ofNumber(i);
            store.runTransaction(tx -> tx.collection(itemSchema()).put("a", written));
            assertThat(read(others)).isEqualTo(written);
        }
    }

    @Proves(Clause.R3)
    void whatIsMissingIsEmpty() {
        DocumentCollection<Item> items = items();
        assertThat(items.get("a")).isEmpty();
        assertThat(items.exists("a")).as("existence of a missing document").isFalse();
        assertThat(items.getAll(List.of("a", "b"))).isEmpty();
        assertThat(items.getAll(List.of())).isEmpty();
        assertThat(items.query().first()).isEmpty();
        assertThat(items.query().list()).isEmpty();
        assertThat(items.query().page().items()).isEmpty();
        assertThat(items.query().page().nextCursor())
                .as("items.query().page().nextCursor()")
                .isNull();
        assertThat(items.query().stream()).isEmpty();
        assertThat(items.query().count()).isZero();
        assertThat(items.query().exists()).as("existence of any document").isFalse();
        assertThat(items.query().countBy(Item.TEXT)).isEmpty();
        assertThat(items.query().countBy(Item.TAGS)).isEmpty();
        if (has(Capability.TRANSACTIONS)) {
            assertThat(items.query().deleteAll()).isZero();
        }
        assertThat(items.query().updateAll(item -> item)).isZero();
    }

    @Proves(Clause.R3)
    void existsSaysWhetherItIsThere() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING);
        assertThat(items.exists("a")).as("existence of a document").isTrue();
        items.delete("a");
        assertThat(items.exists("a")).as("existence of a deleted document").isFalse();
    }

    @Proves(Clause.R4)
    void getAllKeepsTheOrderAskedWithoutTheMissingOnes() {
        DocumentCollection<Item> items = items();
        List.of("a", "b", "c").forEach(id -> items.put(id, Item.of(id)));
        Map<String, Document<Item>> found = items.getAll(List.of("c", "x", "a", "c", "y", "b", "a"));
        assertThat(found.keySet()).containsExactly("c", "a", "b");
        assertThat(found).allSatisfy((id, document) -> {
            assertThat(document.id()).isEqualTo(id);
            assertThat(document.value().text()).isEqualTo(id);
        });
    }

    @Proves(Clause.R4)
    void getAllTakesAnyNumberOfIds() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(1, 50));
        List<String> ids =
                new ArrayList<>(items.query().stream().map(Document::id).toList());
        for (int i = 0; i < 70_000; i++) {
            ids.add("missing " + i);
        }
        Collections.reverse(ids);
        assertThat(items.getAll(ids)).hasSize(50);
    }

    @Proves(Clause.R5)
    @Needs(Capability.TRANSACTIONS)
    void getAllReadsOneState() throws Exception {
        DocumentCollection<Item> items = items();
        List<String> ids = List.of("a", "b");
        ids.forEach(id -> items.put(id, Item.ofNumber(0)));
        AtomicInteger written = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Race.run(2, thread -> {
            try {
                while (thread == 0 && !done.get()) {
                    long number = written.incrementAndGet();
                    store.runTransaction(
                            tx -> ids.forEach(id -> tx.collection(itemSchema()).put(id, Item.ofNumber(number))));
                }
                for (int i = 0; thread == 1 && !done.get() && Math.min(i, written.get()) < ROUNDS; i++) {
                    assertThat(items.getAll(ids).values().stream()
                                    .map(Document::value)
                                    .distinct())
                            .as("values that are always written together")
                            .hasSize(1);
                }
            } finally {
                done.set(true);
            }
        });
    }

    @Proves(Clause.R6)
    @Needs(Capability.TRANSACTIONS)
    void readersDoNotWaitForATransaction() throws Exception {
        DocumentCollection<Item> items = items();
        DocumentCollection<Item> others = second().collection(itemSchema());
        Item before = Item.of("before");
        items.put("a", before);
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).put("a", Item.of("after"));
            assertThat(onAnotherThread(() -> read(items))).isEqualTo(before);
            assertThat(onAnotherThread(() -> read(others))).isEqualTo(before);
            assertThat(onAnotherThread(() -> items.where(Item.TEXT.eq("after")).count()))
                    .isZero();
        });
        assertThat(read(items)).isEqualTo(Item.of("after"));
    }

    private static Item read(DocumentCollection<Item> items) {
        return existing(items, "a").value();
    }

    private static <R> R onAnotherThread(Supplier<R> call) throws Exception {
        return Race.results(1, number -> call.get()).get(0);
    }
}
