package dev.pagurus.store.postgres.connect;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every transaction runs with. It is set for a whole session where the session is ours alone, and by each transaction
 * for itself where it may not be.
 */
public record PostgresDefaults(Map<String, String> settings) {

    private static final String LOST = "not serializable, for this session is shared";

    /**
     * A condition of every statement that may run without a transaction of its own around it. It is looked at once a
     * statement, which fails if the session has not got the defaults that we gave it: somebody who shares it has changed
     * them, or hands our statements to several sessions.
     */
    public static final String REQUIRED =
            "(case current_setting('transaction_isolation') when 'serializable' then '1' else '" + LOST
                    + "' end)::int = 1";

    static PostgresDefaults of(Duration timeout, long lockMillis) {
        Map<String, String> settings = new LinkedHashMap<>();
        // Small tables would be read whole, and a predicate lock on a whole table conflicts with every write to it.
        settings.put("enable_seqscan", "off");
        settings.put("search_path", "pg_catalog");
        settings.put("statement_timeout", Long.toString(timeout.toMillis()));
        settings.put("lock_timeout", Long.toString(lockMillis));
        return new PostgresDefaults(settings);
    }

    /** Returns the same with less time. */
    PostgresDefaults within(Duration left) {
        Map<String, String> shorter = new LinkedHashMap<>(settings);
        shorter.put("statement_timeout", Long.toString(left.toMillis()));
        shorter.put(
                "lock_timeout",
                Long.toString(Math.min(Long.parseLong(settings.getOrDefault("lock_timeout", "0")), lockMillis(left))));
        return new PostgresDefaults(shorter);
    }

    /** A little earlier than the statement, so that a lock which was waited for is named as the cause. */
    static long lockMillis(Duration timeout) {
        long millis = timeout.toMillis();
        return Math.max(1, millis - millis / 20);
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

    /** Says whether a statement failed because of {@link #REQUIRED}; the server quotes our words in any language. */
    static boolean areLost(SQLException e) {
        return "22P02".equals(e.getSQLState()) && String.valueOf(e.getMessage()).contains(LOST);
    }

    private String setAll(boolean local) {
        return settings.entrySet().stream()
                .map(one -> "set_config('" + one.getKey() + "', '" + one.getValue() + "', " + local + ")")
                .collect(Collectors.joining(", "));
    }
}
