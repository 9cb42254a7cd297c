package dev.pagurus.examples.cli;

import dev.pagurus.store.StoreException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Servers that cannot be reached or do not let this user in. What the driver says of that is written for those who write
 * applications, and depends on the server's language; the SQLSTATE and the causes do not.
 */
final class ServerFailure {

    private ServerFailure() {}

    /** Returns null for everything else. */
    static @Nullable Failure of(StoreException failure, Typed typed, int code) {
        @Nullable SQLException sql = Failure.cause(failure, SQLException.class);
        @Nullable String url = typed.serverIn(Failure.message(failure));
        if (sql == null || url == null) {
            return null;
        }
        String state = String.valueOf(sql.getSQLState());
        return switch (state) {
            case "28P01" ->
                new Failure("The server of " + url + " refuses the user or the password.", password(url, typed), code);
            case "08004" ->
                new Failure("The server of " + url + " wants a password, or another one.", password(url, typed), code);
            default ->
                state.startsWith("08") || sql.getSQLState() == null ? unreachable(failure, sql, url, code) : null;
        };
    }

    private static String password(String url, Typed typed) {
        boolean first = typed.isFirst(url);
        return "Check the user in the URL, and give the password in "
                + (first ? StoreUrl.PASSWORD : StoreUrl.TARGET_PASSWORD) + ", or add "
                + (first ? "--ask-password." : "--ask-target-password.");
    }

    private static @Nullable Failure unreachable(StoreException failure, SQLException sql, String url, int code) {
        if (Failure.cause(failure, SSLException.class) != null
                || Failure.cause(failure, GeneralSecurityException.class) != null
                || Failure.message(sql).contains("SSL")) {
            return new Failure(
                    "No encrypted connection could be made to " + url + ".",
                    "Check the options sslmode and sslrootcert of the URL (sslcert and sslkey if the server asks for a"
                            + " certificate), and ssl on the server.",
                    code);
        }
        if (code != Main.UNREACHABLE) {
            return null;
        }
        return new Failure(
                url + " cannot be reached: " + reason(failure, url) + ".",
                "Check host and port, that the server runs and that nothing is between; then run the command again.",
                code);
    }

    private static String reason(StoreException failure, String url) {
        if (Failure.cause(failure, UnknownHostException.class) != null) {
            return "the host is not known";
        }
        if (Failure.cause(failure, SocketTimeoutException.class) != null) {
            return "nothing answered in time";
        }
        if (hosts(url).contains(",")) {
            return "none of its hosts answers as the primary";
        }
        return Failure.message(failure).contains(" was lost") ? "the connection was lost" : "no server answers there";
    }

    private static String hosts(String url) {
        String rest = url.substring(url.indexOf("://") + 3);
        int end = rest.indexOf('/');
        return end < 0 ? rest : rest.substring(0, end);
    }
}
