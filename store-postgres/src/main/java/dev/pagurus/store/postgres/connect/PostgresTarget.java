package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which database, as whom.
 *
 * @param hosts as the driver takes them: {@code a:5432,b:5433}
 * @param password a secret
 * @param shown how messages call it, without the secret
 */
public record PostgresTarget(
        String hosts,
        boolean several,
        String database,
        @Nullable String user,
        @Nullable String password,
        String shown) {

    private static final Pattern ADDRESS =
            Pattern.compile("//(?:(?<who>[^:/]*(?::.*)?)@)?(?<hosts>[^/@;=]*)(?:/(?<database>[^/;=]*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:.%]+]|[^:\\[\\]]+)(?::(\\d{1,5}))?");

    public static PostgresTarget of(StoreConfig config) {
        String shown = config.redactedUrl();
        Matcher address = ADDRESS.matcher(config.address());
        if (!address.matches()) {
            throw new ConfigurationException("The URL " + shown + " is not that of a PostgreSQL database. It looks like"
                    + " postgres://user:password@host:5432/database?option=value, with '/', '?', '@' and '%' in a password"
                    + " written as %2F, %3F, %40 and %25, and '/', ';' and '=' in the name of a user or a database as %2F,"
                    + " %3B and %3D.");
        }
        @Nullable String who = address.group("who");
        int colon = who == null ? -1 : who.indexOf(':');
        @Nullable String user = who == null ? null : StoreConfig.decode(colon < 0 ? who : who.substring(0, colon));
        @Nullable String password = who == null || colon < 0 ? null : StoreConfig.decode(who.substring(colon + 1));
        user = user == null || user.isEmpty() ? null : user;
        user = config.user() == null ? user : config.user();
        password = config.password() == null ? password : config.password();
        List<String> hosts = hosts(address.group("hosts"), shown);
        @Nullable String database = address.group("database");
        if (database == null || database.isEmpty()) {
            if (user == null) {
                throw new ConfigurationException("The URL " + shown + " names no database. Write it after the host:"
                        + " postgres://host:5432/database.");
            }
            database = user;
        } else {
            database = StoreConfig.decode(database);
        }
        return new PostgresTarget(String.join(",", hosts), hosts.size() > 1, database, user, password, shown);
    }

    private static List<String> hosts(String text, String shown) {
        List<String> hosts = new ArrayList<>();
        for (String one : (text.isEmpty() ? "localhost" : text).split(",", -1)) {
            Matcher host = HOST.matcher(one);
            if (!host.matches() || (host.group(2) != null && Integer.parseInt(host.group(2)) > 65535)) {
                throw new ConfigurationException(
                        "The URL " + shown + " has no valid host and port. Write host:5432, or [::1]:5432.");
            }
            hosts.add(host.group(1) + ":" + (host.group(2) == null ? "5432" : host.group(2)));
        }
        return hosts;
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return shown;
    }
}
