package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/**
 * Group T: whichever way a transaction writes, to one document or to all of them, every kind of read of its own sees it, none
 * of others does before the commit, and none at all if there is no commit.
 */
@Needs(Capability.TRANSACTIONS)
public abstract class UndoneClauses extends ClauseGroup {

    private static final int FEW = 30;

    /** More than any engine takes at a time. */
    private static final int MANY = 600;

    /** How long readers are waited for, who may have to wait for the transaction. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private static final List<Way> TO_ALL = List.of(
            new Way(
                    "updateAll",
                    items -> items.query()
                            .updateAll(item -> item.withText("changed").tagged("changed"))),
            new Way("deleteAll", items -> items.query().deleteAll()),
            new Way("putAll", items -> insertOrPut(items, 0, true)),
            new Way("insertAll", items -> insertOrPut(items, MANY, false)),
            new Way("deleteAll and insertAll", items -> {
                items.query().deleteAll();
                insertOrPut(items, 0, false);
            }));

    /** Beside it, in memory: knows what a transaction sees. */
    private final Store memory = Stores.open(
            new ReferenceProvider(), StoreConfig.builder("reference:memory").build());

    protected UndoneClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @AfterEach
    void closeMemory() {
        memory.close();
    }

    /** Does something to all documents. */
    private record Way(String name, Consumer<DocumentCollection<Item>> write) {}

    /** Ends a transaction that has written all that it wanted. */
    private static final class HasWritten extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Proves(Clause.T7)
    void everyWayToWriteIsUndoneWithItsTransaction() throws Exception {
        fill(FEW);
        Store other = second();
        other.collection(itemSchema());
        List<Writing> script = Writing.script(store.capabilities());
        // What another process makes different shows soon, and takes more time.
        for (int i = 0; i < script.size(); i += hasSecondHandlesElsewhere() ? 4 : 1) {
            Writing writing = script.get(i);
            String id = "own " + i;
            Item old = item(2 * MANY + i);
            if (writing.effect() != Writing.Effect.COMES) {
                items().insert(id, old);
                memory.collection(itemSchema()).insert(id, old);
            }
            Item next = writing.effect() == Writing.Effect.GOES
                    ? old
                    : old.withNumber(-i).tagged("next").withCode("next " + i);
            Question about = new Question(id, List.of("missing", "d1", id, "d0"), next);
            Map<Reading, Answer> before = readAll(store, about);
            requireUndone(
                    writing.name(), other, about, before, items -> writing.act().write(items, id, next));
            requireTheSame("After a transaction's " + writing + " was undone,", before, readAll(store, about));
            if (has(Capability.UNIQUE_INDEXES) && i % 3 == 0 && writing.effect() != Writing.Effect.COMES) {
                requireTaken(writing, other, id, old, next);
            }
        }
    }

    @Proves(Clause.T7)
    @Needs(Capability.SNAPSHOTS)
    void whatIsDoneToHundredsIsUndoneWithItsTransaction() throws Exception {
        fill(MANY);
        Store other = second();
        other.collection(itemSchema());
        Question about = new Question("d7", List.of("d7", "d1", "missing", "d" + MANY), item(7));
        Map<Reading, Answer> before = readAll(store, about);
        for (Way way : hasSecondHandlesElsewhere() ? TO_ALL.subList(0, 2) : TO_ALL) {
            requireUndone(way.name() + " of everything", other, about, before, way.write());
        }
    }

    /** What a transaction would set free is not free before it commits. */
    private void requireTaken(Writing writing, Store other, String id, Item old, Item next) throws Exception {
        List<Elsewhere<Document<Item>>> takers = new ArrayList<>();
        undone(store, items -> writing.act().write(items, id, next), tx -> {
            Elsewhere<Document<Item>> taker =
                    Elsewhere.start(() -> other.collection(itemSchema()).insert("taker of " + id, old));
            takers.add(taker);
            try {
                taker.within(PATIENCE);
            } catch (UniqueViolationException e) {
                // Refused at once; others have to wait.
            }
        });
        for (Elsewhere<Document<Item>> taker : takers) {
            thrown(UniqueViolationException.class, taker::result);
        }
    }

    private void requireUndone(
            String how,
            Store other,
            Question about,
            Map<Reading, Answer> before,
            Consumer<DocumentCollection<Item>> write)
            throws Exception {
        Map<Reading, Answer> inside = new LinkedHashMap<>();
        undone(memory, write, tx -> inside.putAll(readAll(tx, about)));
        Map<Reading, Answer> seen = new LinkedHashMap<>();
        List<Elsewhere<Map<Reading, Answer>>> readers = new ArrayList<>();
        undone(store, write, tx -> {
            seen.putAll(readAll(tx, about));
            Elsewhere<Map<Reading, Answer>> reader = Elsewhere.start(() -> readAll(other, about));
            readers.add(reader);
            reader.within(PATIENCE);
        });
        inside.forEach((reading, answer) -> Reading.require(
                "In a transaction, after its " + how + ", the " + reading,
                answer,
                Objects.requireNonNull(seen.get(reading))));
        for (Elsewhere<Map<Reading, Answer>> reader : readers) {
            requireTheSame("Beside a transaction's " + how + ", which was never committed,", before, reader.result());
        }
        requireTheSame(
                "After a transaction's " + how + " was undone, through another handle,", before, readAll(other, about));
    }

    @FunctionalInterface
    private interface Look {
        void at(Transaction tx) throws Exception;
    }

    private void undone(Store on, Consumer<DocumentCollection<Item>> write, Look look) {
        thrown(
                HasWritten.class,
                () -> on.runTransaction(tx -> {
                    write.accept(tx.collection(itemSchema()));
                    look.at(tx);
                    throw new HasWritten();
                }));
    }

    private static void requireTheSame(String when, Map<Reading, Answer> before, Map<Reading, Answer> came) {
        before.forEach((reading, answer) -> {
            Answer now = Objects.requireNonNull(came.get(reading));
            Reading.require(when + " the " + reading, answer, now);
            assertThat(now.equals(answer))
                    .as("whether, " + when + " the %s has the same versions", reading)
                    .isTrue();
        });
    }

    private Map<Reading, Answer> readAll(CollectionSource from, Question about) {
        Map<Reading, Answer> answers = new LinkedHashMap<>();
        Reading.ALL.forEach(reading -> answers.put(reading, reading.ask().of(from.collection(itemSchema()), about)));
        return answers;
    }

    private void fill(int documents) {
        for (Store each : List.of(store, memory)) {
            each.collection(itemSchema()).insertAll(items(0, documents).stream(), UndoneClauses::id, OnConflict.FAIL);
        }
    }

    private static void insertOrPut(DocumentCollection<Item> items, int from, boolean put) {
        List<Item> all = items(from, from + MANY);
        if (put) {
            items.putAll(all.stream().map(item -> item.withText("put")), UndoneClauses::id, OnConflict.FAIL);
        } else {
            items.insertAll(all.stream(), UndoneClauses::id, OnConflict.FAIL);
        }
    }

    private static List<Item> items(int from, int to) {
        return IntStream.range(from, to).mapToObj(UndoneClauses::item).toList();
    }

    private static Item item(int i) {
        return Item.ofNumber(i)
                .withText("text " + i / 2)
                .tagged("all", "tag " + i % 3)
                .withCode("code " + i);
    }

    private static String id(Item item) {
        return "d" + item.number();
    }
}
