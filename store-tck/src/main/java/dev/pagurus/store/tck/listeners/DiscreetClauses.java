package dev.pagurus.store.tck.listeners;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.MayWarn;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
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
