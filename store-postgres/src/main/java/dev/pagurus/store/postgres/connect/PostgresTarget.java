package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final Pattern IP_6 = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final int LAST_PORT = 65_535;

    /** What may stand among the options, as psql takes it, instead of in the address. */
    static final List<String> OPTIONS = List.of("host", "port", "dbname", "user", "password");

    public static PostgresTarget of(StoreConfig config) {
        String redacted = config.redactedUrl();
        Matcher address = ADDRESS.matcher(config.address());
        if (!address.matches()) {
            throw new ConfigurationException(
                    "The URL " + redacted + " is not that of a PostgreSQL database. It looks like"
                            + " postgres://user:password@host:5432/database?option=value, with '/', '?', '@' and '%' in a password"
                            + " written as %2F, %3F, %40 and %25, and '/', ';' and '=' in the name of a user or a database as %2F,"
                            + " %3B and %3D.");
        }
        StoreOptions options = config.options();
        @Nullable String who = address.group("who");
        int colon = who == null ? -1 : who.indexOf(':');
        @Nullable String user = who == null ? null : StoreConfig.decode(colon < 0 ? who : who.substring(0, colon));
        @Nullable String password = who == null || colon < 0 ? null : StoreConfig.decode(who.substring(colon + 1));
        user = user == null || user.isEmpty() ? null : user;
        user = config.user() == null ? either(user, options, "user") : config.user();
        password = config.password() == null ? either(password, options, "password") : config.password();
        String inAddress = address.group("hosts");
        @Nullable String port = PostgresOptions.given(options, "port");
        @Nullable String host = either(inAddress.isEmpty() ? null : inAddress, options, "host");
        if (host != null && inAddress.isEmpty()) {
            host = Stream.of(host.split(",", -1)).map(PostgresTarget::bracketed).collect(Collectors.joining(","));
        }
        List<String> hosts = hosts(host == null || host.isEmpty() ? "localhost" : host, port, redacted);
        @Nullable String database = address.group("database");
        database = database == null || database.isEmpty() ? null : StoreConfig.decode(database);
        database = either(database, options, "dbname");
        database = database == null || database.isEmpty() ? user : database;
        if (database == null) {
            throw new ConfigurationException("The URL " + redacted + " names no database. Write it after the host:"
                    + " postgres://host:5432/database.");
        }
        boolean whole = OPTIONS.stream().allMatch(name -> PostgresOptions.given(options, name) == null);
        String joined = String.join(",", hosts);
        return new PostgresTarget(
                joined,
                hosts.size() > 1,
                database,
                user,
                password,
                whole ? redacted : shown(config.scheme(), user, joined, database));
    }

    /** Returns it as it is called however its URL was written, so that two of the same database are equal. */
    PostgresTarget plain() {
        String plainHosts = hosts.toLowerCase(Locale.ROOT);
        return new PostgresTarget(
                plainHosts, several, database, user, password, shown("postgres", user, plainHosts, database));
    }

    private static String shown(String scheme, @Nullable String user, String hosts, String database) {
        return scheme + "://" + (user == null ? "" : user + "@") + hosts + "/" + database;
    }

    /** The value is not shown: it may be the password. */
    private static @Nullable String either(@Nullable String inAddress, StoreOptions options, String name) {
        @Nullable String option = PostgresOptions.given(options, name);
        if (option != null && inAddress != null) {
            throw new ConfigurationException(
                    "The URL has the option '" + name + "', and the same before the options. Remove one of them.");
        }
        return option == null ? inAddress : option;
    }

    int hostCount() {
        return hosts.split(",", -1).length;
    }

    /** Takes the ports apart from the hosts too, one for all of them or one for each. */
    private static List<String> hosts(String text, @Nullable String ports, String shown) {
        refuseSocket(text, shown);
        String[] all = text.split(",", -1);
        String[] apart = ports == null ? new String[] {""} : ports.split(",", -1);
        if (apart.length != 1 && apart.length != all.length) {
            throw new ConfigurationException(
                    "The option 'port' of the URL must be one port, or as many as there are hosts.");
        }
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < all.length; i++) {
            Matcher host = HOST.matcher(all[i]);
            String port = apart.length == 1 ? apart[0] : apart[i];
            boolean valid = host.matches()
                    && (port.isEmpty()
                            || (host.group(2) == null && PORT.matcher(port).matches()));
            String number = !valid || host.group(2) == null ? port : host.group(2);
            number = number.isEmpty() ? "5432" : number;
            if (!valid || Integer.parseInt(number) > LAST_PORT) {
                throw new ConfigurationException(
                        "The URL " + shown + " has no valid host and port. Write host:5432, or [::1]:5432.");
            }
            hosts.add(host.group(1) + ":" + number);
        }
        return hosts;
    }

    /** As an option, psql takes an address of IP version 6 without brackets. */
    private static String bracketed(String host) {
        return IP_6.matcher(host).matches() ? "[" + host + "]" : host;
    }

    private static void refuseSocket(String hosts, String shown) {
        if (hosts.startsWith("/") || hosts.startsWith("%2F") || hosts.startsWith("%2f") || hosts.startsWith("@")) {
            throw new ConfigurationException(
                    "The URL " + shown + " names a unix socket, which Java's driver does not speak."
                            + " Name the host: postgres://user@localhost:5432/database; on the server, listen_addresses must"
                            + " have localhost. Or give StoreConfig a DataSource with a socketFactory, such as junixsocket's.");
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return shown;
    }
}
