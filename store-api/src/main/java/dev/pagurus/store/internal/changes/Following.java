package dev.pagurus.store.internal.changes;

import dev.pagurus.store.ChangePage;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.access.Transactions;
import dev.pagurus.store.internal.value.FollowerMark;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the changes of a feed to functions, each page in a transaction that also keeps the position: both are there or neither
 * is. The changes are read before, outside of it.
 */
public final class Following {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.changes");
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Waiting waiting;
    private final Transactions transactions;
    private volatile boolean defined;

    public Following(StoreEngine engine, StoreAccess access, Waiting waiting, Transactions transactions) {
        this.engine = engine;
        this.access = access;
        this.waiting = waiting;
        this.transactions = transactions;
    }

    /** Follows until this thread is interrupted or the store closed. */
    public <X extends Exception> void run(String name, Feed feed, Store.ChangeAction<X> action) throws X {
        checkName(name);
        define();
        waiting.join(feed.collections());
        try {
            int failures = 0;
            @Nullable Place place = null;
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    place = this.<X>step(name, feed, place == null ? find(name) : place, action);
                    failures = 0;
                } catch (UnavailableException | OutcomeUnknownException | TransactionConflictException e) {
                    place = null;
                    failures++;
                    tell(name, failures, e);
                    pause(failures);
                }
            }
        } catch (StoreClosedException e) {
            LOG.debug("Follower '{}' ends: the store is closed", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (PositionLostException e) {
            throw new PositionLostException(
                    "Follower '" + name + "' cannot go on: " + e.getMessage()
                            + " To have it start anew, call store.unfollow(name) first.",
                    e);
        } finally {
            waiting.leave(feed.collections());
        }
    }

    private static void checkName(String name) {
        if (name.isEmpty()) {
            throw new InvalidValueException("The name of a follower is empty. Give it one of 1 to "
                    + Schema.MAX_ID_BYTES + " UTF-8 bytes, under which its position is kept.");
        }
        Texts.check(name, Schema.MAX_ID_BYTES, "The name of a follower");
    }

    private static void tell(String name, int failures, StoreException e) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        if (failures == 1) {
            LOG.warn("Follower '{}' could not go on, and tries again: {}", name, e.getMessage());
        } else {
            LOG.debug("Follower '{}' still cannot go on, and tries again", name, e);
        }
    }

    private static void pause(int failures) throws InterruptedException {
        Thread.sleep(Math.min(LONGEST_PAUSE_MS, 10L << Math.min(failures, 10)));
    }

    /** Takes in the next page, or waits for one. */
    private <X extends Exception> Place step(String name, Feed feed, Place place, Store.ChangeAction<X> action)
            throws X, InterruptedException {
        long seen = waiting.seen();
        ChangePage page = feed.startAfter(place.at).page();
        if (!page.changes().isEmpty()) {
            return this.<X>take(name, feed, place, page, action);
        }
        if (!waiting.await(seen)) {
            throw new StoreClosedException("The store is being closed.");
        }
        return new Place(place.saved, page.position());
    }

    /** Whoever follows by the same name elsewhere may have been faster; then this one goes on where that one is. */
    private <X extends Exception> Place take(
            String name, Feed feed, Place place, ChangePage page, Store.ChangeAction<X> action) throws X {
        return transactions.<Place, X>run((tx, session) -> {
            FollowerMark mark = FollowerMark.of(session.get(FollowerMark.COLLECTION, name));
            if (!Objects.equals(mark.position(), place.saved)) {
                return Place.of(mark);
            }
            WriteOutcome moved = session.write(mark.movedTo(name, feed.collections(), page.position()));
            if (!(moved instanceof WriteOutcome.Written)) {
                throw new SerializationFailure("Somebody else follows as '" + name + "'.", null);
            }
            action.run(tx, page.changes());
            return new Place(page.position(), page.position());
        });
    }

    /**
     * Where a follower is.
     *
     * @param saved the position that is kept in the store; null if none is
     * @param at that, or one behind it up to which there was nothing to take in
     */
    private record Place(@Nullable String saved, @Nullable String at) {
        static Place of(FollowerMark mark) {
            return new Place(mark.position(), mark.position());
        }
    }

    private Place find(String name) {
        return Place.of(FollowerMark.of(access.get(FollowerMark.COLLECTION, name)));
    }

    private void define() {
        if (!defined) {
            access.call("definition of collection '" + FollowerMark.COLLECTION.name() + "'", () -> {
                @Nullable CollectionDefinition there = engine.definition(FollowerMark.COLLECTION.name());
                if (there == null || !there.serves(FollowerMark.COLLECTION)) {
                    engine.define(FollowerMark.COLLECTION, (from, id, body) -> new Content.Body(body, List.of()));
                }
                return true;
            });
            defined = true;
        }
    }

    /** Forgets the position of a follower; says whether there was one. */
    public boolean forget(String name) {
        checkName(name);
        boolean there = access.<Boolean>read(reads -> reads.definition(FollowerMark.COLLECTION.name()) != null);
        return there
                && access.write(new Write(FollowerMark.COLLECTION, name, Write.Precondition.NONE, new Content.Delete()))
                        instanceof WriteOutcome.Deleted;
    }
}
