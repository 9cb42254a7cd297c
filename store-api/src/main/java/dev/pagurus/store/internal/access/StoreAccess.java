package dev.pagurus.store.internal.access;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.internal.join.CandidateCombiner;
import dev.pagurus.store.internal.join.Candidates;
import dev.pagurus.store.internal.join.ClaimCombiner;
import dev.pagurus.store.internal.join.Demand;
import dev.pagurus.store.internal.join.ReadCombiner;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.join.WriteCombiner;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes each call on the store itself: not on a thread that is inside of a session, not after closing, and again where
 * the engine says that it conflicted.
 *
 * <p>Single writes and gets of concurrent callers are joined, as far as the engine likes that.
 */
public final class StoreAccess implements Access {

    /** More would keep a thread of a small machine waiting for the others. */
    private static final int MOST_LISTS = 2;

    private final StoreEngine engine;
    private final Gate gate;
    private final Sessions sessions;
    private final Duration timeout;
    private final Watch watch;
    private final WriteCombiner writer;
    private final Map<String, ReadCombiner> readers = new ConcurrentHashMap<>();
    private final Map<String, CandidateCombiner> claimed = new ConcurrentHashMap<>();
    private final Map<String, ClaimCombiner> claimers = new ConcurrentHashMap<>();

    public StoreAccess(StoreEngine engine, Gate gate, Sessions sessions, Duration timeout) {
        this.engine = engine;
        this.gate = gate;
        this.sessions = sessions;
        this.timeout = timeout;
        this.watch = sessions.watch();
        this.writer = new WriteCombiner(engine, timeout, watch);
    }

    @Override
    public <R> R read(Function<Reads, R> call) {
        return call("read", () -> call.apply(engine));
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, String id) {
        enter();
        try {
            return reader(collection).call(id);
        } catch (SchemaException e) {
            sessions.outdated();
            throw e;
        } finally {
            gate.leave();
        }
    }

    private ReadCombiner reader(CollectionDefinition collection) {
        ReadCombiner reader = readers.get(collection.name());
        if (reader == null || !reader.collection().hasTablesOf(collection)) {
            reader = new ReadCombiner(engine, collection, timeout, watch);
            readers.put(collection.name(), reader);
        }
        return reader;
    }

    @Override
    public <R> R readOneState(Function<Reads, R> calls) {
        return sessions.run(SessionMode.READ, session -> calls.apply(session.reads()));
    }

    @Override
    public WriteOutcome write(Write write) {
        enter();
        try {
            return noticed(writer.write(write));
        } catch (SchemaException e) {
            sessions.outdated();
            throw e;
        } finally {
            gate.leave();
        }
    }

    private WriteOutcome noticed(WriteOutcome outcome) {
        if (outcome instanceof WriteOutcome.StaleRevision) {
            sessions.outdated();
        }
        return outcome;
    }

    @Override
    public List<WriteOutcome> writeAll(List<Write> writes) {
        List<WriteOutcome> outcomes = call("write", () -> engine.write(writes));
        outcomes.forEach(this::noticed);
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof WriteOutcome.Postponed) {
                return withPostponed(writes, outcomes);
            }
        }
        return outcomes;
    }

    private List<WriteOutcome> withPostponed(List<Write> writes, List<WriteOutcome> outcomes) {
        List<WriteOutcome> all = new ArrayList<>(outcomes);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i) instanceof WriteOutcome.Postponed) {
                all.set(i, write(writes.get(i)));
            }
        }
        return all;
    }

    @Override
    public Candidates candidates(Scan scan, Set<String> passed) {
        enter();
        try {
            return candidates(scan.collection()).find(new Demand(scan, passed));
        } catch (SchemaException e) {
            sessions.outdated();
            throw e;
        } finally {
            gate.leave();
        }
    }

    private CandidateCombiner candidates(CollectionDefinition collection) {
        return claimed.computeIfAbsent(collection.name(), name -> new CandidateCombiner(engine, timeout, watch));
    }

    @Override
    public List<WriteOutcome> tryAll(List<Write> writes) {
        enter();
        try {
            List<WriteOutcome> outcomes = claimers.computeIfAbsent(
                            writes.get(0).collection().name(), name -> new ClaimCombiner(engine, timeout, watch))
                    .call(writes);
            outcomes.forEach(this::noticed);
            return outcomes;
        } catch (SchemaException e) {
            sessions.outdated();
            throw e;
        } finally {
            gate.leave();
        }
    }

    /** One lane is left to others. */
    @Override
    public int listsBeside() {
        requireOpen();
        return Math.max(1, Math.min(MOST_LISTS, engine.info().writeLanes() - 1));
    }

    @Override
    public boolean defersWrites(@Nullable Runnable writes) {
        return false;
    }

    @Override
    public long deleteAll(CollectionDefinition collection, Condition filter) {
        return sessions.run(SessionMode.TRANSACTION, session -> session.deleteAll(collection, filter));
    }

    @Override
    public Watch watch() {
        return watch;
    }

    @Override
    public Retry retry(String what) {
        return new Retry(what, timeout, watch.current());
    }

    /** Says how many single writes wait to be joined with others. */
    public int writesWaiting() {
        return writer.waiting();
    }

    /** Refuses what {@link #call} would refuse. */
    public void requireOpen() {
        enter();
        gate.leave();
    }

    /** Makes a call that needs no session. */
    public <R> R call(String what, Supplier<R> call) {
        enter();
        try {
            return Retry.untilSerialized(what, timeout, watch.current(), call);
        } catch (SchemaException e) {
            sessions.outdated();
            throw e;
        } finally {
            gate.leave();
        }
    }

    private void enter() {
        sessions.refuseInside();
        gate.enter();
    }
}
