package dev.pagurus.store.postgres;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.SerializationFailure;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's SQLSTATEs mean to a caller. */
final class PostgresErrors {

    private final String shown;
    private final Duration timeout;

    PostgresErrors(PostgresSettings settings) {
        this.shown = settings.shown();
        this.timeout = settings.timeout();
    }

    static boolean isUniqueViolation(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    /** Returns the exception for a failed call that has changed nothing. */
    RuntimeException of(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return switch (state) {
            case "40001", "40P01" -> new SerializationFailure(String.valueOf(e.getMessage()), e);
            case "42703", "42P01", "42883", "42804", "0A000" ->
                isStalePlan(e)
                        ? new SerializationFailure(String.valueOf(e.getMessage()), e)
                        : new SchemaException(
                                "The collection in " + shown + " is not as this application knows it: " + message(e)
                                        + " A newer version has changed it; start that one.",
                                e);
            case "57014", "55P03" ->
                new UnavailableException(
                        "A statement on " + shown + " took longer than the "
                                + timeout.toMillis() + " ms that this call could wait: " + message(e)
                                + " Nothing was changed; try again, or raise the option timeout.",
                        e);
            case "25006" ->
                new UnavailableException(
                        "The server of " + shown + " is read-only (a standby?). Nothing was"
                                + " changed; name the primary, or all hosts.",
                        e);
            case "42501" -> new ConfigurationException("The user of " + shown + " lacks a right: " + message(e), e);
            case "53100" ->
                new UnavailableException("The disk of the server of " + shown + " is full. Nothing was changed.", e);
            default ->
                isConnectionLost(e)
                        ? new UnavailableException(
                                "The connection to " + shown + " was lost: " + message(e)
                                        + " Nothing was changed; try again.",
                                e)
                        : new UnavailableException(
                                "PostgreSQL failed on " + shown + ": " + message(e) + " Nothing was changed.", e);
        };
    }

    /** A plan that the server kept from before a schema change; the driver makes it anew the next time. */
    private static boolean isStalePlan(SQLException e) {
        return String.valueOf(e.getMessage()).contains("cached plan must not change result type");
    }

    /** Returns the exception for a call that committed in the same breath. */
    RuntimeException ofWrite(SQLException e) {
        if (isConnectionLost(e)) {
            return new OutcomeUnknownException(
                    "The connection to " + shown + " was lost while writing: " + message(e)
                            + " The write may have happened or not; read before trying again.",
                    e);
        }
        return of(e);
    }

    /** Returns the exception for a connection that could not be had. */
    RuntimeException ofConnect(SQLException e, boolean exhausted) {
        if (exhausted) {
            return new UnavailableException(
                    "All connections to " + shown + " were in use for the " + timeout.toMillis()
                            + " ms that this call could wait. Try again, or raise the option pool.max.",
                    e);
        }
        @Nullable SQLException cause = innermost(e);
        String state = String.valueOf(cause.getSQLState());
        if (Thread.currentThread().isInterrupted()) {
            return new UnavailableException(
                    "The thread was interrupted while it waited for a connection to " + shown
                            + ". Nothing was changed.",
                    e);
        }
        return switch (state) {
            case "28P01", "28000" ->
                new ConfigurationException(
                        "The server of " + shown + " refuses the user or password: " + message(cause)
                                + " Check both; a password apart from the URL is given to StoreConfig.",
                        e);
            case "3D000" ->
                new ConfigurationException(
                        "The server of " + shown + " has no such database: " + message(cause) + " Create it.", e);
            case "53300" ->
                new UnavailableException(
                        "The server of " + shown + " has too many connections: " + message(cause)
                                + " Lower pool.max, or raise max_connections.",
                        e);
            case "57P03" ->
                new UnavailableException(
                        "The server of " + shown + " is starting or stopping: " + message(cause)
                                + " Try again; connect.wait lets opening wait.",
                        e);
            default -> unreachable(e, cause);
        };
    }

    private RuntimeException unreachable(SQLException e, SQLException cause) {
        if (causedBy(cause, UnknownHostException.class)) {
            return new UnavailableException("The host of " + shown + " is not known. Check its name.", e);
        }
        if (String.valueOf(cause.getMessage()).contains("SSL")) {
            return new ConfigurationException(
                    "The server of " + shown + " and the option sslmode do not agree on" + " encryption: "
                            + message(cause),
                    e);
        }
        if ("08P01".equals(cause.getSQLState())) {
            return new ConfigurationException(
                    "What answers at " + shown + " is not a PostgreSQL server, or its"
                            + " pg_hba.conf is at odds with us: " + message(cause),
                    e);
        }
        return new UnavailableException(
                "No PostgreSQL server can be reached at " + shown + ": " + message(cause)
                        + " Check host and port, and that it runs; connect.wait lets opening wait for it.",
                e);
    }

    private static boolean isConnectionLost(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || state.startsWith("57P0");
    }

    /** The pool wraps what really happened. */
    private static SQLException innermost(SQLException e) {
        SQLException found = e;
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return found;
    }

    private static boolean causedBy(Throwable e, Class<?> type) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String message(SQLException e) {
        String message = String.valueOf(e.getMessage()).replace('\n', ' ');
        return message.endsWith(".") ? message : message + ".";
    }
}
