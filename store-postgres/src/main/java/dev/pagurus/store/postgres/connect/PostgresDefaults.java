package dev.pagurus.store.postgres.connect;

import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What every transaction runs with, so that nothing that an administrator sets for the database or the role changes an
 * answer. It is set for a whole session where the session is ours alone, and by each transaction for itself where it may
 * not be.
 *
 * @param settings the value of each, as SQL
 * @param ofSession what only a session of ours has besides
 * @param lockWaitMillis how long a lock is waited for
 */
public record PostgresDefaults(Map<String, String> settings, Map<String, String> ofSession, long lockWaitMillis) {

    private static final String LOST = "not serializable, for this session is shared: ";

    /**
     * A condition of every statement that may run without a transaction of its own around it. It is looked at once a
     * statement, which fails if the session has not got the defaults that we gave it: somebody who shares it has changed
     * them, or hands our statements to several sessions. With a {@code case} around the setting, Citus would not take it.
     */
    public static final String REQUIRED = "replace('" + LOST + "' || current_setting('transaction_isolation'), '" + LOST
            + "serializable', '1')::int = 1";

    static PostgresDefaults of(Duration timeout, long lockMillis) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("search_path", "'pg_catalog'");
        settings.put("statement_timeout", "'" + timeout.toMillis() + "'");
        settings.put("lock_timeout", "'" + lockMillis + "'");
        // Small tables would be read whole, and a predicate lock on a whole table conflicts with every write to it.
        settings.put("enable_seqscan", "'off'");
        settings.put("enable_indexscan", "'on'");
        settings.put("enable_indexonlyscan", "'on'");
        settings.put("enable_bitmapscan", "'on'");
        // See PostgresScans: no plan shall depend on values, so one is enough. A part of it that is not needed has a
        // price
        // in the planner's eyes, for which it would compile the statement each time.
        settings.put("plan_cache_mode", "'force_generic_plan'");
        settings.put("jit", "'off'");
        // Doubles cross as text, which is rounded below 1; the driver sets it for servers before 12 only.
        settings.put("extra_float_digits", "'1'");
        // A null in an array would become the text 'NULL'.
        settings.put("array_nulls", "'on'");
        // A search by a many-field would return some of what it finds, at random.
        settings.put("gin_fuzzy_search_limit", "'0'");
        // A statement whose rows a policy would hide fails instead.
        settings.put("row_security", "'off'");
        // A write that is refused would end the session.
        settings.put("exit_on_error", "'off'");
        // What has returned is durable. More than that (a standby, too) is the administrator's to ask for.
        settings.put("synchronous_commit", "replace(current_setting('synchronous_commit'), 'off', 'on')");
        Map<String, String> ofSession = new LinkedHashMap<>();
        ofSession.put("default_transaction_isolation", "'serializable'");
        // The pool ends what is idle for too long.
        ofSession.put("idle_session_timeout", "'0'");
        return new PostgresDefaults(settings, ofSession, lockMillis);
    }

    /** Returns the same with less time. */
    PostgresDefaults within(Duration left) {
        return of(left, Math.min(lockWaitMillis, lockMillis(left)));
    }

    /** A little earlier than the statement, so that a lock which was waited for is named as the cause. */
    static long lockMillis(Duration timeout) {
        long millis = timeout.toMillis();
        return Math.max(1, millis - millis / 20);
    }

    /** What a transaction sets for itself, after it has said how it is isolated. */
    String prelude() {
        return "select " + set(settings, true);
    }

    /** What sets a session's defaults if a process serves it; gives a row then. */
    String ifServedBy(int process) {
        return "select " + set(settings, false) + ", " + set(ofSession, false) + " where pg_backend_pid() = " + process;
    }

    /** Says whether a statement failed because of {@link #REQUIRED}; the server quotes our words in any language. */
    static boolean areLost(SQLException e) {
        return "22P02".equals(e.getSQLState()) && String.valueOf(e.getMessage()).contains(LOST);
    }

    /** One column, since each takes as long as the setting that it shows. */
    private static String set(Map<String, String> settings, boolean local) {
        return settings.entrySet().stream()
                .map(one -> "set_config('" + one.getKey() + "', " + one.getValue() + ", " + local + ")")
                .collect(Collectors.joining(", ", "num_nonnulls(", ")"));
    }
}
