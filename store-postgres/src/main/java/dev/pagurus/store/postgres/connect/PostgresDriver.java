package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections, and remembers why the last one could not be made: the pool tells only one of those who wait for it.
 */
final class PostgresDriver implements DataSource {

    private static final int TRIES = 5;

    private final Driver driver = driver();
    private final PostgresSettings settings;
    private final PostgresTarget target;
    private final String url;
    private final Properties properties = new Properties();
    private final int socketMillis;
    private final int connectSeconds;
    private final PostgresDefaults defaults;
    private final AtomicReference<@Nullable Connection> kept = new AtomicReference<>();
    private volatile @Nullable SQLException lastFailure;
    private final AtomicBoolean shared;

    /**
     * Makes nothing yet.
     *
     * @param defaults what is set for a session, if it is ours alone
     */
    PostgresDriver(PostgresSettings settings, PostgresTarget target, PostgresDefaults defaults) {
        this(settings, target, defaults, new AtomicBoolean());
    }

    private PostgresDriver(
            PostgresSettings settings, PostgresTarget target, PostgresDefaults defaults, AtomicBoolean shared) {
        this.settings = settings;
        this.target = target;
        this.url = "jdbc:postgresql://" + target.hosts() + "/"
                + URLEncoder.encode(target.database(), StandardCharsets.UTF_8).replace("+", "%20");
        properties.putAll(settings.driver());
        if (target.user() != null) {
            properties.put("user", target.user());
        }
        if (target.password() != null) {
            properties.put("password", target.password());
        }
        this.defaults = defaults;
        this.shared = shared;
        this.socketMillis = Math.toIntExact(settings.socketTimeout().toMillis());
        this.connectSeconds = Math.toIntExact(settings.connectTimeout().toSeconds());
    }

    /** Returns what makes connections to the same server, with other defaults; what one finds out holds for both. */
    PostgresDriver with(PostgresDefaults others) {
        return new PostgresDriver(settings, target, others, shared);
    }

    /** Keeps a connection, as good as new, for the next who asks for one. */
    void keep(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, socketMillis);
        Connection before = kept.getAndSet(connection);
        if (before != null) {
            before.close();
        }
    }

    /** Closes what nobody has asked for. */
    void close() throws SQLException {
        Connection left = kept.getAndSet(null);
        if (left != null) {
            left.close();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection first = kept.getAndSet(null);
        return first == null ? connect() : first;
    }

    private Connection connect() throws SQLException {
        try {
            @Nullable Connection connection = driver.connect(url, properties);
            if (connection == null) {
                throw new SQLException("The driver does not take " + url + ".");
            }
            try {
                setDefaults(connection);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            // Until here, each answer had to come within connect.timeout; a statement may take longer.
            connection.setNetworkTimeout(Runnable::run, socketMillis);
            lastFailure = null;
            return connection;
        } catch (SQLException e) {
            lastFailure = e;
            throw e;
        }
    }

    /**
     * Makes the driver that stands beside us; by name, for its classes mention annotations that it does not bring, which the
     * compiler warns of. DriverManager would know it only if the file that names it was not lost when jars were made one,
     * and if nobody had asked there before from another class loader.
     */
    private static Driver driver() {
        try {
            return Class.forName("org.postgresql.Driver")
                    .asSubclass(Driver.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ConfigurationException(
                    "PostgreSQL's driver is not there, or not whole: " + e + ". Add the dependency"
                            + " org.postgresql:postgresql.",
                    e);
        }
    }

    /**
     * Sets the session's defaults, if the session is ours. A pooler that lets several clients use one session, such as
     * PgBouncer, cannot tell them the number of the server's process, or one would cancel the statements of another. So
     * where the process that serves us has the number that we were told, nobody stands between.
     *
     * <p>The administrator's statement time-out holds until then, and may be shorter than what a process needs to run its
     * first statement. The second one is quicker.
     */
    private void setDefaults(Connection connection) throws SQLException {
        int told = toldProcess(connection);
        for (int tries = 1; tries < TRIES; tries++) {
            try {
                setDefaults(connection, told);
                return;
            } catch (SQLException e) {
                if (!"57014".equals(e.getSQLState())) {
                    throw e;
                }
            }
        }
        setDefaults(connection, told);
    }

    private void setDefaults(Connection connection, int told) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet set = statement.executeQuery(defaults.ifServedBy(told))) {
            if (!set.next()) {
                shared.set(true);
            }
        }
    }

    private static int toldProcess(Connection connection) {
        try {
            Class<?> type = Class.forName("org.postgresql.PGConnection");
            return (Integer) type.getMethod("getBackendPID").invoke(connection);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The driver does not tell the process that serves a connection.", e);
        }
    }

    /** Has nothing rest on a session's defaults any more: one has lost them, or they do not reach the server of our tables. */
    void takeForShared() {
        shared.set(true);
    }

    boolean sets(PostgresDefaults wanted) {
        return defaults.settings().equals(wanted.settings());
    }

    /** Says whether any of the sessions made so far may be one that others use too. */
    boolean isShared() {
        return shared.get();
    }

    /** Returns why the last attempt failed; null if it did not. */
    @Nullable
    SQLException lastFailure() {
        return lastFailure;
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("The user is part of the configuration.");
    }

    /** Does nothing: the driver would start a thread for each attempt, and leave it behind when it takes too long. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /**
     * Returns how long the pool, when it is closed, waits for the thread that makes connections: what that one waits for an
     * answer.
     */
    @Override
    public int getLoginTimeout() {
        return connectSeconds;
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("The driver has one.");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("This wraps nothing.");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }

    /** Shows no secret: the pool writes this into its log. */
    @Override
    public String toString() {
        return url;
    }
}
