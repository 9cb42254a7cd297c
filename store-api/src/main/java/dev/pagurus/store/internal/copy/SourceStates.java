package dev.pagurus.store.internal.copy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredRow;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A source that is written to while it is copied: one of its states after the other, and what has changed between them in the
 * collections that keep their changes.
 */
final class SourceStates implements AutoCloseable {

    private final StoreEngine engine;
    private final Duration timeout;
    private List<CollectionDefinition> followed = List.of();
    private @Nullable SessionSource current;

    /**
     * What there is to copy first.
     *
     * @param state one state
     * @param position behind no change that is not in the state
     */
    record First(SessionSource state, String position) {}

    SourceStates(StoreEngine engine, Duration timeout) {
        this.engine = engine;
        this.timeout = timeout;
    }

    /** Begins a state to copy as a whole, and to follow from there. */
    First first() {
        while (true) {
            followed = kept(retried(engine::definitions));
            if (followed.isEmpty() || !engine.info().capabilities().contains(Capability.CHANGES)) {
                throw new CopyException("No collection of " + shown()
                        + " keeps its changes, so a copy cannot follow what is written there. Declare"
                        + " Schema.changes(...) for those that are written to, or copy without following while nobody"
                        + " writes.");
            }
            String end = end();
            SessionSource state = begin();
            if (kept(state.definitions()).equals(followed)) {
                return new First(state, end);
            }
        }
    }

    private static List<CollectionDefinition> kept(List<CollectionDefinition> all) {
        return all.stream().filter(one -> one.retention() != null).toList();
    }

    /** Returns the collections that keep their changes, in order of name, as they were at first. */
    List<CollectionDefinition> followed() {
        return followed;
    }

    /** Returns the position behind all that has changed. */
    String end() {
        return retried(() -> engine.changesEnd(followed));
    }

    /** Returns the next changes; what it says may be newer than the state that was begun last, never older. */
    ChangeChunk changes(String after) {
        ChangeScan scan = new ChangeScan(followed, after, StoredRow.CHUNK, Scan.CHUNK_BYTES);
        return retried(() -> engine.changes(scan));
    }

    /** Begins the newest state; the one before is not to be used any more. */
    SessionSource begin() {
        close();
        SessionSource begun = new SessionSource(shown(), retried(() -> engine.begin(SessionMode.COPY)));
        current = begun;
        CopyMark.refuse(begun.session(), shown());
        return begun;
    }

    /** Returns the state that was begun last. */
    SessionSource current() {
        return Objects.requireNonNull(current, "a state that was begun");
    }

    /** Says which source it is, without secrets. */
    String shown() {
        return engine.info().target();
    }

    private <R> R retried(Supplier<R> call) {
        return Retry.untilSerialized("reading of the copy's source", timeout, null, call);
    }

    /** Ends the state that was begun last. */
    @Override
    public void close() {
        if (current != null) {
            current.session().close();
            current = null;
        }
    }
}
