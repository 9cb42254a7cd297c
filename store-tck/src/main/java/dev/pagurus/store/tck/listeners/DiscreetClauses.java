package dev.pagurus.store.tck.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.MayWarn;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SampleFilters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Group O: what is in a call is told to nobody, and who is told changes nothing. */
public abstract class DiscreetClauses extends ListenerGroup {

    /** Stands in whatever the application's users could have written. */
    private static final String SECRET = "hunter2";

    private static final List<String> HOSTILE = List.of(
            SECRET,
            SECRET + "\n\"}; drop table items; --",
            "${" + SECRET + "}",
            "? = " + SECRET + " or text = '" + SECRET + "'",
            SECRET + "%n{}\u2028\uD83E\uDD80");

    private static final long SECRET_NUMBER = 4_815_162_342L;

    private static final double SECRET_REAL = 48.15162342;

    private static final Instant SECRET_TIME = Instant.parse("2031-07-11T04:08:15.162342Z");

    /** What there is of them in a text, however an engine writes them. */
    private static final List<String> SECRET_DIGITS = List.of(
            Long.toString(SECRET_NUMBER),
            "4815162342",
            "48.1516",
            "4.81516",
            Long.toString(SECRET_TIME.getEpochSecond()),
            "2031-07-11",
            "20310711",
            ":08:15");

    protected DiscreetClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.O2)
    void whatIsInACallIsToldToNobody() {
        told.clear();
        HOSTILE.forEach(this::useEverywhere);
        assertThat(told).as("what was told").hasSizeGreaterThan(20 * HOSTILE.size());
        assertThat(told)
                .as("what was told")
                .allSatisfy(call ->
                        assertThat(call.toString()).as("a call that is told").doesNotContain(SECRET));
    }

    /** What is bound for one kind of field may stand in the text for another, and so may what no field of the schema holds. */
    @Proves(Clause.O10)
    void anExplanationShowsNoValueOfAnyKind() {
        for (int i = 0; i < 3; i++) {
            items.put(
                    "n" + i, Item.ofNumber(SECRET_NUMBER).withReal(SECRET_REAL).withTime(SECRET_TIME));
        }
        List<Filter<Item>> filters = new ArrayList<>();
        filters.addAll(SampleFilters.comparisons(Item.NUMBER, List.of(SECRET_NUMBER)));
        filters.addAll(SampleFilters.comparisons(Item.REAL, List.of(SECRET_REAL)));
        filters.addAll(SampleFilters.comparisons(Item.TIME, List.of(SECRET_TIME)));
        filters.addAll(SampleFilters.comparisons(Item.SCHEMA.createdAt(), List.of(SECRET_TIME)));
        filters.addAll(SampleFilters.comparisons(Item.SCHEMA.updatedAt(), List.of(SECRET_TIME)));
        filters.add(Item.NUMBER.in(SECRET_NUMBER, 1L, 2L));
        filters.add(Item.REAL.in(SECRET_REAL, 1.0, 2.0).not());
        filters.add(Item.TIME.in(SECRET_TIME, Instant.EPOCH));
        filters.add(Item.TIME.eq(SECRET_TIME).or(Item.NUMBER.eq(SECRET_NUMBER).and(Item.REAL.lt(SECRET_REAL))));
        for (Filter<Item> filter : filters) {
            requireNoDigits(items.where(filter));
        }
        List<Order<Item>> orders = List.of(Item.NUMBER.asc(), Item.REAL.desc(), Item.TIME.asc(), Item.TIME.desc());
        for (Order<Item> order : orders) {
            ReadQuery<Item> query = items.query().orderBy(order).limit(1);
            requireNoDigits(query.startAfter(query.page().nextCursor()));
        }
    }

    private static void requireNoDigits(ReadQuery<Item> query) {
        assertThat(query.explain().toString()).as("an explanation").doesNotContain(SECRET_DIGITS);
    }

    @Proves(Clause.O2)
    @Needs(Capability.TRANSACTIONS)
    void norIsWhatIsInATransactionOrStep() {
        told.clear();
        for (String text : HOSTILE) {
            attempt(() -> store.runTransaction(tx -> {
                tx.collection(itemSchema()).put(text, Item.of(text));
                throw new IllegalStateException(text);
            }));
            attempt(() -> store.step("step " + text.codePointCount(0, text.length()) + SECRET, tx -> {}));
            attempt(() -> store.drop(text));
            attempt(() -> store.rename(text, text));
            if (has(Capability.CHANGES)) {
                Schema<Item> notes = itemSchema("notes").changes(Duration.ofDays(1));
                store.collection(notes).put(text, Item.of(text));
                store.changes(notes).page();
                attempt(() -> store.changes(notes).startAfter(text).page());
                attempt(() -> store.follow(text, store.changes(notes), (tx, changes) -> {
                    throw new IllegalStateException(text);
                }));
                attempt(() -> store.unfollow(text));
            }
        }
        assertThat(told).as("what was told").hasSizeGreaterThan(4 * HOSTILE.size());
        assertThat(told)
                .as("what was told")
                .allSatisfy(call ->
                        assertThat(call.toString()).as("a call that is told").doesNotContain(SECRET));
    }

    @Proves(Clause.O2)
    void norIsTheUrl() {
        told.clear();
        for (String url : List.of(
                "nosuchengine://app:" + SECRET + "@host/db?password=" + SECRET,
                "nosuchengine:" + SECRET + "?x=" + SECRET)) {
            StoreConfig given = StoreConfig.builder(url)
                    .password(SECRET)
                    .listener(told::add)
                    .build();
            assertThatThrownBy(() -> Stores.open(given)).isInstanceOf(ConfigurationException.class);
        }
        assertThat(told)
                .as("what was told of stores that are not there")
                .extracting(ListenerGroup::said)
                .containsOnly("open: 0 ConfigurationException");
        assertThat(told)
                .as("what was told")
                .allSatisfy(call ->
                        assertThat(call.toString()).as("a call that is told").doesNotContain(SECRET));
    }

    private void useEverywhere(String text) {
        Item item = Item.of(text).tagged(text).withPayload(text);
        items.put(text, item);
        items.get(text);
        items.getAll(List.of(text));
        items.update(text, old -> old.withCode(text));
        items.update(text, old -> old.withCode(null));
        attempt(() -> items.update(text, old -> {
            throw new IllegalStateException(text);
        }));
        attempt(() -> items.insert(text, item));
        attempt(() -> items.replace(text, 1, item));
        items.compute(text, old -> old);
        items.raw().get(text);
        attempt(() -> items.raw().replace(text, 1, text));
        attempt(() -> items.get("\0" + text));
        items.where(Item.TEXT.eq(text)).list();
        items.where(Item.TEXT.startsWith(text)).count();
        items.where(Item.TEXT.in(text, "x").or(Item.TAGS.contains(text)).not()).countBy(Item.TEXT);
        items.where(Item.TEXT.in(text, "x")).groupBy(Item.TAGS, Item.TEXT).aggregate(Item.TEXT.max());
        items.where(Item.TEXT.gte(text)).distinct(Item.TEXT);
        items.where(Item.TEXT.gte(text)).orderBy(Item.TEXT.asc()).stream().forEach(found -> items.exists(found.id()));
        String cursor = items.query().orderBy(Item.TEXT.asc()).limit(1).page().nextCursor();
        items.query().orderBy(Item.TEXT.asc()).startAfter(cursor).page();
        attempt(() -> items.query().startAfter(text).page());
        items.where(Item.TEXT.eq(text)).updateAll(old -> old);
        items.where(Item.TEXT.eq(text)).claimFirst(old -> old);
        items.putAll(Stream.of(item), Item::text, OnConflict.FAIL);
        items.insertAll(Stream.of(item), Item::text, OnConflict.SKIP);
        items.delete(text);
        items.put(text, item);
    }

    @Proves(Clause.O3)
    @MayWarn
    void whateverAListenerDoesTheAnswersStay() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        startWith(config -> config.listener(call -> {
            int number = calls.incrementAndGet() % 4;
            if (number == 0) {
                throw new IllegalStateException("the listener's own");
            }
            if (number == 1) {
                throw new StackOverflowError("the listener's own");
            }
            if (number == 2) {
                store.collection(itemSchema()).put("listener", Item.of("told"));
            }
        }));
        items = items();
        int before = calls.get();
        List<Document<Item>> written = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            written.add(items.put("n" + i, Item.ofNumber(i)));
        }
        assertThat(calls.get() - before).as("how many calls were told of").isEqualTo(40);
        assertThat(items.where(Item.NUMBER.isNotNull())
                        .orderBy(Item.NUMBER.asc())
                        .list())
                .as("what is there")
                .isEqualTo(written);
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> items.replace("n1", 1, Item.NOTHING))
                    .hasMessageContainingAll("'n1'", "Read it again");
            assertThat(items.update("n2", item -> item.withText("x")))
                    .as("what was changed")
                    .isPresent();
        }
        if (has(Capability.TRANSACTIONS)) {
            for (int i = 0; i < 8; i++) {
                int number = i;
                assertThat(store.<Integer, RuntimeException>transaction(tx -> {
                            DocumentCollection<Item> inside = tx.collection(itemSchema());
                            inside.put("t", Item.ofNumber(number));
                            return (int) inside.where(Item.NUMBER.gte(0L)).count();
                        }))
                        .as("what is counted in a transaction")
                        .isEqualTo(41);
            }
            assertThat(existing(items, "t").value()).isEqualTo(Item.ofNumber(7));
        }
    }
}
