package com.example.notes;

import dev.pagurus.store.Store;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** What {@code /actuator/health} shows as {@code store}. */
@Component
class StoreHealthIndicator implements HealthIndicator {

    private final Store store;

    StoreHealthIndicator(Store store) {
        this.store = store;
    }

    @Override
    public Health health() {
        var state = store.health();
        Health.Builder health = state.up() ? Health.up() : Health.down().withDetail("problem", state.problem());
        return health.withDetail("engine", state.engine())
                .withDetail("latency", state.latency().toString())
                .withDetails(state.details())
                .build();
    }
}
