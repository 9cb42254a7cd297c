package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.spi.WriteOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The mark in the target of a copy: a document in a collection of our own, which is there while the copy is unfinished.
 * Every change of the target is made in one transaction with a new version of it, so that of two copies into one target
 * only the one that wrote it last can go on.
 */
public final class CopyMark {

    private static final CollectionDefinition COLLECTION =
            new CollectionDefinition("pagurus_copy", 1, List.of(), List.of());

    private static final String ID = "unfinished";

    /** A copy that lives renews its mark more often. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Begins the text of a mark that nobody renews any more. */
    private static final String BROKEN_OFF = "broken off, ";

    private static final Duration RENEWAL = Duration.ofSeconds(1);

    private final StoreEngine target;
    private final Duration timeout;
    private final String text;
    private long version;
    private long renewed;

    /**
     * Names what is copied, and this attempt.
     *
     * @param from without secrets
     */
    CopyMark(StoreEngine target, Duration timeout, String from) {
        this.target = target;
        this.timeout = timeout;
        this.text = "from " + from + ", begun at " + Instant.now() + ", attempt " + UUID.randomUUID();
    }

    public static boolean isMark(CollectionDefinition definition) {
        return definition.name().equals(COLLECTION.name());
    }

    /**
     * Refuses a database whose contents may be a part of what they shall be.
     *
     * @throws CopyException if there is a mark
     */
    public static void refuse(Reads reads, String shown) {
        @Nullable StoredDocument found = find(reads);
        if (found != null) {
            throw new CopyException("The database " + shown + " is the target of a copy that is not finished ("
                    + found.body()
                    + "), and may hold a part only. Run the copy again, which goes on where it stopped, or"
                    + " start with an empty database.");
        }
    }

    private static @Nullable StoredDocument find(Reads reads) {
        return find(reads, ID);
    }

    private static @Nullable StoredDocument find(Reads reads, String id) {
        if (reads.definition(COLLECTION.name()) == null) {
            return null;
        }
        List<StoredDocument> found = reads.get(COLLECTION, List.of(id));
        return found.isEmpty() ? null : found.get(0);
    }

    private @Nullable StoredDocument find() {
        return retried(() -> Optional.ofNullable(find(target))).orElse(null);
    }

    /**
     * Says whether another engine sees what is written to the target, because both have the same database open. What is
     * written for that is no mark, for whoever dies here shall not leave one in a database that is in use.
     */
    boolean isSeenBy(Reads other) {
        define();
        String probe = "probe " + UUID.randomUUID();
        store(probe, Precondition.ABSENT, new Content.Body(text, List.of()), session -> {});
        try {
            return retried(() -> find(other, probe) != null);
        } finally {
            store(probe, Precondition.NONE, new Content.Delete(), session -> {});
        }
    }

    /**
     * Marks the target, or takes over the mark of a copy that broke off.
     *
     * @param check is made with the first mark, in the same transaction; what it throws leaves the target without one
     * @throws CopyException if another copy into the target goes on
     */
    void set(Consumer<EngineSession> check) {
        define();
        @Nullable StoredDocument other = find();
        long waiting = System.nanoTime();
        while (other != null
                && !other.body().startsWith(BROKEN_OFF)
                && System.nanoTime() - waiting < PATIENCE.toNanos()) {
            pause();
            @Nullable StoredDocument now = find();
            if (now == null || now.version() != other.version()) {
                throw beaten(now == null ? other.body() : now.body());
            }
        }
        if (other == null) {
            write(Precondition.ABSENT, new Content.Body(text, List.of()), check);
        } else {
            write(Precondition.version(other.version()), new Content.Body(text, List.of()), session -> {});
        }
    }

    private void define() {
        retried(() -> {
            target.define(COLLECTION, (from, id, body) -> new Content.Body(body, List.of()));
            return true;
        });
    }

    /** Says that this copy has ended before its time, so that the next need not wait to see. As well as it can be done. */
    void giveUp(RuntimeException cause) {
        boolean interrupted = Thread.interrupted();
        try {
            StoredDocument found = find();
            if (found == null || !found.body().equals(text)) {
                // It was never set, or is another copy's by now.
                return;
            }
            // Not the version that is known: a change whose answer was lost may have been made.
            write(Precondition.version(found.version()), new Content.Body(BROKEN_OFF + text, List.of()), session -> {});
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes the mark away: what is there is whole. */
    void clear() {
        try {
            write(Precondition.version(version), new Content.Delete(), session -> {});
        } catch (OutcomeUnknownException e) {
            if (find() != null) {
                throw e;
            }
        }
    }

    /** Shows that this copy lives, if that was not shown lately. */
    void renew() {
        if (System.nanoTime() - renewed > RENEWAL.toNanos()) {
            change(session -> {});
        }
    }

    /** Changes the target and renews the mark, both or none. */
    public void change(Consumer<EngineSession> change) {
        write(Precondition.version(version), new Content.Body(text, List.of()), change);
    }

    private void write(Precondition precondition, Content content, Consumer<EngineSession> change) {
        version = store(ID, precondition, content, change);
        renewed = System.nanoTime();
    }

    private long store(String id, Precondition precondition, Content content, Consumer<EngineSession> change) {
        return retried(() -> {
            try (EngineSession session = target.begin(SessionMode.TRANSACTION)) {
                WriteOutcome outcome = session.write(List.of(new Write(COLLECTION, id, precondition, content)))
                        .get(0);
                if (outcome instanceof WriteOutcome.Written || outcome instanceof WriteOutcome.Deleted) {
                    change.accept(session);
                    session.commit();
                    return outcome instanceof WriteOutcome.Written written ? written.version() : Long.valueOf(0);
                }
            }
            @Nullable StoredDocument other = find(target);
            throw beaten(other == null ? "which has finished" : other.body());
        });
    }

    private <R> R retried(Supplier<R> call) {
        return Retry.untilSerialized("change of the copy's target", timeout, null, call);
    }

    private CopyException beaten(String other) {
        return new CopyException("Another copy into " + target.info().target() + " is under way: " + other
                + ". Let it finish, or stop it and try again.");
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The thread was interrupted. Nothing was changed.", e);
        }
    }
}
