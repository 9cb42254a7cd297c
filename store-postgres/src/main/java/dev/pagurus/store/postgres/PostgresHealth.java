package dev.pagurus.store.postgres;

import dev.pagurus.store.Health;
import dev.pagurus.store.StoreException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the server one question, and looks at the pool. */
final class PostgresHealth {

    private final PostgresSettings settings;
    private final PostgresPool pool;

    PostgresHealth(PostgresSettings settings, PostgresPool pool) {
        this.settings = settings;
        this.pool = pool;
    }

    Health check() {
        long started = System.nanoTime();
        Map<String, String> details = new LinkedHashMap<>();
        String engine = "PostgreSQL";
        @Nullable String problem = null;
        try {
            engine = pool.with(
                    false,
                    connection -> connection.alone(
                            "serializable read only",
                            "select current_setting('server_version'), current_user, pg_is_in_recovery(), (select max(version) from "
                                    + new PostgresNames(settings.schema()).qualified("pagurus_migrations") + ")",
                            List.of(),
                            rows -> {
                                rows.next();
                                details.put("user", rows.getString(2));
                                details.put("primary", Boolean.toString(!rows.getBoolean(3)));
                                details.put("catalogue_version", rows.getString(4));
                                return "PostgreSQL " + rows.getString(1);
                            }));
        } catch (StoreException e) {
            problem = e.getMessage();
        }
        Duration latency = Duration.ofNanos(System.nanoTime() - started);
        details.putAll(pool.details());
        return new Health(problem == null, engine, latency, problem, details);
    }
}
