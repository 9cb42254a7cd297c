package dev.pagurus.store.postgres;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every transaction runs with. It is set for a whole session where the session is ours alone, and by each transaction
 * for itself where it may not be.
 */
record PostgresDefaults(Map<String, String> settings) {

    static PostgresDefaults of(Duration timeout, long lockMillis) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Small tables would be read whole, and a predicate lock on a whole table conflicts with every write to it.
        settings.put("enable_seqscan", "off");
        settings.put("search_path", "pg_catalog");
        settings.put("statement_timeout", Long.toString(timeout.toMillis()));
        settings.put("lock_timeout", Long.toString(lockMillis));
        return new PostgresDefaults(settings);
    }

    /** What a transaction sets for itself, after it has said how it is isolated. */
    String prelude() {
        return "select " + setAll(true);
    }

    /** What sets a session's defaults if a process serves it; gives a row then. */
    String ifServedBy(int process) {
        return "select " + setAll(false)
                + ", set_config('default_transaction_isolation', 'serializable', false)"
                + " where pg_backend_pid() = " + process;
    }

    private String setAll(boolean local) {
        return settings.entrySet().stream()
                .map(one -> "set_config('" + one.getKey() + "', '" + one.getValue() + "', " + local + ")")
                .collect(Collectors.joining(", "));
    }
}
