package dev.pagurus.store.internal.changes;

import dev.pagurus.store.ChangePage;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.access.Transactions;
import dev.pagurus.store.internal.value.FollowerMark;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.WriteOutcome;
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

    private final Followers followers;
    private final Waiting waiting;
    private final Transactions transactions;
    private final Watch watch;

    public Following(Followers followers, Waiting waiting, Transactions transactions, Watch watch) {
        this.followers = followers;
        this.waiting = waiting;
        this.transactions = transactions;
        this.watch = watch;
    }

    /** Follows until this thread is interrupted or the store closed. */
    public <X extends Exception> void run(String name, Feed feed, Store.ChangeAction<X> action) throws X {
        Followers.checkName(name);
        followers.define();
        waiting.join(feed.collections());
        try {
            int failures = 0;
            @Nullable Place place = null;
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    place = this.<X>step(name, feed, place == null ? Place.of(followers.find(name)) : place, action);
                    failures = 0;
                } catch (UnavailableException | OutcomeUnknownException | TransactionConflictException e) {
                    place = null;
                    failures++;
                    tell(name, failures, e);
                    pause(failures);
                }
            }
        } catch (StoreClosedException e) {
            if (!waiting.isClosed()) {
                // It is of another store, which the function uses.
                throw e;
            }
            LOG.debug("Follower '{}' ends: the store is closed", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.leave(feed.collections());
        }
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
        Place next = watch.isOff()
                ? this.<X>next(name, feed, place, action)
                : watch.<Place, X>see(
                        "follow", feed.names(), () -> this.<X>next(name, feed, place, action), taken -> taken.changes);
        if (next.isAtTheEnd) {
            waiting.await(seen, System.nanoTime() + Long.MAX_VALUE / 2);
        }
        return next;
    }

    /** Takes in the next page, if there are changes in it. */
    private <X extends Exception> Place next(String name, Feed feed, Place place, Store.ChangeAction<X> action)
            throws X {
        ChangePage page = page(name, feed.startAfter(place.at));
        if (!page.changes().isEmpty()) {
            return this.<X>take(name, feed, place, page, action);
        }
        watch.forget();
        return new Place(place.saved, page.position(), 0, true);
    }

    private static ChangePage page(String name, Feed rest) {
        try {
            return rest.read();
        } catch (PositionLostException e) {
            throw new PositionLostException(
                    "Follower '" + name + "' cannot go on: " + e.getMessage()
                            + " To have it start anew, call store.unfollow(name) first.",
                    e);
        }
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
            return new Place(page.position(), page.position(), page.changes().size(), false);
        });
    }

    /**
     * Where a follower is.
     *
     * @param saved the position that is kept in the store; null if none is
     * @param at that, or one behind it up to which there was nothing to take in
     * @param changes how many were taken in to come here
     * @param isAtTheEnd whether there is nothing more to be taken in
     */
    private record Place(@Nullable String saved, @Nullable String at, int changes, boolean isAtTheEnd) {

        static Place of(FollowerMark mark) {
            return new Place(mark.position(), mark.position(), 0, false);
        }
    }
}
