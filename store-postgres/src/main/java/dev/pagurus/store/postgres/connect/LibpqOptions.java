package dev.pagurus.store.postgres.connect;

import static java.util.Map.entry;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreOptions;
import java.util.Map;
import java.util.TreeMap;

/** Options that others know and that mean nothing here: each is refused by its name, with what to write instead. */
final class LibpqOptions {

    private static final String KERBEROS =
            "Kerberos is set up in a DataSource of your own, which is given to StoreConfig.";
    private static final String SYSTEM =
            "leave it out: it is a setting of the operating system for Java, and the option timeout gives up a connection"
                    + " that stalls.";
    private static final String OWN_TLS =
            "the driver has no such setting: leave it out, or give StoreConfig a DataSource of your own.";
    private static final String NO_MEANING = "leave it out.";

    /** Why and what instead, by name. */
    private static final Map<String, String> REFUSED = new TreeMap<>(Map.ofEntries(
            // libpq
            entry("hostaddr", "write the address as the host."),
            entry("service", "write out what the service file says."),
            entry("servicefile", "write out what the service file says."),
            entry("passfile", "~/.pgpass, or the file that the environment variable PGPASSFILE names, is read."),
            entry("sslpassword", "keys with a password are not taken: write the key without one."),
            entry("sslcompression", NO_MEANING),
            entry("requiressl", "write sslmode=require."),
            entry("sslcrl", OWN_TLS),
            entry("sslcrldir", OWN_TLS),
            entry("sslsni", OWN_TLS),
            entry("sslcertmode", OWN_TLS),
            entry("sslkeylogfile", OWN_TLS),
            entry("ssl_min_protocol_version", OWN_TLS),
            entry("ssl_max_protocol_version", OWN_TLS),
            entry("requirepeer", "it is for unix sockets, which Java's driver does not speak."),
            entry("require_auth", "write channel_binding=require, or let pg_hba.conf on the server say it."),
            entry("krbsrvname", KERBEROS),
            entry("gsslib", KERBEROS),
            entry("gssdelegation", KERBEROS),
            entry("keepalives_idle", SYSTEM),
            entry("keepalives_interval", SYSTEM),
            entry("keepalives_count", SYSTEM),
            entry("tcp_user_timeout", SYSTEM),
            entry("replication", "this store needs no such connection: leave it out."),
            entry("load_balance_hosts", "the primary is taken: leave it out."),
            entry("min_protocol_version", NO_MEANING),
            entry("max_protocol_version", NO_MEANING),
            // Java's driver
            entry("ssl", "write sslmode=require, or sslmode=verify-full as ssl=true means for Java's driver."),
            entry("ApplicationName", "write application."),
            entry("connectTimeout", "write connect.timeout, such as connect.timeout=5s."),
            entry("loginTimeout", "write connect.timeout, such as connect.timeout=5s."),
            entry("socketTimeout", "write timeout, such as timeout=30s."),
            entry("currentSchema", "write schema."),
            entry("prepareThreshold", "write prepare.threshold."),
            entry("channelBinding", "write channel_binding."),
            entry("targetServerType", "the primary is taken: leave it out."),
            entry("tcpKeepAlive", "write keepalives."),
            entry("reWriteBatchedInserts", NO_MEANING),
            // Other people's
            entry("pgbouncer", "write prepare.threshold=0, which PgBouncer in transaction mode needs."),
            entry("connection_limit", "write pool.max."),
            entry("pool_timeout", "write timeout, such as timeout=30s."),
            entry("sslaccept", "write sslmode=require or sslmode=verify-full.")));

    private LibpqOptions() {}

    static void refuse(StoreConfig config) {
        // A reader of its own: the names that are asked for are not known for that.
        StoreOptions options = config.options();
        for (Map.Entry<String, String> refused : REFUSED.entrySet()) {
            if (PostgresOptions.given(options, refused.getKey()) != null) {
                throw new ConfigurationException("The option '" + refused.getKey()
                        + "' of the URL is not one of this store's: " + refused.getValue());
            }
        }
    }
}
