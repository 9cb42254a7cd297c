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
 * @param details what the engine says about itself, by name; never a secret. {@code writes_waiting} is how many single writes
 *     wait to be joined with others. A store that is up and has followers says in {@code followers} how far they have come, as
 *     {@link Store#followers()} does: {@code 'mailer' lost; 'counter' behind since 2026-11-27T03:33:14.123456Z; 'index' at the
 *     end}, at most ten by name, those first that are the furthest behind. It begins with {@code unknown} if that was not
 *     found out in time; the rest of the health does not wait for it
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
