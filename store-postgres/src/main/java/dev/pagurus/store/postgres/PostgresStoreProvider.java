package dev.pagurus.store.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.util.Objects;
import java.util.Set;

/**
 * Opens PostgreSQL databases, version 14 or newer, in UTF-8.
 *
 * <pre>
 * postgres://user:secret@host:5432/db?pool.max=25
 * postgresql://user@host-a,host-b:5433/db         several hosts: the primary among them is found, and found again
 * jdbc:postgresql://[::1]/db                      the same; user and password by StoreConfig
 * postgres:                                       with a DataSource by StoreConfig
 * </pre>
 *
 * <p>User, password and database may be percent-encoded. Nothing rests on the state of a session, so a pooler that hands
 * connections over between transactions (PgBouncer) may stand between, with {@code prepare.threshold=0} and at least as
 * many server connections as {@code pool.max}.
 *
 * <p>A schema that Citus distributes whole is a store on another server, and each call then says how it is isolated. Tables
 * of ours that are distributed in another way are refused, at opening and when a collection is asked for: transactions would
 * be lost without an error.
 *
 * <table>
 * <caption>Options, besides those of every store</caption>
 * <tr><th>option</th><th>default</th><th>what it is</th></tr>
 * <tr><td>{@code schema}</td><td>public</td><td>the schema of all our tables, created if it is missing</td></tr>
 * <tr><td>{@code migrate}</td><td>apply</td><td>apply: our own tables are created and upgraded; validate: opening changes
 * none, but says what SQL an administrator must run ({@link dev.pagurus.store.MigrationException#sql()})</td></tr>
 * <tr><td>{@code pool.max}</td><td>25</td><td>connections at most (1 to 1000)</td></tr>
 * <tr><td>{@code pool.shared}</td><td>false</td><td>true: the connections are those of all stores of this process with the
 * same hosts, database, user, password and options of connections, and the same time-out; the last one that is closed closes
 * them. Half of them are for writes</td></tr>
 * <tr><td>{@code pool.minIdle}</td><td>5</td><td>connections kept when idle</td></tr>
 * <tr><td>{@code pool.maxLifetime}</td><td>5m</td><td>how old a connection gets, 30s to 1d</td></tr>
 * <tr><td>{@code pool.idleTimeout}</td><td>half of pool.maxLifetime</td><td>how long a connection beyond pool.minIdle
 * is kept unused, 10s or more</td></tr>
 * <tr><td>{@code connect.timeout}</td><td>5s</td><td>how long each answer may take while connecting; whole seconds, 1s
 * to 10m, and never longer than {@code timeout}, which several hosts share</td></tr>
 * <tr><td>{@code connect.wait}</td><td>0s</td><td>how long opening waits for a server that is starting</td></tr>
 * <tr><td>{@code sslmode}</td><td>prefer</td><td>disable, allow, prefer, require, verify-ca, verify-full</td></tr>
 * <tr><td>{@code sslrootcert}, {@code sslcert}, {@code sslkey}</td><td></td><td>files, as the driver takes them;
 * {@code sslrootcert=system} for the certificates that Java trusts, with {@code sslmode=verify-full}</td></tr>
 * <tr><td>{@code channel_binding}</td><td>prefer</td><td>disable, prefer, require</td></tr>
 * <tr><td>{@code sslnegotiation}</td><td>postgres</td><td>postgres, direct</td></tr>
 * <tr><td>{@code gssencmode}</td><td></td><td>disable, prefer, require</td></tr>
 * <tr><td>{@code keepalives}</td><td>1</td><td>1, 0</td></tr>
 * <tr><td>{@code options}</td><td></td><td>command-line options for the server, such as {@code -c geqo=off}</td></tr>
 * <tr><td>{@code prepare.threshold}</td><td>5</td><td>uses after which the server keeps a plan; 0 for never</td></tr>
 * <tr><td>{@code application}</td><td>pagurus</td><td>the name that the server shows for our connections</td></tr>
 * </table>
 *
 * <p>A URL that {@code psql} takes works as it is: {@code host}, {@code port}, {@code dbname}, {@code user} and
 * {@code password} may stand among the options; {@code connect_timeout} (in seconds), {@code application_name} and
 * {@code fallback_application_name} are other names for ours; {@code target_session_attrs} may say that the primary is
 * meant, and {@code client_encoding} UTF8. What cannot be done, such as unix sockets or service files, is refused by its
 * name, with what to write instead. Of libpq's files and environment variables only {@code ~/.pgpass}, or the file that
 * {@code PGPASSFILE} names, is read.
 *
 * <p>With {@link StoreConfig#dataSource()}, the URL is {@code postgres:} alone; of these options, it takes
 * {@code schema}, {@code migrate} and {@code connect.wait}. The store does not close the DataSource, and gives its
 * connections back with autocommit and the network time-out as they were. How long it takes to give one is its own matter.
 */
public final class PostgresStoreProvider implements StoreProvider {

    /** Makes one, for {@link java.util.ServiceLoader}. */
    public PostgresStoreProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("postgres", "postgresql");
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        PostgresSettings settings = PostgresSettings.of(config);
        if (config.dataSource() == null) {
            loadLibraries();
        }
        return PostgresEngine.open(settings);
    }

    /** Before a server is asked: a driver or pool that is not on the path shall not look like a server that is down. */
    private static void loadLibraries() {
        Objects.requireNonNull(HikariDataSource.class);
        try {
            Class.forName("org.postgresql.Driver");
        } catch (ClassNotFoundException e) {
            throw (LinkageError) new NoClassDefFoundError(e.getMessage()).initCause(e);
        }
    }
}
