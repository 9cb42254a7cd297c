package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which server and database, as whom: {@code //user:password@host:port/database}, as URLs have it. Give the driver user and
 * password as properties, not as part of its URL, which it may quote.
 *
 * @param host a name, or an address; one of IP version 6 in brackets
 * @param port from 1 to 65535
 * @param database without characters that a driver could take for settings; null if none is named
 * @param user null if none is named
 * @param password a secret; null if there is none
 */
public record ServerAddress(
        String host,
        int port,
        @Nullable String database,
        @Nullable String user,
        @Nullable String password) {

    private static final Pattern ADDRESS = Pattern.compile(
            "//(?:(?<user>[^:/]*)(?::(?<password>.*))?@)?(?<host>\\[[0-9a-fA-F.]*:[0-9a-fA-F:.]*]|[\\w.-]+)(?::(?<port>\\d{1,5}))?(?:/(?<database>[^/@;=]*))?");
    private static final Pattern DATABASE = Pattern.compile("[^/\\\\?#&;=%:,\\p{Cntrl}]*");
    private static final int LAST_PORT = 65_535;

    /**
     * Takes the address of a configuration apart. The user and the password that are given apart from the URL win.
     *
     * @param defaultPort the port if none is named
     * @throws ConfigurationException if it is not of this form; the message shows no secret
     */
    public static ServerAddress of(StoreConfig config, int defaultPort) {
        Matcher address = ADDRESS.matcher(config.address());
        if (!address.matches()) {
            throw new ConfigurationException(
                    "The URL " + config.redactedUrl() + " is not that of a database on a server. It looks like "
                            + config.scheme() + "://user:password@host:" + defaultPort
                            + "/database?option=value, with '/', '?',"
                            + " '@' and '%' in a password written as %2F, %3F, %40 and %25.");
        }
        @Nullable String number = address.group("port");
        int port = number == null ? defaultPort : Integer.parseInt(number);
        if (port < 1 || port > LAST_PORT) {
            throw new ConfigurationException(
                    "The URL " + config.redactedUrl() + " has no valid port. Write one from 1 to " + LAST_PORT + ".");
        }
        @Nullable String database = decoded(address, "database");
        if (database != null && !DATABASE.matcher(database).matches()) {
            throw new ConfigurationException("The URL " + config.redactedUrl() + " names a database with one of"
                    + " / \\ ? # & ; = % : , in its name, which a driver could take for settings. Use another name.");
        }
        return new ServerAddress(
                address.group("host"),
                port,
                database,
                config.user() == null ? decoded(address, "user") : config.user(),
                config.password() == null ? decoded(address, "password") : config.password());
    }

    /** What is empty is not named. */
    private static @Nullable String decoded(Matcher address, String group) {
        @Nullable String part = address.group(group);
        return part == null || part.isEmpty() ? null : StoreConfig.decode(part);
    }

    /** Says whether the words of a failure, or of what caused it, hold the password. */
    static boolean isSecretIn(StoreConfig config, Throwable failure) {
        Matcher address = ADDRESS.matcher(config.address());
        boolean inUrl = address.matches() && address.group("password") != null;
        @Nullable String raw = inUrl ? address.group("password") : null;
        @Nullable String decoded = inUrl ? decoded(address, "password") : null;
        for (Throwable one = failure; one != null; one = one.getCause()) {
            String words = String.valueOf(one.getMessage());
            if (holds(words, raw) || holds(words, decoded) || holds(words, config.password())) {
                return true;
            }
        }
        return false;
    }

    private static boolean holds(String words, @Nullable String secret) {
        return secret != null && !secret.isEmpty() && words.contains(secret);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "//" + (user == null ? "" : user + "@") + host + ":" + port + (database == null ? "" : "/" + database);
    }
}
