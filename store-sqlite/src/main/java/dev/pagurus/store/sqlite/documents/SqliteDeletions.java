package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.sqlite.changes.SqliteChangeLog;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Deletes documents by what they are like: those that a filter finds, and those that have expired. */
public final class SqliteDeletions {

    /** How many documents that have expired go with a write; they take about a millisecond. */
    private static final int SWEPT = 100;

    private final SqliteConnection connection;
    private final SqliteTables tables;
    private final SqliteChangeLog log;
    private final LongSupplier began;

    SqliteDeletions(SqliteConnection connection, SqliteTables tables, SqliteChangeLog log, LongSupplier began) {
        this.connection = connection;
        this.tables = tables;
        this.log = log;
        this.began = began;
    }

    /** Deletes what matches. */
    public long deleteAll(CollectionDefinition collection, Condition filter) throws SQLException {
        sweep(collection);
        return delete(collection, SqliteMatches.of(collection, filter));
    }

    /** Removes what has expired, a few documents at a time. */
    void sweep(CollectionDefinition collection) throws SQLException {
        if (collection.expiry() != null && tables.sweeps().isDue(collection.name(), began.getAsLong())) {
            long removed = removeExpired(collection, SWEPT);
            tables.sweeps().looked(collection.name(), began.getAsLong(), removed == SWEPT);
        }
    }

    /** Removes the oldest of what has expired. */
    public long removeExpired(CollectionDefinition collection, int most) throws SQLException {
        SqliteStatements sql = tables.of(collection);
        try (ResultSet revision = connection.query(SqliteRevision.QUERY, collection.name())) {
            if (collection.expiry() == null || !revision.next() || revision.getInt(1) != collection.revision()) {
                return 0;
            }
        }
        try (ResultSet deleted = connection.query(sql.removeExpired, began.getAsLong(), most)) {
            return gone(collection, deleted);
        }
    }

    /** Removes all that has expired. */
    public void removeExpired(CollectionDefinition collection) throws SQLException {
        if (collection.expiry() != null) {
            delete(collection, SqliteMatches.of(collection.withoutExpiry(), collection.expired(began.getAsLong())));
        }
    }

    /** Removes what has expired and is in the way of a write. */
    long giveWay(Write write) throws SQLException {
        CollectionDefinition collection = write.collection();
        List<Condition> holders = new ArrayList<>();
        holders.add(new Condition.Compare("id", Condition.Operator.EQ, write.id()));
        if (write.content() instanceof Content.Body body) {
            for (IndexDefinition index : collection.indexes()) {
                Condition collision = collection.collision(index, write.id(), body.values());
                if (collision != null) {
                    holders.add(collision);
                }
            }
        }
        Condition inTheWay =
                new Condition.And(List.of(new Condition.Or(holders), collection.expired(began.getAsLong())));
        return delete(collection, SqliteMatches.of(collection.withoutExpiry(), inTheWay));
    }

    private long delete(CollectionDefinition collection, SqliteMatches matches) throws SQLException {
        try (ResultSet deleted = matches.run(
                statement -> connection.query(statement.text(), statement.values(began)), matches::delete)) {
            return gone(collection, deleted);
        }
    }

    /** Notes which documents were deleted. */
    private long gone(CollectionDefinition collection, ResultSet deleted) throws SQLException {
        List<SqliteChangeLog.Changed> gone = new ArrayList<>();
        while (deleted.next()) {
            gone.add(new SqliteChangeLog.Changed(deleted.getString(1), deleted.getLong(2)));
            tables.deleted().add(collection, deleted.getLong(2));
        }
        log.addAll(collection, gone);
        return gone.size();
    }
}
