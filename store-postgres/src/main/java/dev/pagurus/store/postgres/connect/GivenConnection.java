package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a connection of the application's own DataSource like one of ours; its owner gets it back as it was. */
final class GivenConnection {

    private static final Logger LOG = LoggerFactory.getLogger(GivenConnection.class);

    private GivenConnection() {}

    /**
     * Prepares one.
     *
     * @param patience how long an answer is waited for, in milliseconds
     */
    static PostgresConnection prepare(Connection connection, String prelude, int patience, String shown)
            throws SQLException {
        boolean autocommitOff = autocommitOn(connection, shown);
        return new PostgresConnection(connection, prelude, autocommitOff, limit(connection, patience));
    }

    /** Has a connection of others wait no longer for an answer than ours do; returns what it had, or -1 if it cannot. */
    static int limit(Connection connection, int millis) throws SQLException {
        try {
            int before = connection.getNetworkTimeout();
            if (before > 0 && before <= millis) {
                return -1;
            }
            connection.setNetworkTimeout(Runnable::run, millis);
            return before;
        } catch (SQLFeatureNotSupportedException e) {
            LOG.debug("The connections of the given DataSource have no network time-out", e);
            return -1;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * Turns autocommit on, for transactions are statements here.
     *
     * @return whether it was off, and has to be again
     */
    private static boolean autocommitOn(Connection connection, String shown) throws SQLException {
        try {
            // Changes nothing and asks nobody, but is refused within a transaction, which turning autocommit on would
            // commit.
            connection.setReadOnly(connection.isReadOnly());
            if (connection.getAutoCommit()) {
                return false;
            }
            connection.setAutoCommit(true);
            return true;
        } catch (SQLException e) {
            connection.close();
            if ("25001".equals(e.getSQLState())) {
                throw new ConfigurationException(
                        "The DataSource of " + shown + " gives connections that are within a transaction"
                                + " already. Give the pool itself, not a proxy that takes part in the transactions of a"
                                + " framework.",
                        e);
            }
            throw e;
        }
    }
}
