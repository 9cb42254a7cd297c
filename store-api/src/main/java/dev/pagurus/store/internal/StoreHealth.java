package dev.pagurus.store.internal;

import dev.pagurus.store.Health;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.changes.FollowerHealth;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.StoreEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the engine says of itself, and what is known above it. */
record StoreHealth(StoreEngine engine, StoreAccess access, FollowerHealth followers) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store");

    Health check() {
        try {
            Health health = engine.health();
            Map<String, String> details = new LinkedHashMap<>(health.details());
            details.put("writes_waiting", Integer.toString(access.writesWaiting()));
            @Nullable String behind = health.up() ? followers.line(health.latency()) : null;
            if (behind != null) {
                details.put("followers", behind);
            }
            return new Health(health.up(), health.engine(), health.latency(), health.problem(), details);
        } catch (RuntimeException e) {
            LOG.debug("The engine's health check failed", e);
            EngineInfo info = engine.info();
            return new Health(false, info.name() + " " + info.version(), Duration.ZERO, String.valueOf(e), Map.of());
        }
    }
}
