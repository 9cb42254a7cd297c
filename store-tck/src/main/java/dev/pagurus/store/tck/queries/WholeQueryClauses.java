package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Query;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.SampleFilters;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Group Q, what concerns every document that matches: counting, deleting, updating. */
public abstract class WholeQueryClauses extends ClauseGroup {

    protected WholeQueryClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q29)
    void countAndExistsAgreeWithTheList() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(29, 150));
        for (Filter<Item> filter : SampleFilters.every()) {
            long matching = Model.list(stored, filter, List.of()).size();
            assertThat(items.where(filter).count()).as("count of %s", filter).isEqualTo(matching);
            assertThat(items.where(filter).exists())
                    .as("existence of %s", filter)
                    .isEqualTo(matching > 0);
        }
    }

    @Proves(Clause.Q30)
    void countByCountsEveryValueInOrder() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(30, 300));
        Filter<Item> filter = Item.COLOR.ne(Item.Color.GREEN);
        for (Field<Item, ?> field : List.of(Item.TEXT, Item.NUMBER, Item.REAL, Item.FLAG, Item.COLOR, Item.CODE)) {
            assertCounts(items.where(filter).countBy(field), stored, filter, field);
        }
    }

    @Proves(Clause.Q30)
    void countByOfInstantsAndConstantsHasThemAsKeys() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING.withTime(Samples.TIMES.get(5)).withColor(Item.Color.RED));
        items.put("b", Item.NOTHING.withTime(Samples.TIMES.get(5)).withColor(Item.Color.BLUE));
        assertThat(items.query().countBy(Item.TIME)).containsExactly(Map.entry(Samples.TIMES.get(5), 2L));
        assertThat(items.query().countBy(Item.COLOR))
                .containsExactly(Map.entry(Item.Color.BLUE, 1L), Map.entry(Item.Color.RED, 1L));
        assertThat(items.query().countBy(itemSchema().id())).containsOnlyKeys("a", "b");
    }

    @Proves(Clause.Q30)
    void countByOfTagsCountsEachAndNotTheUntagged() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING.tagged("x", "y"));
        items.put("b", Item.NOTHING.tagged("y", Samples.U10000, Samples.UFFFF));
        items.put("c", Item.NOTHING);
        items.put("d", Item.of("left out").tagged("y"));
        assertThat(items.where(Item.TEXT.isNull()).countBy(Item.TAGS))
                .containsExactly(
                        Map.entry("x", 1L),
                        Map.entry("y", 2L),
                        Map.entry(Samples.UFFFF, 1L),
                        Map.entry(Samples.U10000, 1L));
    }

    @Proves(Clause.Q31)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void deleteAllDeletesWhatMatchesAndNothingElse() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(31, 1300));
        Filter<Item> filter = Item.FLAG.isTrue().or(Item.TAGS.contains("home")).or(Item.TEXT.startsWith("a"));
        long matching = Model.list(stored, filter, List.of()).size();
        assertThat(items.where(filter).deleteAll()).isEqualTo(matching).isPositive();
        assertThat(items.query().list()).isEqualTo(Model.list(stored, filter.not(), List.of()));
        assertThat(items.where(filter).deleteAll()).isZero();
    }

    @Proves(Clause.Q31)
    @Needs(Capability.TRANSACTIONS)
    void deleteAllLeavesNoFieldBehind() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("x").tagged("t").withCode("c"));
        items.query().deleteAll();
        assertThat(items.query().countBy(Item.TAGS)).isEmpty();
        items.insert("b", Item.of("x").withCode("c"));
        items.insert("a", Item.NOTHING);
        assertThat(items.where(Item.TAGS.contains("t")).exists())
                .as("items.where(Item.TAGS.contains('t')).exists()")
                .isFalse();
    }

    @Proves(Clause.Q31)
    @Needs(Capability.TRANSACTIONS)
    void deleteAllIsOneStep() throws Exception {
        DocumentCollection<Item> items = items();
        AtomicInteger meanwhile = new AtomicInteger();
        // On a busy machine a deletion may be over before anybody has looked.
        for (int round = 0; round < 12 || (round < 60 && meanwhile.get() < 200); round++) {
            Samples.store(items, Samples.items(round, 800));
            CountDownLatch counting = new CountDownLatch(3);
            AtomicBoolean deleting = new AtomicBoolean();
            AtomicBoolean deleted = new AtomicBoolean();
            Race.run(2, thread -> {
                if (thread == 0) {
                    Elsewhere.await(counting);
                    deleting.set(true);
                    items.query().deleteAll();
                    deleted.set(true);
                    return;
                }
                while (!deleted.get()) {
                    boolean begun = deleting.get();
                    assertThat(items.query().count())
                            .as("documents, of 800 that are deleted in one step")
                            .isIn(0L, 800L);
                    counting.countDown();
                    if (begun && !deleted.get()) {
                        meanwhile.incrementAndGet();
                    }
                }
            });
        }
    }

    @Proves(Clause.Q32)
    void updateAllChangesWhatMatches() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(32, 700));
        long matching = Model.list(stored, Item.FLAG.isTrue(), List.of()).size();
        assertThat(items.where(Item.FLAG.isTrue())
                        .updateAll(item -> item.withFlag(false).withText("changed")))
                .isEqualTo(matching)
                .isPositive();
        assertThat(items.where(Item.FLAG.isTrue()).exists())
                .as("items.where(Item.FLAG.isTrue()).exists()")
                .isFalse();
        assertThat(items.where(Item.TEXT.eq("changed")).count()).isEqualTo(matching);
        assertThat(items.query().count()).isEqualTo(700);
    }

    @Proves(Clause.Q32)
    void updateAllOverwritesNothingThatWasWrittenMeanwhile() throws Exception {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("x").withNumber(1));
        DocumentCollection<Item> others = second().collection(itemSchema());
        AtomicBoolean first = new AtomicBoolean(true);
        long updated = items.query().updateAll(item -> {
            if (first.getAndSet(false)) {
                others.update("a", current -> current.withText("meanwhile"));
            }
            return item.withNumber(2);
        });
        assertThat(updated).isOne();
        assertThat(existing(items, "a").value()).isEqualTo(Item.of("meanwhile").withNumber(2));
    }

    @Proves(Clause.Q32)
    void updateAllLeavesWhatNoLongerMatches() throws Exception {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("x"));
        items.put("b", Item.of("x"));
        DocumentCollection<Item> others = second().collection(itemSchema());
        AtomicInteger calls = new AtomicInteger();
        long updated = items.where(Item.TEXT.eq("x")).updateAll(item -> {
            if (calls.getAndIncrement() == 0) {
                others.put("a", Item.of("y"));
                others.delete("b");
            }
            return item.withNumber(1);
        });
        assertThat(updated).isZero();
        assertThat(items.query().list()).extracting(Document::value).containsExactly(Item.of("y"));
    }

    @Proves(Clause.Q32)
    void aFailingUpdateAllKeepsTheEarlierChanges() {
        DocumentCollection<Item> items = items();
        for (String id : List.of("a", "b", "c")) {
            items.put(id, Item.of(id));
        }
        IllegalArgumentException failure = new IllegalArgumentException("the caller's own");
        assertThatThrownBy(() -> items.query().updateAll(item -> {
                    if (item.equals(Item.of("b"))) {
                        throw failure;
                    }
                    return item.withNumber(1);
                }))
                .isSameAs(failure);
        assertThat(existing(items, "b").value()).isEqualTo(Item.of("b"));
        assertThat(items.query().count()).isEqualTo(3);
    }

    @Proves(Clause.Q32)
    @Needs(Capability.TRANSACTIONS)
    void inATransactionTheFunctionOfUpdateAllFindsWhatItHasChanged() {
        put("a", "b", "c");
        List<Long> found = store.transaction(tx -> {
            DocumentCollection<Item> items = tx.collection(itemSchema());
            List<Long> changed = new ArrayList<>();
            items.where(Item.TEXT.eq("x")).updateAll(item -> {
                changed.add(items.where(Item.TEXT.eq("y")).count());
                return Item.of("y");
            });
            return changed;
        });
        assertThat(found).containsExactly(0L, 1L, 2L);
    }

    @Proves(Clause.Q32)
    @Needs(Capability.TRANSACTIONS)
    void inATransactionUpdateAllOverwritesNothingThatItsFunctionWrites() {
        put("a", "b", "c");
        long updated = store.transaction(tx -> {
            DocumentCollection<Item> items = tx.collection(itemSchema());
            return items.where(Item.TEXT.eq("x")).updateAll(item -> {
                items.put("b", Item.of("y"));
                items.delete("c");
                return Item.of("z");
            });
        });
        assertThat(updated).isOne();
        assertThat(items().query().list()).extracting(Document::value).containsExactly(Item.of("z"), Item.of("y"));
    }

    private void put(String... ids) {
        for (String id : ids) {
            items().put(id, Item.of("x"));
        }
    }

    @Proves(Clause.Q33)
    void noneOfThemTakesALimitOrCursor() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(33, 10));
        String cursor = items.query().limit(3).page().nextCursor();
        for (Query<Item> part : List.of(items.query().limit(3), items.query().startAfter(cursor))) {
            for (Runnable whole : List.<Runnable>of(
                    part::count,
                    part::deleteAll,
                    () -> part.countBy(Item.TEXT),
                    () -> part.updateAll(item -> item.withText("!")))) {
                assertThatThrownBy(whole::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll("limit", "cursor");
            }
        }
        assertThat(items.query().count()).isEqualTo(10);
        assertThat(items.where(Item.TEXT.eq("!")).exists())
                .as("items.where(Item.TEXT.eq('!')).exists()")
                .isFalse();
    }

    /** The keys come in order, null first; each has as many documents as the model counts. */
    private static void assertCounts(
            Map<? extends @Nullable Object, Long> counts,
            List<Document<Item>> stored,
            Filter<Item> filter,
            Field<Item, ?> field) {
        Map<@Nullable Object, Long> expected = new TreeMap<>(Comparator.nullsFirst(Model::compare));
        for (Document<Item> document : Model.list(stored, filter, List.of())) {
            expected.merge(Model.value(field, document), 1L, Long::sum);
        }
        Map<@Nullable Object, Long> named = new LinkedHashMap<>();
        counts.forEach((value, count) -> named.put(value instanceof Enum<?> constant ? constant.name() : value, count));
        assertThat(Arrays.asList(named.keySet().toArray()))
                .as("keys of %s", field)
                .isEqualTo(Arrays.asList(expected.keySet().toArray()));
        assertThat(named).as("counts by %s", field).isEqualTo(new LinkedHashMap<>(expected));
    }
}
