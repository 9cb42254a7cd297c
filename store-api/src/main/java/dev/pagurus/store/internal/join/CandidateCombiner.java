package dev.pagurus.store.internal.join;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Joins the searches of those who claim documents of a collection: one scan serves all who wait, and each gets others of what
 * it found. So in this process nobody tries to take what another thread is taking; between processes it is the documents'
 * versions that let one of them take it. Who loses to another process looks further from the head for a while.
 */
public final class CandidateCombiner extends Combiner<Demand, Candidates> {

    /** How long a claimer may keep documents that it does not settle, because it gave up while it waited. */
    private static final long KEPT_NANOS = Duration.ofSeconds(2).toNanos();

    /** For how long others are believed to take from the same head, after one document was lost to them. */
    private static final long BESIDE_NANOS = Duration.ofMillis(500).toNanos();

    /** How far from the head is looked at most. */
    private static final int WIDEST = 200;

    private final StoreEngine engine;
    private final Duration timeout;

    /** What threads of this process are taking, by id, and since when. Guarded by itself, as what follows is. */
    private final Map<String, Long> taking = new HashMap<>();

    private int spread;
    private long lastLost;

    public CandidateCombiner(StoreEngine engine, Duration timeout) {
        super(1, timeout);
        this.engine = engine;
        this.timeout = timeout;
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
        int wanted = -asked.scan().maxDocuments();
        for (Call<Demand, Candidates> call : calls) {
            wanted += call.asked.scan().maxDocuments();
            passed.addAll(call.asked.passed());
        }
        Set<String> taken;
        int further;
        synchronized (taking) {
            long now = System.nanoTime();
            taking.values().removeIf(since -> now - since > KEPT_NANOS);
            taken = new HashSet<>(taking.keySet());
            further = now - lastLost > BESIDE_NANOS ? 0 : spread;
        }
        Chunk chunk = engine.scan(asked.scan(wanted + passed.size() + taken.size() + further));
        List<StoredDocument> free = new ArrayList<>(chunk.documents());
        free.removeIf(document -> taken.contains(document.id()));
        if (further > 0 && free.size() > 1) {
            Collections.rotate(free, -ThreadLocalRandom.current().nextInt(Math.min(further + 1, free.size())));
        }
        for (Call<Demand, Candidates> call : calls) {
            call.answer = candidates(call.asked, free, chunk, asked);
        }
    }

    /** Gives one of the callers its part. */
    private Candidates candidates(Demand mine, List<StoredDocument> free, Chunk chunk, Demand asked) {
        List<StoredDocument> part = new ArrayList<>();
        for (StoredDocument document : free) {
            if (part.size() < mine.scan().maxDocuments() && !mine.passed().contains(document.id())) {
                part.add(document);
            }
        }
        free.removeAll(part);
        synchronized (taking) {
            long now = System.nanoTime();
            part.forEach(document -> taking.put(document.id(), now));
        }
        // What matches only what this caller asked for was not looked for.
        boolean exhausted = chunk.next() == null && mine.serves(asked);
        return new Candidates(part, chunk.next(), exhausted, lost -> settled(part, lost));
    }

    private void settled(List<StoredDocument> part, int lost) {
        synchronized (taking) {
            part.forEach(document -> taking.remove(document.id()));
            if (lost > 0) {
                lastLost = System.nanoTime();
                spread = Math.min(WIDEST, spread + 4 * lost);
            } else {
                spread -= (spread + 15) / 16;
            }
        }
    }

    @Override
    public Candidates alone(Demand demand) {
        return Retry.untilSerialized("claim", timeout, () -> {
            Call<Demand, Candidates> call = new Call<>(demand, null);
            serve(demand, List.of(call));
            return java.util.Objects.requireNonNull(call.answer);
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
                        ? "Others kept this claim waiting for the " + timeout
                                + " that it could wait. Nothing was changed;"
                                + " try again, or raise the option timeout."
                        : "The thread was interrupted while it waited for other claims. Nothing was changed.");
    }
}
