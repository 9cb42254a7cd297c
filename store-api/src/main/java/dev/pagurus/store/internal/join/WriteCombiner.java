package dev.pagurus.store.internal.join;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins the single writes of concurrent callers, so that they share commits. Each caller gets its own outcome. */
public final class WriteCombiner extends Combiner<Write, WriteOutcome> {

    /** How often a list is tried before its writes are tried one by one. */
    private static final int TRIES = 3;

    /** The same order in every list, so that two lists, or two processes, do not lock rows crosswise. */
    private static final Comparator<Call<Write, WriteOutcome>> BY_ID = (one, other) -> {
        int byCollection =
                one.asked.collection().name().compareTo(other.asked.collection().name());
        return byCollection != 0 ? byCollection : one.asked.id().compareTo(other.asked.id());
    };

    private final StoreEngine engine;
    private final Duration timeout;

    public WriteCombiner(StoreEngine engine, Duration timeout, Watch watch) {
        super(engine.info().writeLanes(), timeout, watch, engine.info().writeLanes() == 1 ? new Gathering() : null);
        this.engine = engine;
        this.timeout = timeout;
    }

    public WriteOutcome write(Write write) {
        WriteOutcome outcome = call(write);
        return outcome instanceof WriteOutcome.Postponed ? alone(write) : outcome;
    }

    /** Compares without the code that a record brings; see {@link dev.pagurus.store.spi.CollectionDefinition#equals}. */
    private record Key(String collection, String id) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && collection.equals(that.collection) && id.equals(that.id);
        }

        @Override
        public int hashCode() {
            return 31 * collection.hashCode() + id.hashCode();
        }
    }

    /** Two writes of one document are never under way at a time, and so are done in the order in which they came. */
    @Override
    Object key(Write write) {
        return new Key(write.collection().name(), write.id());
    }

    @Override
    long characters(Write write) {
        return length(write);
    }

    static long length(Write write) {
        return write.content() instanceof Content.Body body ? body.text().length() : 0;
    }

    @Override
    void run(List<Call<Write, WriteOutcome>> calls) {
        List<Call<Write, WriteOutcome>> sorted = calls;
        if (calls.size() > 1) {
            sorted = new ArrayList<>(calls);
            sorted.sort(BY_ID);
        }
        List<Write> writes = new ArrayList<>(sorted.size());
        for (Call<Write, WriteOutcome> call : sorted) {
            writes.add(call.asked);
        }
        List<WriteOutcome> outcomes = together(engine, writes, watch.current());
        for (int i = 0; i < outcomes.size(); i++) {
            sorted.get(i).answer = outcomes.get(i);
        }
    }

    static List<WriteOutcome> together(StoreEngine engine, List<Write> writes, @Nullable Seen seen) {
        int tries = 0;
        while (true) {
            try {
                return engine.write(writes);
            } catch (SerializationFailure e) {
                // A pause would be one for all who wait for the lane; one who is alone makes it outside.
                if (++tries == TRIES || writes.size() == 1) {
                    throw e;
                }
                if (seen != null) {
                    seen.repeated(1);
                }
            }
        }
    }

    @Override
    public WriteOutcome alone(Write write) {
        return Retry.untilSerialized("write", timeout, watch.current(), () -> engine.write(write));
    }

    @Override
    WriteOutcome answerAfter(Throwable failure, Write write) {
        if (failure instanceof SerializationFailure || failure instanceof SchemaException) {
            // Nothing was written. A conflict may be that of another, and an old definition, too.
            return alone(write);
        }
        throw shared(failure);
    }

    /** Returns what a caller is told whose write was made together with others, and failed with them. */
    static RuntimeException shared(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof UnavailableException) {
            return new UnavailableException(message, failure);
        }
        if (failure instanceof ConfigurationException) {
            return new ConfigurationException(message, failure);
        }
        if (failure instanceof OutcomeUnknownException) {
            return new OutcomeUnknownException(message, failure);
        }
        return new OutcomeUnknownException(
                "The write was done together with others, by a thread that failed: " + failure
                        + ". It may have happened or not; read before trying again.",
                failure);
    }

    @Override
    RuntimeException gaveUp(boolean taken, boolean late) {
        return gaveUp(taken, late, timeout);
    }

    static RuntimeException gaveUp(boolean taken, boolean late, Duration timeout) {
        String why = late
                ? "Others kept this write waiting for the " + Micros.shown(timeout) + " that it could wait. "
                : "The thread was interrupted while it waited for other writes. ";
        if (taken) {
            return new OutcomeUnknownException(why + "It may still be done; read before trying again.");
        }
        return new UnavailableException(why + "Nothing was changed; try again"
                + (late ? ", make transactions shorter, or raise the option timeout." : "."));
    }
}
