package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyProgress.Step;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group X: a store is copied while it is in use, until somebody says that it is enough. */
public abstract class FollowedCopyClauses extends FollowedCopyGroup {

    private static final int WRITERS = 3;
    private static final int ROUNDS = 4;
    private static final int OWNERS = 6;

    protected FollowedCopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.X23)
    void whateverIsWrittenBetweenTwoRoundsIsBroughtOver() throws Exception {
        store.collection(others).insert("o", Item.of("one").tagged("old"));
        for (int i = 0; i < OWNERS; i++) {
            notes().insert("n" + i, Item.ofNumber(i).withCode("c" + i).tagged("old", "t" + i));
        }
        CopyResult copied = copyWhile(
                () -> notes().insert("new", Item.ofNumber(9).withCode("new").tagged("new", "newer")),
                () -> notes().put("n0", Item.ofNumber(0).tagged("new")),
                () -> notes().delete("n1"),
                () -> notes().insert("n9", Item.ofNumber(9).withCode("c1").tagged("new")),
                () -> store.transaction(tx -> {
                    DocumentCollection<Item> all = tx.collection(notes);
                    all.put("n2", Item.ofNumber(2));
                    all.put("n3", Item.ofNumber(3).withCode("c2"));
                    all.put("n2", Item.ofNumber(2).withCode("c3"));
                    tx.collection(others).put("o", Item.of("with it"));
                    return true;
                }),
                () -> {},
                () -> insertMany(store.collection(others)),
                () -> notes().query().where(Item.NUMBER.gt(4)).updateAll(item -> item.withText("later")),
                () -> notes().query().where(Item.NUMBER.gt(2)).deleteAll(),
                () -> notes().insert("n4", Item.ofNumber(4).withCode("c3x").tagged("new")),
                () -> store.collection(others).delete("o"));
        requireEqual(copied);
    }

    /** More changes than a page has. */
    private static void insertMany(DocumentCollection<Item> collection) {
        collection.insertAll(
                IntStream.range(0, StoredRow.CHUNK + 50).mapToObj(Item::ofNumber),
                item -> "many" + item.number(),
                OnConflict.FAIL);
    }

    @Proves(Clause.X23)
    void whatIsNotFollowedIsBroughtOverAtTheEnd() throws Exception {
        notes().insert("n", Item.of("one"));
        items().insert("a", Item.of("one"));
        store.collection(itemSchema("removed")).insert("r", Item.of("one"));
        Schema<Item> late = itemSchema("late").changes(Duration.ofDays(1));
        CopyResult copied = copyWhile(
                () -> items().put("a", Item.of("two").tagged("new")),
                () -> store.collection(late).insert("l", Item.of("one")),
                () -> second().drop("removed"),
                () -> notes().put("n", Item.of("two")));
        requireEqual(copied);
        requireSame(itemSchema());
        requireSame(late);
        assertThat(copied.collections().stream().map(CopyResult.Collection::name))
                .as("collections of the copy")
                .doesNotContain("removed");
    }

    @Proves(Clause.X23)
    void theCopyIsWhatWasThereWhenItWasEnough() throws Exception {
        notes();
        store.collection(others);
        items();
        AtomicInteger rounds = new AtomicInteger();
        AtomicBoolean enough = new AtomicBoolean();
        AtomicInteger writing = new AtomicInteger(WRITERS);
        List<Elsewhere<Integer>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(Elsewhere.start(() -> {
                try {
                    return write(writer, enough);
                } finally {
                    writing.decrementAndGet();
                }
            }));
        }
        AtomicInteger last = new AtomicInteger();
        CopyResult copied;
        try {
            copied = copy(CopyOptions.DEFAULT
                    .withProgress(progress -> countRound(progress, last, rounds))
                    .followUntil(() -> {
                        if (rounds.get() >= ROUNDS) {
                            enough.set(true);
                        }
                        return enough.get() && writing.get() == 0;
                    }));
        } finally {
            enough.set(true);
        }
        for (Elsewhere<Integer> writer : writers) {
            assertThat(writer.result()).as("writes of one of several writers").isPositive();
        }
        requireEqual(copied);
        requireSame(itemSchema());
    }

    private static void countRound(CopyProgress progress, AtomicInteger last, AtomicInteger rounds) {
        if (progress.step() == Step.FOLLOWING && progress.documents() > last.get()) {
            last.set((int) progress.documents());
            rounds.incrementAndGet();
        }
    }

    /** New documents that stay as they are, values that change hands, and whole collections that go. */
    private int write(int writer, AtomicBoolean enough) {
        int count = 0;
        for (; !enough.get() || count == 0; count++) {
            String name = writer + "-" + count;
            int giver = count % OWNERS;
            notes().put("stays" + name, Item.of(name).tagged("new", name));
            store.transaction(tx -> {
                DocumentCollection<Item> all = tx.collection(notes);
                String from = writer + "owner" + giver;
                String to = writer + "owner" + (giver + 1) % OWNERS;
                all.put(from, Item.ofNumber(writer));
                all.put(to, Item.ofNumber(writer).withCode("of " + writer).tagged("new"));
                tx.collection(others).put("count" + writer, Item.of(name));
                return true;
            });
            if (count % OWNERS == 1) {
                notes().delete(writer + "owner" + giver);
            } else if (count % OWNERS == 3) {
                store.collection(others).query().where(Item.NUMBER.eq(writer)).deleteAll();
            } else {
                store.collection(others).put("some" + name, Item.ofNumber(writer));
                items().put("item" + writer, Item.of(name));
            }
        }
        return count;
    }
}
