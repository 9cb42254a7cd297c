package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.Document;
import dev.pagurus.store.spi.Micros;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The baseline: JDBC by hand. On SQLite one connection behind a mutex, on PostgreSQL a pool, each in autocommit with
 * prepared statements. JSON is written and read outside of the mutex.
 */
final class JdbcSide implements Side {

    private static final int BATCH = 1000;

    private record Row(String id, long version, long createdAt, String body) {

        static Row of(ResultSet rows) throws SQLException {
            return new Row(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getString(4));
        }

        Document<Item> document() {
            return new Document<>(id, version, Micros.toInstant(createdAt), Item.decoded(body));
        }
    }

    private final Sql sql;
    private final JdbcConnections connections;
    private final JdbcBatches batches;

    JdbcSide(Place place) {
        this.sql = new Sql(place.engine());
        try {
            this.connections = place.engine() == Engine.SQLITE
                    ? new JdbcConnections.One(place.openSqlite())
                    : new JdbcConnections.Pool(place.openPool(true));
            this.batches = new JdbcBatches(place.engine(), sql, connections);
            connections.connected(connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (String create : sql.create) {
                        statement.execute(create);
                    }
                    return true;
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long put(Item item) {
        String body = item.encoded();
        return run(sql.put, statement -> {
            bindNew(statement, item, body);
            return returnedVersion(statement);
        });
    }

    @Override
    public Document<Item> get(String id) {
        return run(sql.get, statement -> {
                    statement.setString(1, id);
                    return rows(statement);
                })
                .get(0)
                .document();
    }

    @Override
    public long replace(long version, Item item) {
        String body = item.encoded();
        return run(sql.replace, statement -> {
            statement.setLong(1, Micros.of(Instant.now()));
            statement.setString(2, item.status().name());
            statement.setLong(3, Micros.of(item.due()));
            statement.setString(4, body);
            statement.setString(5, item.key());
            statement.setLong(6, version);
            return returnedVersion(statement);
        });
    }

    @Override
    public List<Document<Item>> page(Item.Status status, Instant from) {
        List<Row> rows = run(sql.page, statement -> {
            statement.setString(1, status.name());
            statement.setLong(2, Micros.of(from));
            return rows(statement);
        });
        return rows.stream().limit(PAGE).map(Row::document).toList();
    }

    @Override
    public int claim(int most) {
        List<Row> rows = run(sql.claim, statement -> {
            statement.setLong(1, Micros.of(Instant.now()));
            statement.setInt(2, most);
            return rows(statement);
        });
        return (int) rows.stream().map(Row::document).count();
    }

    @Override
    public void insertAll(Stream<Item> items) {
        try {
            connections.connected(connection -> {
                connection.setAutoCommit(false);
                try (PreparedStatement statement = connection.prepareStatement(sql.insert)) {
                    int waiting = 0;
                    for (Iterator<Item> all = items.iterator(); all.hasNext(); ) {
                        Item item = all.next();
                        bindNew(statement, item, item.encoded());
                        statement.addBatch();
                        if (++waiting == BATCH || !all.hasNext()) {
                            statement.executeBatch();
                            connection.commit();
                            waiting = 0;
                        }
                    }
                } finally {
                    connection.setAutoCommit(true);
                }
                return true;
            });
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public long updateAll(UnaryOperator<Item> change) {
        return batches.updateAll(change);
    }

    /** Returns what does many writes at a time. */
    JdbcBatches batches() {
        return batches;
    }

    @Override
    public void close() {
        try {
            connections.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private <R> R run(String text, JdbcConnections.Use<PreparedStatement, R> use) {
        try {
            return connections.prepared(text, use);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void bindNew(PreparedStatement statement, Item item, String body) throws SQLException {
        long now = Micros.of(Instant.now());
        statement.setString(1, item.key());
        statement.setLong(2, now);
        statement.setLong(3, now);
        statement.setString(4, item.status().name());
        statement.setLong(5, Micros.of(item.due()));
        statement.setString(6, body);
    }

    static long returnedVersion(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            if (!rows.next()) {
                throw new IllegalStateException("Somebody else has changed the document.");
            }
            long version = rows.getLong(1);
            // To the end: SQLite commits there, and a failure of that must not be missed.
            while (rows.next()) {}
            return version;
        }
    }

    private static List<Row> rows(PreparedStatement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery()) {
            List<Row> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(Row.of(found));
            }
            return rows;
        }
    }
}
