package dev.pagurus.examples.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Lends connections to one thread at a time, and prepares statements once for each connection. */
sealed interface JdbcConnections extends AutoCloseable {

    <R> R prepared(String sql, Use<PreparedStatement, R> use) throws SQLException;

    <R> R connected(Use<Connection, R> use) throws SQLException;

    @Override
    void close() throws SQLException;

    /** What is done with it. */
    interface Use<A, R> {
        R apply(A argument) throws SQLException;
    }

    /** The usual pattern with SQLite: one connection, and a mutex. */
    final class One implements JdbcConnections {

        private final Connection connection;
        private final Map<String, PreparedStatement> statements = new HashMap<>();
        private final ReentrantLock mutex = new ReentrantLock();

        One(Connection connection) {
            this.connection = connection;
        }

        @Override
        public <R> R prepared(String sql, Use<PreparedStatement, R> use) throws SQLException {
            mutex.lock();
            try {
                PreparedStatement statement = statements.get(sql);
                if (statement == null) {
                    statement = connection.prepareStatement(sql);
                    statements.put(sql, statement);
                }
                return use.apply(statement);
            } finally {
                mutex.unlock();
            }
        }

        @Override
        public <R> R connected(Use<Connection, R> use) throws SQLException {
            mutex.lock();
            try {
                return use.apply(connection);
            } finally {
                mutex.unlock();
            }
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** The driver keeps the statements of a connection prepared. */
    record Pool(HikariDataSource source) implements JdbcConnections {

        @Override
        public <R> R prepared(String sql, Use<PreparedStatement, R> use) throws SQLException {
            try (Connection connection = source.getConnection();
                    PreparedStatement statement = connection.prepareStatement(sql)) {
                return use.apply(statement);
            }
        }

        @Override
        public <R> R connected(Use<Connection, R> use) throws SQLException {
            try (Connection connection = source.getConnection()) {
                return use.apply(connection);
            }
        }

        @Override
        public void close() {
            source.close();
        }
    }
}
