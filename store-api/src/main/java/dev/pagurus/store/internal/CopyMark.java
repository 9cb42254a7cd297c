package dev.pagurus.store.internal;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.UnavailableException;
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
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The mark in the target of a copy: a document in a collection of our own, which is there while the copy is unfinished.
 * Every change of the target is made in one transaction with a new version of it, so that of two copies into one target
 * only the one that wrote it last can go on.
 */
final class CopyMark {

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

    static boolean isMark(CollectionDefinition definition) {
        return definition.name().equals(COLLECTION.name());
    }

    /**
     * Refuses a database whose contents may be a part of what they shall be.
     *
     * @throws CopyException if there is a mark
     */
    static void refuse(Reads reads, String shown) {
        @Nullable StoredDocument found = find(reads);
        if (found != null) {
            throw new CopyException("The database " + shown + " is the target of a copy that is not finished ("
                    + found.body()
                    + "), and may hold a part only. Run the copy again, which goes on where it stopped, or"
                    + " start with an empty database.");
        }
    }

    private static @Nullable StoredDocument find(Reads reads) {
        if (reads.definition(COLLECTION.name()) == null) {
            return null;
        }
        List<StoredDocument> found = reads.get(COLLECTION, List.of(ID));
        return found.isEmpty() ? null : found.get(0);
    }

    /** Says whether this very mark is there. */
    boolean isIn(Reads reads) {
        @Nullable StoredDocument found = find(reads);
        return found != null && found.body().equals(text);
    }

    /**
     * Marks the target, or takes over the mark of a copy that broke off.
     *
     * @return whether one did
     * @throws CopyException if another copy into the target goes on
     */
    boolean set() {
        target.define(COLLECTION, (id, body) -> List.of());
        @Nullable StoredDocument other = find(target);
        long waiting = System.nanoTime();
        while (other != null
                && !other.body().startsWith(BROKEN_OFF)
                && System.nanoTime() - waiting < PATIENCE.toNanos()) {
            pause();
            @Nullable StoredDocument now = find(target);
            if (now == null || now.version() != other.version()) {
                throw beaten(now == null ? other.body() : now.body());
            }
        }
        write(
                other == null ? Precondition.ABSENT : Precondition.version(other.version()),
                new Content.Body(text, List.of()));
        return other != null;
    }

    /** Says that this copy has ended before its time, so that the next need not wait to see. As well as it can be done. */
    void giveUp(RuntimeException cause) {
        boolean interrupted = Thread.interrupted();
        try {
            write(Precondition.version(version), new Content.Body(BROKEN_OFF + text, List.of()));
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
        write(Precondition.version(version), new Content.Delete());
    }

    /** Shows that this copy lives, if that was not shown lately. */
    void renew() {
        if (System.nanoTime() - renewed > RENEWAL.toNanos()) {
            change(session -> {});
        }
    }

    /** Changes the target and renews the mark, both or none. */
    void change(Consumer<EngineSession> change) {
        write(Precondition.version(version), new Content.Body(text, List.of()), change);
    }

    private void write(Precondition precondition, Content content) {
        write(precondition, content, session -> {});
    }

    private void write(Precondition precondition, Content content, Consumer<EngineSession> change) {
        version = Retry.untilSerialized("change of the copy's target", timeout, () -> {
            try (EngineSession session = target.begin(SessionMode.TRANSACTION)) {
                WriteOutcome outcome = session.write(List.of(new Write(COLLECTION, ID, precondition, content)))
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
        renewed = System.nanoTime();
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
