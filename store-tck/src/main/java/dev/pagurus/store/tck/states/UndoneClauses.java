package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
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

/**
 * Group T: whichever way a transaction writes, to one document or to all of them, no kind of read of others sees it before
 * the commit, and none at all if there is no commit.
 */
@Needs(Capability.TRANSACTIONS)
public abstract class UndoneClauses extends ClauseGroup {

    private static final int FEW = 30;

    /** More than any engine takes at a time. */
    private static final int MANY = 600;

    /** How long readers are waited for, who may have to wait for the transaction. */
    private static final Duration PATIENCE = Duration.ofMillis(50);

    private static final List<Way> TO_ALL = List.of(
            new Way("updateAll", items -> items.query()
                    .updateAll(item -> item.withText("changed").tagged("changed"))),
            new Way("deleteAll", items -> items.query().deleteAll()),
            new Way("putAll", items -> insertOrPut(items, 0, true)),
            new Way("insertAll", items -> insertOrPut(items, MANY, false)),
            new Way("delete of each", items -> items(0, MANY).forEach(item -> items.delete(id(item)))),
            new Way("deleteAll and insertAll", items -> {
                items.query().deleteAll();
                insertOrPut(items, 0, false);
            }));

    protected UndoneClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
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
        for (int i = 0; i < script.size(); i++) {
            Writing writing = script.get(i);
            String id = "own " + i;
            Item old = item(2 * MANY + i);
            if (writing.effect() != Writing.Effect.COMES) {
                items().insert(id, old);
            }
            Item next = writing.effect() == Writing.Effect.GOES ? old : old.withNumber(-i).tagged("next");
            Question about = new Question(id, List.of("missing", "d1", id, "d0"), next);
            requireUndone(writing.name(), other, about, items -> writing.act().write(items, id, next));
        }
    }

    @Proves(Clause.T7)
    void whatIsDoneToAThousandIsUndoneWithItsTransaction() throws Exception {
        fill(MANY);
        Store other = second();
        other.collection(itemSchema());
        Question about = new Question("d7", List.of("d7", "d1", "missing", "d" + MANY), item(7));
        for (Way way : TO_ALL) {
            requireUndone(way.name() + " of everything", other, about, way.write());
        }
    }

    private void requireUndone(String how, Store other, Question about, Consumer<DocumentCollection<Item>> write)
            throws Exception {
        Map<Reading, Answer> before = readAll(store, about);
        List<Elsewhere<Map<Reading, Answer>>> readers = new ArrayList<>();
        thrown(
                HasWritten.class,
                () -> store.runTransaction(tx -> {
                    write.accept(tx.collection(itemSchema()));
                    Elsewhere<Map<Reading, Answer>> reader = Elsewhere.start(() -> readAll(other, about));
                    readers.add(reader);
                    reader.within(PATIENCE);
                    throw new HasWritten();
                }));
        for (Elsewhere<Map<Reading, Answer>> reader : readers) {
            requireTheSame("Beside a transaction's " + how + ", which was never committed,", before, reader.result());
        }
        for (Store each : List.of(store, other)) {
            requireTheSame("After a transaction's " + how + " was undone,", before, readAll(each, about));
        }
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

    private Map<Reading, Answer> readAll(Store from, Question about) {
        Map<Reading, Answer> answers = new LinkedHashMap<>();
        Reading.ALL.forEach(
                reading -> answers.put(reading, reading.ask().of(from.collection(itemSchema()), about)));
        return answers;
    }

    private void fill(int documents) {
        items().insertAll(items(0, documents).stream(), UndoneClauses::id, OnConflict.FAIL);
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
        return Item.ofNumber(i).withText("text " + i / 2).tagged("all", "tag " + i % 3).withCode("code " + i);
    }

    private static String id(Item item) {
        return "d" + item.number();
    }
}
