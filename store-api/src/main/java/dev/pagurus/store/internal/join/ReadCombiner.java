package dev.pagurus.store.internal.join;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Joins the gets of concurrent callers from one collection, so that they share round trips. A list is asked for after all
 * its callers have come, so each sees what was written before its own call. Every collection has its own, for one that is
 * locked shall stop nobody who reads from another.
 */
public final class ReadCombiner extends Combiner<String, List<StoredDocument>> {

    private final StoreEngine engine;
    private final CollectionDefinition collection;
    private final Duration timeout;

    public ReadCombiner(StoreEngine engine, CollectionDefinition collection, Duration timeout, Watch watch) {
        super(engine.info().readLanes(), timeout, watch);
        this.engine = engine;
        this.collection = collection;
        this.timeout = timeout;
    }

    public CollectionDefinition collection() {
        return collection;
    }

    @Override
    @Nullable
    Object key(String id) {
        return null;
    }

    @Override
    long characters(String id) {
        return 0;
    }

    @Override
    void run(List<Call<String, List<StoredDocument>>> calls) {
        if (calls.size() == 1) {
            calls.get(0).answer = engine.get(collection, List.of(calls.get(0).asked));
            return;
        }
        Map<String, List<StoredDocument>> found = new HashMap<>(2 * calls.size());
        for (Call<String, List<StoredDocument>> call : calls) {
            found.put(call.asked, List.of());
        }
        for (StoredDocument document : engine.get(collection, new ArrayList<>(found.keySet()))) {
            found.put(document.id(), List.of(document));
        }
        for (Call<String, List<StoredDocument>> call : calls) {
            call.answer = found.getOrDefault(call.asked, List.of());
        }
    }

    @Override
    public List<StoredDocument> alone(String id) {
        return Retry.untilSerialized("read", timeout, watch.current(), () -> engine.get(collection, List.of(id)));
    }

    /** Reading again does no harm, unless everybody has waited for nothing already. */
    @Override
    List<StoredDocument> answerAfter(Throwable failure, String id) {
        if (failure instanceof UnavailableException) {
            throw new UnavailableException(String.valueOf(failure.getMessage()), failure);
        }
        return alone(id);
    }

    @Override
    RuntimeException gaveUp(boolean taken, boolean late) {
        return new UnavailableException(
                late
                        ? "Others kept this read waiting for the " + Micros.shown(timeout)
                                + " that it could wait. Try again, or raise" + " the option timeout."
                        : "The thread was interrupted while it waited for other reads.");
    }
}
