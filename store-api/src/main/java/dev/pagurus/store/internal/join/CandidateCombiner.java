package dev.pagurus.store.internal.join;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.StoreEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Joins the searches of those who claim documents of a collection: one scan serves all who wait, and the {@link Dealer} gives
 * each of them others of what it found.
 */
public final class CandidateCombiner extends Combiner<Demand, Candidates> {

    private final StoreEngine engine;
    private final Duration timeout;
    private final Dealer dealer = new Dealer();

    public CandidateCombiner(StoreEngine engine, Duration timeout, Watch watch) {
        super(1, timeout, watch);
        this.engine = engine;
        this.timeout = timeout;
    }

    @Override
    void takeBack(Candidates answer) {
        answer.settled(0);
    }

    /** Returns what a caller may try to take. */
    public Candidates find(Demand demand) {
        @Nullable Candidates before = dealer.again(demand);
        return before != null ? before : call(demand);
    }

    @Override
    @Nullable
    Object key(Demand demand) {
        return null;
    }

    @Override
    long characters(Demand demand) {
        return 0;
    }

    @Override
    void run(List<Call<Demand, Candidates>> calls) {
        List<Call<Demand, Candidates>> left = new ArrayList<>(calls);
        while (!left.isEmpty()) {
            Demand narrowest = left.get(0).asked;
            for (Call<Demand, Candidates> call : left) {
                narrowest = call.asked.serves(narrowest) ? call.asked : narrowest;
            }
            Demand asked = narrowest;
            List<Call<Demand, Candidates>> served = new ArrayList<>();
            left.removeIf(call -> asked.serves(call.asked) && served.add(call));
            serve(asked, served);
        }
    }

    private void serve(Demand asked, List<Call<Demand, Candidates>> calls) {
        Set<String> passed = new HashSet<>();
        int wanted = 0;
        for (Call<Demand, Candidates> call : calls) {
            wanted += call.asked.scan().maxDocuments();
            passed.addAll(call.asked.passed());
        }
        long began = System.nanoTime();
        Dealer.Beside beside = dealer.beside(calls.size(), wanted, asked);
        int more = beside.more() + beside.taken().size() + passed.size();
        Chunk chunk = engine.candidates(asked.scan(wanted - asked.scan().maxDocuments() + more, beside.from()));
        dealer.deal(chunk, beside, began, asked, calls);
    }

    @Override
    public Candidates alone(Demand demand) {
        return Retry.untilSerialized("claim", timeout, watch.current(), () -> {
            Call<Demand, Candidates> call = new Call<>(demand, null);
            serve(demand, List.of(call));
            return Objects.requireNonNull(call.answer, "answer");
        });
    }

    /** Reading again does no harm, unless everybody has waited for nothing already. */
    @Override
    Candidates answerAfter(Throwable failure, Demand demand) {
        if (failure instanceof UnavailableException) {
            throw new UnavailableException(String.valueOf(failure.getMessage()), failure);
        }
        return alone(demand);
    }

    @Override
    RuntimeException gaveUp(boolean taken, boolean late) {
        return new UnavailableException(
                late
                        ? "Others kept this claim waiting for the " + Micros.shown(timeout)
                                + " that it could wait. Nothing was changed;"
                                + " try again, or raise the option timeout."
                        : "The thread was interrupted while it waited for other claims. Nothing was changed.");
    }
}
