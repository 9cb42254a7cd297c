package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.spi.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Many writes at a time by hand: on SQLite a transaction of single statements, on PostgreSQL one statement over arrays. Each
 * is on the disk when the method returns.
 */
final class JdbcBatches {

    /** How many documents are changed at a time when all of them are. */
    private static final int CHUNK = 1000;

    /** A document that is to be replaced if it has this version. */
    record Expected(long version, Item item) {}

    private final boolean sqlite;
    private final Sql sql;
    private final JdbcConnections connections;

    JdbcBatches(Engine engine, Sql sql, JdbcConnections connections) {
        this.sqlite = engine == Engine.SQLITE;
        this.sql = sql;
        this.connections = connections;
    }

    /** Puts documents with keys that differ, and returns how many. */
    int put(List<Item> items) {
        return run(sqlite, connection -> {
            if (sqlite) {
                for (Item item : items) {
                    String body = item.encoded();
                    connections.prepared(sql.put, statement -> {
                        JdbcSide.bindNew(statement, item, body);
                        return JdbcSide.returnedVersion(statement);
                    });
                }
                return items.size();
            }
            try (PreparedStatement statement = connection.prepareStatement(sql.putMany)) {
                Long now = Micros.of(Instant.now());
                bind(statement, items, items.stream().map(item -> now).toList());
                try (ResultSet rows = statement.executeQuery()) {
                    int put = 0;
                    while (rows.next()) {
                        put++;
                    }
                    return put;
                }
            }
        });
    }

    /** Replaces documents, each of them another one, and returns the new versions in the same order. */
    List<Long> replace(List<Expected> documents) {
        return run(sqlite, connection -> {
            if (sqlite) {
                List<Long> versions = new ArrayList<>();
                for (Expected one : documents) {
                    String body = one.item().encoded();
                    versions.add(connections.prepared(sql.replace, statement -> {
                        bindChange(statement, one, body);
                        return JdbcSide.returnedVersion(statement);
                    }));
                }
                return versions;
            }
            return replaceByArrays(connection, documents);
        });
    }

    /** Changes all documents in one transaction. */
    long updateAll(UnaryOperator<Item> change) {
        return run(true, connection -> {
            long changed = 0;
            List<Expected> chunk;
            String after = "";
            do {
                chunk = next(connection, after, change);
                if (sqlite) {
                    changeInBatch(connection, chunk);
                } else {
                    replaceByArrays(connection, chunk);
                }
                changed += chunk.size();
                after = chunk.isEmpty()
                        ? after
                        : chunk.get(chunk.size() - 1).item().key();
            } while (chunk.size() == CHUNK);
            return changed;
        });
    }

    private List<Expected> next(Connection connection, String after, UnaryOperator<Item> change) throws SQLException {
        List<Expected> chunk = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql.next)) {
            statement.setString(1, after);
            statement.setInt(2, CHUNK);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    chunk.add(new Expected(rows.getLong(2), change.apply(Item.decoded(rows.getString(4)))));
                }
            }
        }
        return chunk;
    }

    private void changeInBatch(Connection connection, List<Expected> documents) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.change)) {
            for (Expected one : documents) {
                bindChange(statement, one, one.item().encoded());
                statement.addBatch();
            }
            for (int rows : statement.executeBatch()) {
                requireChanged(rows == 1);
            }
        }
    }

    private List<Long> replaceByArrays(Connection connection, List<Expected> documents) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.replaceMany)) {
            bind(
                    statement,
                    documents.stream().map(Expected::item).toList(),
                    documents.stream().map(Expected::version).toList());
            Map<String, Long> versions = versions(statement);
            requireChanged(versions.size() == documents.size());
            return documents.stream().map(one -> versions.get(one.item().key())).toList();
        }
    }

    /** The second array is the new version of a put and the expected one of a replace, the third one the clock. */
    private static void bind(PreparedStatement statement, List<Item> items, List<Long> seconds) throws SQLException {
        Long now = Micros.of(Instant.now());
        bindArray(statement, 1, "text", items.stream().map(Item::key).toArray());
        bindArray(statement, 2, "bigint", seconds.toArray());
        bindArray(statement, 3, "bigint", items.stream().map(item -> now).toArray());
        bindArray(
                statement,
                4,
                "text",
                items.stream().map(item -> item.status().name()).toArray());
        bindArray(
                statement,
                5,
                "bigint",
                items.stream().map(item -> (Object) Micros.of(item.due())).toArray());
        bindArray(statement, 6, "text", items.stream().map(Item::encoded).toArray());
    }

    private static void bindArray(PreparedStatement statement, int position, String type, Object[] values)
            throws SQLException {
        statement.setArray(position, statement.getConnection().createArrayOf(type, values));
    }

    private static void bindChange(PreparedStatement statement, Expected one, String body) throws SQLException {
        statement.setLong(1, Micros.of(Instant.now()));
        statement.setString(2, one.item().status().name());
        statement.setLong(3, Micros.of(one.item().due()));
        statement.setString(4, body);
        statement.setString(5, one.item().key());
        statement.setLong(6, one.version());
    }

    private static Map<String, Long> versions(PreparedStatement statement) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                versions.put(rows.getString(1), rows.getLong(2));
            }
        }
        return versions;
    }

    private static void requireChanged(boolean all) {
        if (!all) {
            throw new IllegalStateException("Somebody else has changed a document.");
        }
    }

    /** A single statement needs no transaction, and no round trips for it. */
    private <R> R run(boolean inTransaction, JdbcConnections.Use<Connection, R> work) {
        try {
            return connections.connected(connection -> {
                if (!inTransaction) {
                    return work.apply(connection);
                }
                connection.setAutoCommit(false);
                try {
                    R result = work.apply(connection);
                    connection.commit();
                    return result;
                } catch (SQLException | RuntimeException e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
