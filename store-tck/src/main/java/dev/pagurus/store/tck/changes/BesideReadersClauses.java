package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Group F: nobody who writes is kept from it by those who read and follow. */
public abstract class BesideReadersClauses extends FollowGroup {

    protected BesideReadersClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.F26)
    void nobodyWhoWritesFailsBecauseOfAFollower() throws Exception {
        insert(0, 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        Store other = second();
        other.collection(counts);
        ChangeFeed feed = other.changes(notes);
        Elsewhere<Boolean> follower = Elsewhere.start(() -> {
            other.follow("counter", feed, (tx, changes) -> {
                count(tx, changes);
                inside.countDown();
                Elsewhere.await(enough);
            });
            return Thread.currentThread().isInterrupted();
        });
        Elsewhere.await(inside);
        List<Elsewhere<?>> writes = new ArrayList<>();
        writes.add(Elsewhere.start(() -> notes().put("n1", Item.of("put"))));
        writes.add(Elsewhere.start(
                () -> store.transaction(tx -> tx.collection(notes).put("n2", Item.of("tx")))));
        writes.add(Elsewhere.start(() -> notes().delete("n0")));
        for (Elsewhere<?> write : writes) {
            write.within(PATIENCE);
        }
        enough.countDown();
        for (Elsewhere<?> write : writes) {
            write.result();
        }
        awaitCounted("n1");
        awaitCounted("n2");
        await("the deletion was taken in", () -> counted().getOrDefault("n0", 0L) >= 2);
        end(follower);
    }

    @Proves(Clause.F26)
    void noTransactionFailsBecauseOfAReader() throws Exception {
        ChangeFeed feed = second().changes(notes);
        insert(0, 3);
        AtomicInteger pages = new AtomicInteger();
        for (int i = 0; i < 3; i++) {
            String id = "n" + i;
            store.runTransaction(tx -> {
                existing(tx.collection(notes), id);
                Elsewhere.start(feed::page).within(PATIENCE).ifPresent(page -> pages.incrementAndGet());
                tx.collection(notes).update(id, item -> Item.of("updated"));
                Elsewhere.start(feed::page).within(PATIENCE).ifPresent(page -> pages.incrementAndGet());
            });
        }
        assertThat(notes().where(Item.TEXT.eq("updated")).count())
                .as("documents that were updated while %s pages were read", pages)
                .isEqualTo(3);
    }
}
