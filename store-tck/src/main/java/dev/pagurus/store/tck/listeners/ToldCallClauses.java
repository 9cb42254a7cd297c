package dev.pagurus.store.tck.listeners;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Capability;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreCall;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Group O: which calls are told, and what of them. */
public abstract class ToldCallClauses extends ListenerGroup {

    protected ToldCallClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.O1)
    void eachCallOfACollectionIsToldOnce() {
        assertThat(saidOf(() -> items.insert("a", Item.of("x")))).containsExactly("insert items: 1");
        assertThat(saidOf(() -> items.insert(Item.of("x")))).containsExactly("insert items: 1");
        assertThat(saidOf(() -> items.put("b", Item.of("y")))).containsExactly("put items: 1");
        assertThat(saidOf(() -> items.get("a"))).containsExactly("get items: 1");
        assertThat(saidOf(() -> items.get("none"))).containsExactly("get items: 0");
        assertThat(saidOf(() -> items.exists("a"))).containsExactly("exists items: 1");
        assertThat(saidOf(() -> items.getAll(List.of("a", "none", "b")))).containsExactly("getAll items: 2");
        Document<Item> old = existing(items, "a");
        assertThat(saidOf(() -> items.replace(old.withValue(Item.of("z"))))).containsExactly("replace items: 1");
        assertThat(saidOf(() -> items.update("a", item -> item.withNumber(1)))).containsExactly("update items: 1");
        assertThat(saidOf(() -> items.update("none", item -> item))).containsExactly("update items: 0");
        assertThat(saidOf(() -> items.compute("c", none -> Optional.of(Item.NOTHING))))
                .containsExactly("compute items: 1");
        assertThat(saidOf(() -> items.compute("c", there -> Optional.empty()))).containsExactly("compute items: 1");
        assertThat(saidOf(() -> items.compute("c", none -> none))).containsExactly("compute items: 0");
        assertThat(saidOf(() -> items.raw().get("a"))).containsExactly("get items: 1");
        Document<String> text = items.raw().get("a").orElseThrow();
        assertThat(saidOf(() -> items.raw().replace(text))).containsExactly("replace items: 1");
        assertThat(saidOf(() -> items.delete("b"))).containsExactly("delete items: 1");
        assertThat(saidOf(() -> items.delete("b"))).containsExactly("delete items: 0");
        assertThat(saidOf(() -> items.insertAll(Stream.of("p", "q", "a").map(Item::of), Item::text, OnConflict.SKIP)))
                .containsExactly("insertAll items: 2");
        assertThat(saidOf(() -> items.putAll(Stream.of("p", "q").map(Item::of), Item::text, OnConflict.FAIL)))
                .containsExactly("putAll items: 2");
    }

    @Proves(Clause.O1)
    void eachCallOfAQueryIsToldOnce() {
        items.insertAll(Stream.of("a", "b", "c").map(Item::of), Item::text, OnConflict.FAIL);
        assertThat(saidOf(() -> items.query().list())).containsExactly("list items: 3");
        assertThat(saidOf(() -> items.query().first())).containsExactly("first items: 1");
        assertThat(saidOf(() -> items.query().limit(2).page())).containsExactly("page items: 2");
        assertThat(saidOf(() -> items.query().count())).containsExactly("count items: 3");
        assertThat(saidOf(() -> items.query().exists())).containsExactly("exists items: 1");
        assertThat(saidOf(() -> items.query().countBy(Item.TEXT))).containsExactly("countBy items [group by text]: 3");
        assertThat(saidOf(() -> items.query().select(Item.TEXT).list())).containsExactly("select items: 3");
        assertThat(saidOf(() -> items.query().select(Item.TEXT).first())).containsExactly("select items: 1");
        assertThat(saidOf(() -> items.query().limit(2).select(Item.TEXT).page()))
                .containsExactly("select items: 2");
        assertThat(saidOf(() -> items.query().select(Item.TEXT).stream().toList()))
                .containsExactly("select items: 3");
        assertThat(saidOf(() -> items.query().aggregate(Aggregate.count()))).containsExactly("aggregate items: 1");
        assertThat(saidOf(() -> items.query().groupBy(Item.TEXT, Item.FLAG).aggregate()))
                .containsExactly("aggregate items [group by text, flag]: 3");
        assertThat(saidOf(() -> items.query().distinct(Item.TEXT)))
                .containsExactly("distinct items [group by text]: 3");
        assertThat(saidOf(() -> items.query().explain())).containsExactly("explain items: 0");
        assertThat(saidOf(() -> items.query().stream().toList())).containsExactly("stream items: 3");
        assertThat(saidOf(() -> items.query().stream()))
                .as("of a stream that is not read")
                .isEmpty();
        assertThat(saidOf(() -> items.query().updateAll(item -> item.withNumber(7))))
                .containsExactly("updateAll items: 3");
        assertThat(saidOf(() -> items.query().limit(2).claim(item -> item.withNumber(8))))
                .containsExactly("claim items: 2");
        assertThat(saidOf(() -> items.query().claimFirst(item -> item.withNumber(9))))
                .containsExactly("claimFirst items: 1");
        if (has(Capability.TRANSACTIONS)) {
            assertThat(saidOf(() -> items.query().deleteAll())).containsExactly("deleteAll items: 3");
        }
    }

    /** More lists than one, some of them beside the caller's thread; more chunks than one. */
    @Proves(Clause.O1)
    void whatTakesManyStepsIsOneCall() {
        List<Integer> numbers = Stream.iterate(0, i -> i + 1).limit(4_500).toList();
        List<StoreCall> bulk = toldOf(() ->
                items.insertAll(numbers.stream().map(Item::ofNumber), item -> "n" + item.number(), OnConflict.FAIL));
        assertThat(bulk).extracting(ListenerGroup::said).containsExactly("insertAll items: 4500");
        assertThat(bulk.get(0).engine()).as("the engine's time of all lists").isPositive();
        if (has(Capability.SNAPSHOTS)) {
            assertThat(saidOf(() -> items.query().limit(1_200).list())).containsExactly("list items: 1200");
        }
        assertThat(toldOf(() -> items.query().stream().toList()))
                .allSatisfy(call -> assertThat(call.operation()).isEqualTo("stream"))
                .extracting(StoreCall::rows)
                .satisfies(rows -> assertThat(
                                rows.stream().mapToLong(Long::longValue).sum())
                        .as("documents that a stream read, %s", rows)
                        .isEqualTo(4_500));
    }

    @Proves(Clause.O1)
    void whatFailsIsToldWithWhatItFailedBy() {
        items.insert("a", Item.of("x"));
        assertThat(saidOf(() -> items.insert("a", Item.of("y"))))
                .containsExactly("insert items: 0 DuplicateIdException");
        assertThat(saidOf(() -> items.replace("a", 1, Item.of("y"))))
                .containsExactly("replace items: 0 VersionConflictException");
        assertThat(saidOf(() -> items.get(""))).containsExactly("get items: 0 InvalidValueException");
        assertThat(saidOf(() -> items.update("a", item -> {
                    throw new UnsupportedOperationException("no");
                })))
                .containsExactly("update items: 0 UnsupportedOperationException");
        store.close();
        assertThat(saidOf(() -> items.get("a"))).containsExactly("get items: 0 StoreClosedException");
    }

    @Proves(Clause.O1)
    void whatConcernsTheStoreIsToldToo() throws Exception {
        told.clear();
        startWith(config -> config.listener(told::add));
        assertThat(told)
                .as("what is told when a store is closed and another one opened")
                .extracting(ListenerGroup::said)
                .containsExactly("close: 0", "open: 0");
        assertThat(saidOf(() -> store.collection(itemSchema()))).containsExactly("collection items: 0");
        assertThat(saidOf(() -> store.collection(itemSchema())))
                .as("of a collection that is known")
                .isEmpty();
        assertThat(saidOf(() -> store.health())).containsExactly("health: 0");
        assertThat(saidOf(() -> store.now())).containsExactly("now: 0");
        if (has(Capability.SNAPSHOTS)) {
            items = items();
            items.insert("a", Item.NOTHING);
            assertThat(saidOf(() -> store.summaries())).containsExactly("summaries: 0");
            assertThat(saidOf(() -> store.exportTo(new ByteArrayOutputStream(), CopyOptions.DEFAULT)))
                    .containsExactly("exportTo: 1");
        }
        assertThat(saidOf(() -> store.drop("nothing"))).containsExactly("drop: 0");
    }

    @Proves(Clause.O4)
    void aQueryIsToldByItsFieldsAndOperators() {
        DocumentCollection<Item> all = items;
        assertThat(shape(all.where(Item.TEXT.eq("v"))
                        .where(Item.NUMBER.lt(5L))
                        .orderBy(Item.TIME.desc())
                        .thenBy(Item.TEXT.asc())))
                .isEqualTo("text = ? and number < ? order by time desc, text");
        assertThat(shape(all.where(Item.TEXT.eq("v").and(Item.COLOR.in(Item.Color.RED, Item.Color.BLUE)))))
                .isEqualTo("text = ? and color in ?");
        assertThat(shape(all.where(Item.TEXT.ne("v").or(Item.NUMBER.gte(1L)).and(Item.FLAG.eq(true)))))
                .isEqualTo("(text <> ? or number >= ?) and flag = ?");
        assertThat(shape(all.where(
                        Item.TEXT.startsWith("v").and(Item.TAGS.contains("t")).not())))
                .isEqualTo("not (text starts with ? and tags contains any of ?)");
        assertThat(shape(all.where(Item.TEXT.isNull().or(Item.TAGS.isEmpty()))))
                .isEqualTo("text is null or tags is empty");
        assertThat(shape(all.where(Filter.anyOf(List.of())))).isEqualTo("nothing");
        assertThat(shape(all.where(Filter.allOf(List.of())))).isEqualTo("everything");
        assertThat(shape(all.query())).isEmpty();
        assertThat(shape(all.query().orderBy(Item.NUMBER.asc()))).isEqualTo("order by number");
        assertThat(shape(() -> all.query().countBy(Item.TAGS))).isEqualTo("group by tags");
        assertThat(shape(() -> all.where(Item.TEXT.eq("v")).distinct(Item.NUMBER)))
                .isEqualTo("text = ? group by number");
        assertThat(shape(() -> all.query().groupBy(Item.TEXT, Item.TAGS).aggregate(Aggregate.count())))
                .isEqualTo("group by text, tags");
    }

    private String shape(Query<Item> query) {
        return shape(query::list);
    }

    private String shape(ThrowingCallable asked) {
        List<StoreCall> calls = toldOf(asked);
        assertThat(calls).as("what is told of one query").hasSize(1);
        return calls.get(0).shape();
    }

    @Proves(Clause.O8)
    void anUpgradeIsToldWithHowManyDocumentsItBrought() {
        for (int i = 0; i < 5; i++) {
            items.insert("n" + i, Item.ofNumber(i));
        }
        List<StoreCall> calls =
                toldOf(() -> store.collection(itemSchema().index(Item.REAL).revision(2)));
        assertThat(calls).extracting(ListenerGroup::said).containsExactly("collection items: 5");
        assertThat(calls.get(0).engine()).as("the engine's time").isPositive();
    }

    @Proves(Clause.O8)
    @Needs(Capability.CHANGES)
    void aPageOfChangesIsToldWithWhenItsOldestWasWritten() {
        Schema<Item> notes = itemSchema("notes").changes(Duration.ofDays(7));
        Document<Item> first = store.collection(notes).insert("a", Item.NOTHING);
        store.collection(notes).insert("b", Item.NOTHING);
        List<StoreCall> calls = toldOf(() -> store.changes(notes).page());
        assertThat(calls).extracting(ListenerGroup::said).containsExactly("changes notes: 2");
        assertThat(calls.get(0).behindSince()).isEqualTo(Micros.toInstant(first.version()));
        ChangePage page = store.changes(notes).page();
        List<StoreCall> rest =
                toldOf(() -> store.changes(notes).startAfter(page.position()).page());
        assertThat(rest).extracting(ListenerGroup::said).containsExactly("changes notes: 0");
        assertThat(rest.get(0).behindSince())
                .as("since when an empty page is behind")
                .isNull();
        assertThat(saidOf(() -> store.changes(notes).end())).containsExactly("changesEnd notes: 0");
    }

    @Proves(Clause.O8)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS})
    void whatAFollowerTakesInIsTold() throws Exception {
        Schema<Item> notes = itemSchema("notes").changes(Duration.ofDays(7));
        Document<Item> first = store.collection(notes).insert("a", Item.NOTHING);
        store.collection(notes).insert("b", Item.NOTHING);
        Store by = store;
        told.clear();
        Elsewhere<Boolean> follower = Elsewhere.start(() -> {
            by.follow(
                    "taker",
                    by.changes(notes),
                    (tx, changes) -> changes.forEach(
                            change -> tx.collection(itemSchema()).put(change.id(), Item.NOTHING)));
            return Thread.currentThread().isInterrupted();
        });
        long started = System.nanoTime();
        while (told.stream().noneMatch(call -> call.operation().equals("follow"))) {
            assertThat(System.nanoTime() - started)
                    .as("nanoseconds until a page was told")
                    .isLessThan(Duration.ofSeconds(20).toNanos());
            Thread.sleep(2);
        }
        follower.interrupt();
        assertThat(follower.result())
                .as("whether the follower keeps the interrupt")
                .isTrue();
        assertThat(told)
                .extracting(ListenerGroup::said)
                .containsExactly("put items in follow: 1", "put items in follow: 1", "follow notes: 2");
        assertThat(told.stream().reduce((one, next) -> next).orElseThrow().behindSince())
                .as("since when the follower was behind")
                .isEqualTo(Micros.toInstant(first.version()));
    }
}
