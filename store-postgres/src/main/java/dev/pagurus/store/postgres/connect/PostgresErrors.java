package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.SerializationFailure;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's SQLSTATEs mean to a caller. {@link PostgresConnectErrors} has those of making a connection. */
public final class PostgresErrors {

    /** A lock was not to be had in time. */
    public static final String LOCK_TIMEOUT = "55P03";

    private final String shown;
    private final Duration timeout;
    private final int poolMax;
    private final PostgresConnectErrors connecting;
    private final PgBouncerErrors bouncer;

    public PostgresErrors(PostgresSettings settings) {
        this.shown = settings.shown();
        this.timeout = settings.timeout();
        this.poolMax = settings.poolMax();
        this.connecting = new PostgresConnectErrors(settings);
        this.bouncer = new PgBouncerErrors(settings);
    }

    public static boolean isUniqueViolation(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    public static boolean isLockTimeout(SQLException e) {
        return LOCK_TIMEOUT.equals(e.getSQLState());
    }

    /** The server, or the way to it, and not only this connection; one that is merely slow has not. */
    boolean hasServerGone(SQLException e) {
        return isConnectionLost(e) && bouncer.of(e) == null && !(e.getCause() instanceof SocketTimeoutException);
    }

    /**
     * Says whether a statement failed because a collection is not as its caller knows it: its revision is another one, or
     * what that has changed was met first.
     *
     * @param primaryKey the name that says the revision; the server quotes it in any language
     */
    public static boolean isOutdated(SQLException e, String primaryKey) {
        String message = String.valueOf(e.getMessage());
        return switch (String.valueOf(e.getSQLState())) {
            case "42P01" -> message.contains(primaryKey);
            // The driver says 22003 of a column that now holds something else than the field of an old process.
            case "42703", "42883", "42804", "22003" -> true;
            case "0A000" -> PostgresFailures.isOfOldPlan(e);
            default -> false;
        };
    }

    /** Refuses what a statement failed with if that is the collection's table, which is not there any more. */
    public static void refuseGone(SQLException e, CollectionDefinition collection) {
        if ("42P01".equals(e.getSQLState()) && String.valueOf(e.getMessage()).contains(collection.name())) {
            throw SchemaChange.gone(collection, message(e), e);
        }
    }

    /** Says whether something could not be dropped because something else depends on it. */
    public static boolean isDependedOn(SQLException e) {
        return "2BP01".equals(e.getSQLState());
    }

    /** Says whether a table, an index or a type has a name already. */
    public static boolean isNameTaken(SQLException e) {
        return switch (String.valueOf(e.getSQLState())) {
            case "42P07", "42710" -> true;
            default -> false;
        };
    }

    /** Says whether a call has failed because its connection was lost. */
    public static boolean isOfLostConnection(RuntimeException e) {
        return e.getCause() instanceof SQLException cause && isConnectionLost(cause);
    }

    /** Says whether a call has failed because nothing came on its connection any more; others would stall as well. */
    public static boolean isOfStalledConnection(RuntimeException e) {
        return e.getCause() instanceof SQLException cause && cause.getCause() instanceof SocketTimeoutException;
    }

    public static boolean isRightMissing(SQLException e) {
        return "42501".equals(e.getSQLState());
    }

    /** Returns the exception for a failed call that has changed nothing. */
    RuntimeException of(SQLException e) {
        @Nullable RuntimeException ofBouncer = bouncer.of(e);
        if (ofBouncer != null) {
            return ofBouncer;
        }
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "40001", "40P01" -> new SerializationFailure(String.valueOf(e.getMessage()), e);
            case "42703", "42883", "42804", "22003" -> changed(e);
            case "42P01", "3F000" -> gone(e);
            case "0A000" -> unsupported(e);
            case LOCK_TIMEOUT ->
                new UnavailableException(
                        "Another transaction kept a lock in " + shown + " for the "
                                + Micros.shown(timeout) + " that this call could wait: " + message(e)
                                + " Nothing was changed; try again, make the transactions shorter, or raise the option"
                                + " timeout.",
                        e);
            case "57014" ->
                new UnavailableException(
                        "A statement on " + shown + " took longer than the "
                                + Micros.shown(timeout)
                                + " that this call could wait, or was cancelled by an administrator (or a"
                                + " statement_timeout of his that is too short to begin): "
                                + message(e) + " Nothing was changed; try again, or raise the option timeout.",
                        e);
            case "25P03" -> ended(e, "was idle for", "idle_in_transaction_session_timeout");
            case "25P04" -> ended(e, "took", "transaction_timeout");
            case "57P05" ->
                new UnavailableException(
                        "The server of " + shown + " has ended a connection that was idle: " + message(e)
                                + " Nothing was changed; try again, and let idle_session_timeout there be longer than"
                                + " what the pool lets its connections idle.",
                        e);
            case "25006" ->
                new UnavailableException(
                        "The server of " + shown
                                + " is read-only (a standby, or default_transaction_read_only is on): "
                                + message(e) + " Nothing was changed; name the primary, or all hosts.",
                        e);
            case "42501" ->
                new ConfigurationException(
                        "The user of " + shown + " lacks a right: " + message(e)
                                + " Nothing was changed; let an administrator grant it or, if a policy of row security is in"
                                + " the way, take that from the table.",
                        e);
            case "53100" ->
                new UnavailableException(
                        "The disk of the server of " + shown + " is full: " + message(e)
                                + " Nothing was changed; make room and try again.",
                        e);
            case "53200" -> PostgresFailures.isOfFullNotes(e) ? fullNotes(e) : failed(e);
            default -> isConnectionLost(e) ? lost(e) : failed(e);
        };
    }

    private RuntimeException lost(SQLException e) {
        return new UnavailableException(
                "The connection to " + shown + " was lost: " + message(e) + " Nothing was changed; try again.", e);
    }

    private RuntimeException failed(SQLException e) {
        return new UnavailableException(
                "PostgreSQL failed on " + shown + ": " + message(e)
                        + " Nothing was changed; the server's log may say more.",
                e);
    }

    /** What is noted is given up when the transactions beside it end, so that another attempt finds room. */
    private RuntimeException fullNotes(SQLException e) {
        return new SerializationFailure(
                "the server of " + shown + " had no room left to note what its transactions have read. Have its"
                        + " administrator raise max_pred_locks_per_transaction or max_prepared_transactions: "
                        + message(e),
                e);
    }

    /** Returns the exception for a call that committed in the same breath. */
    RuntimeException ofWrite(SQLException e) {
        if (PostgresFailures.isOfUnknownCommit(e)) {
            return new OutcomeUnknownException(
                    "A commit on " + shown + " failed inside of the server, which may be one of several: " + message(e)
                            + " The write may have happened or not; read before trying again.",
                    e);
        }
        if (isConnectionLost(e) && bouncer.of(e) == null) {
            return new OutcomeUnknownException(
                    "The connection to " + shown + " was lost while writing: " + message(e)
                            + " The write may have happened or not; read before trying again.",
                    e);
        }
        return of(e);
    }

    /**
     * Returns the exception for a connection that could not be had.
     *
     * @param inUse how many there are that work; 0 if there is none, or the failure says more
     */
    RuntimeException ofConnect(SQLException e, int inUse) {
        if (Thread.currentThread().isInterrupted()) {
            return new UnavailableException(
                    "The thread was interrupted while it waited for a connection to " + shown
                            + ". Nothing was changed.",
                    e);
        }
        if (inUse > 0) {
            return new UnavailableException(
                    "No connection to " + shown + " became free, and none could be made, in the "
                            + Micros.shown(timeout)
                            + " that this call could wait; " + inUse + " of " + poolMax + " were in use. Nothing was"
                            + " changed; try again, make the transactions shorter, or raise the option pool.max.",
                    e);
        }
        return connecting.of(e);
    }

    public UnavailableException noPlace() {
        return new UnavailableException(
                "Transactions and snapshots of this application held all connections to " + shown
                        + " that are for them, for the " + Micros.shown(timeout)
                        + " that this call could wait. Make them shorter,"
                        + " or raise the option pool.max.");
    }

    public UnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnavailableException(
                "The thread was interrupted while it waited for " + shown + ". Nothing was changed.", e);
    }

    /**
     * PostgreSQL supports all that we ask for. But a standby knows no serializable transactions, and a plan that the server
     * keeps from before a schema change must not return other types: only a process with an old definition has such. Citus
     * refuses much of what touches tables that are spread.
     */
    private RuntimeException unsupported(SQLException e) {
        if (isOfStandby(String.valueOf(e.getMessage()))) {
            return new UnavailableException(
                    "The server of " + shown + " is a standby: " + message(e)
                            + " Nothing was changed; name the primary, or all hosts.",
                    e);
        }
        if (PostgresFailures.isOfOldPlan(e)) {
            return changed(e);
        }
        return new ConfigurationException(
                "The server of " + shown + " does not support what the store asks for: " + message(e)
                        + " Nothing was changed. PostgreSQL does, so see what was added to it. Tables that Citus distributes"
                        + " must be distributed with their whole schema; store.health() says whether they are.",
                e);
    }

    /** PostgreSQL translates its messages, but has no other code for this one, and leaves these words. */
    private static boolean isOfStandby(String message) {
        return message.contains("hot standby") || message.contains("REPEATABLE READ");
    }

    /** The server ends the session before it takes the next statement, be it a commit. */
    private UnavailableException ended(SQLException e, String what, String setting) {
        return new UnavailableException(
                "The server of " + shown + " has ended a transaction that " + what + " longer than its setting "
                        + setting
                        + " allows: " + message(e) + " Nothing was changed; do less in one transaction or snapshot, and"
                        + " nothing slow between its calls, or raise that setting for the role.",
                e);
    }

    private SchemaException gone(SQLException e) {
        return new SchemaException(
                "A table of " + shown + " is gone: " + message(e)
                        + " Nothing was changed. It was dropped or renamed since. If a newer version of the application did that,"
                        + " start that one; if it"
                        + " was done by other means, bring it back, from a backup if need be.",
                e);
    }

    private SchemaException changed(SQLException e) {
        return new SchemaException(
                "The collection in " + shown + " is not as this application knows it: " + message(e)
                        + " A newer version has changed it, or somebody by other means; start that version, or put it back.",
                e);
    }

    private static boolean isConnectionLost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        // An idle session that the server has ended (57P05) had nothing to lose.
        return state.startsWith("08") || (state.startsWith("57P0") && !state.equals("57P05"));
    }

    /** Begins a message about a call whose outcome is not known, with what happened to it. */
    public static String lost(OutcomeUnknownException unknown, String shown) {
        return unknown.getCause() instanceof SQLException cause && PostgresFailures.isOfUnknownCommit(cause)
                ? "A commit on " + shown + " failed inside of the server"
                : "The connection to " + shown + " was lost";
    }

    public static String message(SQLException e) {
        String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s*\\n\\s*", " ");
        return message.endsWith(".") ? message : message + ".";
    }
}
