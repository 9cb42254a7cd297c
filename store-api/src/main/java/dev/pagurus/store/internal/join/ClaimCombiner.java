package dev.pagurus.store.internal.join;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the writes of those who claim documents of a collection: one list is under way at a time, and those who come meanwhile
 * make the next one. What is claimed lies side by side, and two lists would get into each other's way. What would have to wait
 * is postponed, and so not claimed.
 */
public final class ClaimCombiner extends Combiner<List<Write>, List<WriteOutcome>> {

    private static final long MOST_NANOS = Duration.ofMillis(500).toNanos();

    private final StoreEngine engine;
    private final Duration timeout;

    public ClaimCombiner(StoreEngine engine, Duration timeout, Watch watch) {
        super(1, timeout, watch, new Gathering());
        this.engine = engine;
        this.timeout = timeout;
    }

    @Override
    @Nullable
    Object key(List<Write> writes) {
        return null;
    }

    @Override
    long characters(List<Write> writes) {
        return writes.stream().mapToLong(WriteCombiner::length).sum();
    }

    @Override
    void run(List<Call<List<Write>, List<WriteOutcome>>> calls) {
        if (calls.size() == 1) {
            calls.get(0).answer = together(calls.get(0).asked);
            return;
        }
        List<Write> list = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Call<List<Write>, List<WriteOutcome>> call : calls) {
            call.asked.stream().filter(write -> ids.add(write.id())).forEach(list::add);
        }
        list.sort(Comparator.comparing(Write::id));
        List<WriteOutcome> outcomes = together(list);
        IdentityHashMap<Write, WriteOutcome> known = new IdentityHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            known.put(list.get(i), outcomes.get(i));
        }
        for (Call<List<Write>, List<WriteOutcome>> call : calls) {
            // Whoever waited so long that another thread was given the same document is too late.
            call.answer = call.asked.stream()
                    .map(write -> known.getOrDefault(write, new WriteOutcome.Postponed()))
                    .toList();
        }
    }

    /**
     * Where all are postponed, one may keep the others from being written, as on PostgreSQL one does that waits for somebody else's
     * unique value; so the halves are tried, for a while.
     */
    private List<WriteOutcome> together(List<Write> writes) {
        return together(writes, System.nanoTime() + MOST_NANOS);
    }

    private List<WriteOutcome> together(List<Write> writes, long end) {
        List<WriteOutcome> outcomes = WriteCombiner.together(engine, writes, watch.current());
        boolean all = outcomes.stream().allMatch(WriteOutcome.Postponed.class::isInstance);
        if (!all || writes.size() == 1 || System.nanoTime() - end > 0) {
            return outcomes;
        }
        int half = writes.size() / 2;
        List<WriteOutcome> halves = new ArrayList<>(together(writes.subList(0, half), end));
        try {
            halves.addAll(together(writes.subList(half, writes.size()), end));
        } catch (SerializationFailure | UnavailableException e) {
            // Nothing has become of these, and those before them are written.
            halves.addAll(outcomes.subList(half, writes.size()));
        }
        return halves;
    }

    @Override
    public List<WriteOutcome> alone(List<Write> writes) {
        return Retry.untilSerialized("claim", timeout, watch.current(), () -> engine.write(writes));
    }

    @Override
    List<WriteOutcome> answerAfter(Throwable failure, List<Write> writes) {
        if (failure instanceof SerializationFailure || failure instanceof SchemaException) {
            return alone(writes);
        }
        throw WriteCombiner.shared(failure);
    }

    @Override
    RuntimeException gaveUp(boolean taken, boolean late) {
        return WriteCombiner.gaveUp(taken, late, timeout);
    }
}
