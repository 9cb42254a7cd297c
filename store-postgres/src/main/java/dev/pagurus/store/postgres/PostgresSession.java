package dev.pagurus.store.postgres;

import dev.pagurus.store.postgres.changes.PostgresForgetting;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.documents.PostgresCopies;
import dev.pagurus.store.postgres.documents.PostgresExpired;
import dev.pagurus.store.postgres.documents.PostgresReads;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.documents.PostgresWrites;
import dev.pagurus.store.postgres.schema.PostgresCatalogue;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A transaction or a snapshot, on a connection of its own. */
final class PostgresSession implements EngineSession {

    private final SessionMode mode;
    private final PostgresConnection connection;
    private final PostgresNames names;
    private final PostgresPool pool;
    private final PostgresWrites writes;
    private final PostgresReads reads;
    private final PostgresScans scans;
    private final PostgresCopies copies;
    private final PostgresVacuum vacuum;
    private final PostgresForgetting forgetting;
    private final PostgresExpired expired;
    private final Runnable ended;

    /** Whether something was written that is in a feed. */
    private boolean changes;

    private boolean committed;

    /** Of what was written, what may have expired. */
    private final Map<String, CollectionDefinition> expiring = new HashMap<>();

    /** How many documents were written so far. */
    private final Map<String, Long> written = new HashMap<>();

    /** The collections whose tables a transaction holds as a writer. */
    private final Set<String> held = new HashSet<>();

    PostgresSession(
            SessionMode mode,
            PostgresConnection connection,
            PostgresNames names,
            PostgresTables tables,
            PostgresPool pool,
            PostgresWrites writes,
            PostgresInstant began,
            PostgresVacuum vacuum,
            PostgresForgetting forgetting,
            PostgresExpired expired,
            Runnable ended) {
        this.mode = mode;
        this.connection = connection;
        this.names = names;
        this.pool = pool;
        this.writes = writes;
        this.reads = new PostgresReads(tables, names, began);
        this.vacuum = vacuum;
        this.forgetting = forgetting;
        this.expired = expired;
        this.ended = ended;
        this.scans = new PostgresScans(names, began);
        this.copies = new PostgresCopies(names, tables, began);
    }

    @Override
    public List<WriteOutcome> write(List<Write> all) {
        List<WriteOutcome> outcomes = call(() -> writes.inside(connection, all));
        for (Write write : all) {
            wrote(write.collection(), 1);
        }
        return outcomes;
    }

    @Override
    public long deleteAll(CollectionDefinition collection, Condition filter) {
        Sql sql = scans.delete(collection, filter);
        return call(() -> PostgresReads.search(holding(collection), collection, sql, rows -> {
            rows.next();
            long count = rows.getLong(1);
            if (count > 0) {
                writes.noteDeleted(collection, rows.getLong(2));
                wrote(collection, count);
            }
            return count;
        }));
    }

    @Override
    public long removeExpired(CollectionDefinition collection, int most) {
        if (collection.expiry() == null) {
            return 0;
        }
        Sql sql = expired.oldest(collection, most);
        return call(() -> connection.query(sql.text(), sql.values(), rows -> expired.removed(collection, rows)));
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, String after) {
        return call(() -> copies.rows(holding(collection), collection, after));
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, List<String> ids) {
        return call(() -> copies.rows(holding(collection), collection, ids));
    }

    @Override
    public void load(CollectionDefinition collection, List<StoredRow> rows) {
        call(() -> {
            copies.load(holding(collection), collection, rows);
            return true;
        });
        wrote(collection, rows.size());
    }

    private void wrote(CollectionDefinition collection, long documents) {
        written.merge(collection.name(), documents, Long::sum);
        changes |= collection.retention() != null;
        if (collection.expiry() != null) {
            expiring.put(collection.name(), collection);
        }
    }

    @Override
    public void commit() {
        try {
            connection.commit();
            committed = true;
            written.forEach(vacuum::wrote);
        } catch (SQLException e) {
            throw pool.failed(true, e);
        }
    }

    @Override
    public void close() {
        PostgresPool.abandon(connection);
        ended.run();
        if (committed && changes) {
            forgetting.wroteToFeed();
        }
        if (committed) {
            expiring.values().forEach(expired::wrote);
        }
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return call(() -> new PostgresCatalogue(names).all(connection::query).definitions());
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        return call(() -> reads.get(holding(collection), collection, ids));
    }

    @Override
    public Chunk scan(Scan scan) {
        return call(() -> reads.scan(holding(scan.collection()), scan));
    }

    @Override
    public RowChunk select(Scan scan, List<String> fields) {
        return call(() -> reads.select(holding(scan.collection()), scan, fields));
    }

    @Override
    public ScanPlan explain(Scan scan) {
        return call(() -> reads.explain(connection, holding(scan.collection()), scan));
    }

    @Override
    public long count(CollectionDefinition collection, Condition filter) {
        return call(() -> reads.count(holding(collection), collection, filter));
    }

    @Override
    public List<Group> groups(Grouping grouping) {
        return call(() -> reads.groups(holding(grouping.collection()), grouping));
    }

    /**
     * Runs a statement on a collection. A transaction, which may write later, holds the table as a writer from its first
     * look: otherwise a schema change in between would wait for it, and it for the schema change.
     */
    private PostgresReads.Runner holding(CollectionDefinition collection) {
        if (mode != SessionMode.TRANSACTION || held.contains(collection.name())) {
            return connection::query;
        }
        return new PostgresReads.Runner() {
            @Override
            public <R> R query(String sql, List<?> parameters, PostgresConnection.Rows<R> rows) throws SQLException {
                String lock = "lock table " + names.table(collection) + " in row exclusive mode";
                R result = connection.queryAfter(lock, sql, parameters, rows);
                held.add(collection.name());
                return result;
            }
        };
    }

    private interface Call<R> {
        R run() throws SQLException;
    }

    private <R> R call(Call<R> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw pool.failed(false, e);
        }
    }
}
