package dev.pagurus.store.postgres.connect;

import static dev.pagurus.store.postgres.connect.PostgresErrors.message;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.Micros;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why a connection could not be made: a wrong configuration, or a server that is not there now. Goes by SQLSTATEs and
 * causes, for messages are translated; the words that are looked for in them are names, which are not.
 */
final class PostgresConnectErrors {

    private final String shown;
    private final Duration connectTimeout;
    private final boolean several;
    private final List<String> certificates;
    private final PgBouncerErrors bouncer;

    PostgresConnectErrors(PostgresSettings settings) {
        this.shown = settings.shown();
        this.connectTimeout = settings.connectTimeout();
        this.several = settings.target() != null && settings.target().several();
        this.certificates = Stream.of("sslcert", "sslkey")
                .map(settings.driver()::get)
                .filter(Objects::nonNull)
                .toList();
        this.bouncer = new PgBouncerErrors(settings);
    }

    StoreException of(SQLException e) {
        SQLException cause = innermost(e);
        @Nullable StoreException ofBouncer = bouncer.of(cause);
        if (ofBouncer != null) {
            return ofBouncer;
        }
        String why = message(cause);
        if (certificates.stream().anyMatch(why::contains)) {
            return new ConfigurationException(
                    "The certificate that " + shown + " is to be shown cannot be used: " + why
                            + " Check the options sslcert and sslkey, and their files: a key is PKCS-8, in DER (.pk8) or"
                            + " PEM (.key), without a password, and readable to nobody else.",
                    e);
        }
        String state = String.valueOf(cause.getSQLState());
        return switch (state) {
            case "28P01" ->
                new ConfigurationException(
                        "The server of " + shown + " refuses the user or password: " + why
                                + " Check both; a password apart from the URL is given to StoreConfig.",
                        e);
            case "28000" -> notAdmitted(e, why);
            case "3D000" ->
                new ConfigurationException(
                        "The server of " + shown + " has no such database: " + why
                                + " Create it, with encoding 'UTF8', or correct the URL.",
                        e);
            case "42501" ->
                new ConfigurationException(
                        "The user of " + shown + " must not connect to the database: " + why
                                + " Let an administrator grant connect on it.",
                        e);
            case "53300" ->
                new UnavailableException(
                        "The server of " + shown + " has too many connections: " + why
                                + " Lower the option pool.max here or elsewhere, or raise max_connections there.",
                        e);
            case "57014" ->
                new UnavailableException(
                        "The server of " + shown + " ends statements so soon that no connection can be set up: " + why
                                + " Raise statement_timeout for this role or database; how long a call may take is said by"
                                + " the option timeout.",
                        e);
            case "57P03" ->
                new UnavailableException(
                        "The server of " + shown + " is starting or stopping: " + why
                                + " Try again; the option connect.wait lets opening wait.",
                        e);
            case "08P01" -> why.startsWith("FATAL") ? refused(e, why) : notPostgres(e, why);
            default ->
                state.startsWith("08") || cause.getSQLState() == null
                        ? unreachable(e, why, "08004".equals(state))
                        : refused(e, why);
        };
    }

    /** The name of that file is in each message that it causes, whatever the language. */
    private StoreException notAdmitted(SQLException e, String why) {
        return why.contains("pg_hba.conf")
                ? new ConfigurationException(
                        "The server of " + shown + " admits nobody like this: " + why
                                + " If it demands encryption, set the option sslmode to require; if not, let an"
                                + " administrator admit this user, database and address there.",
                        e)
                : new ConfigurationException(
                        "The server of " + shown + " refuses the user: " + why
                                + " Check the name, and that it may log in; if the server asks for a certificate, the"
                                + " options sslcert and sslkey.",
                        e);
    }

    private StoreException refused(SQLException e, String why) {
        return new UnavailableException(
                "The server of " + shown + ", or a PgBouncer before it, refuses the connection: " + why
                        + " Its log may say more.",
                e);
    }

    private StoreException notPostgres(SQLException e, String why) {
        return new ConfigurationException(
                "What answers at " + shown + " does not speak like a PostgreSQL server: " + why
                        + " Check host and port.",
                e);
    }

    private StoreException unreachable(SQLException e, String why, boolean rejected) {
        if (causedBy(e, UnknownHostException.class)) {
            return new UnavailableException(
                    "The host of " + shown + " is not known. Check its name, and that the names of hosts can be looked"
                            + " up here.",
                    e);
        }
        if (causedBy(e, SocketTimeoutException.class)) {
            return new UnavailableException(
                    "Nothing answered at " + shown + " within " + Micros.shown(connectTimeout)
                            + ". Check host and port, that a PostgreSQL server runs there, and that no firewall is"
                            + " between; the option connect.timeout lets it take longer.",
                    e);
        }
        if (causedBy(e, SSLException.class) || causedBy(e, GeneralSecurityException.class) || why.contains("SSL")) {
            return new ConfigurationException(
                    "The server of " + shown + " and the option sslmode do not agree on encryption: " + reason(e, why)
                            + " Check the options sslmode, channel_binding and sslrootcert, sslcert and sslkey if the server asks for a"
                            + " certificate, and ssl on the server.",
                    e);
        }
        if (rejected) {
            return new ConfigurationException(
                    "The server of " + shown + " cannot be logged in to: " + why + " Check user and password.", e);
        }
        return new UnavailableException(
                (several ? "No primary can be reached among the hosts of " : "No PostgreSQL server can be reached at ")
                        + shown + ": " + why
                        + " Check host and port, and that it runs; the option connect.wait lets opening wait for it."
                        + (certificates.isEmpty()
                                ? ""
                                : " It may also have refused the certificate: check the options sslcert and sslkey."),
                e);
    }

    /** What TLS itself says is at the end of the causes. */
    private static String reason(SQLException e, String why) {
        Throwable last = e;
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            last = cause;
        }
        String reason = String.valueOf(last.getMessage());
        return why.contains(reason) ? why : why + " (" + reason + ")";
    }

    /** A pool wraps what really happened. */
    private static SQLException innermost(SQLException e) {
        SQLException found = e;
        for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
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
}
