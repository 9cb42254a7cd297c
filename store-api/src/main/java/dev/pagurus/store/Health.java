package dev.pagurus.store;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a store is.
 *
 * @param up whether it answered
 * @param engine the engine and its version, such as {@code SQLite 3.54.1}
 * @param latency how long the answer took
 * @param problem why it is not up; null if it is
 * @param details what the engine says about itself, by name; never a secret
 */
public record Health(
        boolean up,
        String engine,
        Duration latency,
        @Nullable String problem,
        Map<String, String> details) {

    /** Copies the details, keeping their order. */
    public Health {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
