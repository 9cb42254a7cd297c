package com.example.notes;

import dev.pagurus.store.StoreCall;
import dev.pagurus.store.StoreListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import org.springframework.stereotype.Component;

/**
 * Two timers for each kind of call: {@code store.calls}, how long it took, and {@code store.queued}, how long of that it waited
 * for others. No id and no value is in their names, so there are never many. What is {@code within} a transaction is part of the
 * time of {@code transaction}.
 */
@Component
class StoreMeters implements StoreListener {

    private final MeterRegistry registry;

    StoreMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void called(StoreCall call) {
        Tags tags = Tags.of(
                "operation", call.operation(),
                "collection", call.collection().isEmpty() ? "none" : call.collection(),
                "within", call.within().isEmpty() ? "none" : call.within(),
                "outcome", call.failure() == null ? "success" : call.failure());
        registry.timer("store.calls", tags).record(call.total());
        registry.timer("store.queued", tags).record(call.queued());
    }
}
