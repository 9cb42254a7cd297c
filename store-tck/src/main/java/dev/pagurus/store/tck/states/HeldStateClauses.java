package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Group T: a snapshot and a transaction see one state in every way to read, as long as they are held, while others write
 * what changes the answer to each.
 */
@Needs(Capability.SNAPSHOTS)
public abstract class HeldStateClauses extends ClauseGroup {

    /** More than two chunks. */
    private static final int DOCUMENTS = 1_100;

    /** So long that a store which keeps a snapshot for a while only has moved on. */
    private static final Duration HELD = Duration.ofMillis(2_200);

    /** How long a transaction waits for others, who may have to wait for it. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** Comes and goes; every reading that asks for one document asks for this one. */
    private static final String COMING = "a";

    private static final int VISITORS = 7;
    private static final Question ABOUT = new Question(
            COMING,
            List.of("d7", "v1", COMING, "d8", "v3", "d9", "v0"),
            Item.of("comes").withNumber(100_000).tagged("tag 1", "visitor"));

    protected HeldStateClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** Ends a transaction that has read all that it wanted: others need not let it commit. */
    private static final class HasRead extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Proves(Clause.T24)
    void aSnapshotThatIsHeldForSecondsIsOfOneStateInEveryWay() throws Exception {
        fill();
        try (Others others = othersWrite()) {
            boolean ended = store.snapshot(view -> {
                ReadableCollection<Item> items = view.collection(itemSchema());
                long begun = System.nanoTime();
                Map<Reading, Answer> first = readAll(items);
                requireThatTheyAgree(first);
                others.awaitMoves(3 * VISITORS);
                // How long makes no difference to the snapshot's own handle, nor does where the others are.
                Duration held = hasSecondHandlesElsewhere() ? Duration.ZERO : HELD;
                do {
                    requireTheSame(first, readAll(items));
                } while (System.nanoTime() - begun < held.toNanos());
                return true;
            });
            assertThat(ended).as("whether the snapshot came to its end").isTrue();
        }
    }

    @Proves(Clause.T18)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionIsOfOneStateInEveryWay() throws Exception {
        fill();
        try (Others others = othersWrite()) {
            for (int i = 0; i < 3; i++) {
                others.awaitMoves(1);
                thrown(
                        HasRead.class,
                        () -> store.runTransaction(tx -> {
                            DocumentCollection<Item> items = tx.collection(itemSchema());
                            Map<Reading, Answer> first = readAll(items);
                            requireThatTheyAgree(first);
                            others.madeWithin(VISITORS, PATIENCE);
                            requireTheSame(first, readAll(items));
                            throw new HasRead();
                        }));
            }
        }
    }

    private void fill() {
        items().insertAll(
                        IntStream.range(0, DOCUMENTS).mapToObj(HeldStateClauses::item),
                        item -> "d" + item.number(),
                        OnConflict.FAIL);
        items().insert(COMING, ABOUT.like());
    }

    private static Item item(int i) {
        return Item.ofNumber(i).withText("text " + i / 2).tagged("tag " + i % 3).withTime(Instant.ofEpochSecond(i / 2));
    }

    /** Through another handle: one document comes and goes, visitors come one by one and go, and the others change. */
    private Others othersWrite() throws Exception {
        DocumentCollection<Item> items = second().collection(itemSchema());
        return new Others(number -> {
            if (number % 2 == 0) {
                items.delete(COMING);
            } else {
                items.insert(COMING, ABOUT.like().withPayload("came " + number));
            }
            int visitor = (int) (number % (2 * VISITORS));
            if (visitor < VISITORS) {
                items.insert(
                        "v" + visitor,
                        Item.ofNumber(-visitor).withText("visits").tagged("visitor"));
                items.insert("w" + visitor, Item.ofNumber(DOCUMENTS + visitor).tagged("visitor"));
            } else {
                items.delete("v" + (visitor - VISITORS));
                items.delete("w" + (visitor - VISITORS));
            }
            items.put("d" + number % DOCUMENTS, item((int) (number % DOCUMENTS)).withText("written " + number));
        });
    }

    private static Map<Reading, Answer> readAll(ReadableCollection<Item> items) {
        Map<Reading, Answer> answers = new LinkedHashMap<>();
        Reading.ALL.forEach(reading -> answers.put(reading, reading.ask().of(items, ABOUT)));
        return answers;
    }

    /** The list, stored once more in memory, has all the other answers. */
    private void requireThatTheyAgree(Map<Reading, Answer> answers) {
        StoreConfig config = StoreConfig.builder("reference:held").build();
        try (Store memory = Stores.open(new ReferenceProvider(), config)) {
            DocumentCollection<Item> items = memory.collection(itemSchema());
            List<Document<Item>> listed =
                    Objects.requireNonNull(answers.get(Reading.LIST)).documents();
            IdentityHashMap<Item, String> ids = new IdentityHashMap<>();
            listed.forEach(document -> ids.put(document.value(), document.id()));
            items.insertAll(
                    listed.stream().map(Document::value),
                    item -> Objects.requireNonNull(ids.get(item)),
                    OnConflict.FAIL);
            readAll(items)
                    .forEach((reading, expected) -> Reading.require(
                            "With what the list has, the " + reading,
                            expected,
                            Objects.requireNonNull(answers.get(reading))));
        }
    }

    private static void requireTheSame(Map<Reading, Answer> first, Map<Reading, Answer> again) {
        first.forEach((reading, answer) -> {
            Answer later = Objects.requireNonNull(again.get(reading));
            Reading.require("The " + reading + ", asked again,", answer, later);
            assertThat(later.equals(answer))
                    .as("whether the %s, asked again, has the same versions", reading)
                    .isTrue();
        });
    }
}
