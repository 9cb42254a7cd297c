package dev.pagurus.store.postgres;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A transaction or a snapshot, on a connection of its own. */
final class PostgresSession implements EngineSession {

    private final String lockMode;
    private final PostgresConnection connection;
    private final PostgresNames names;
    private final PostgresErrors errors;
    private final PostgresWrites writes;
    private final PostgresReads reads;
    private final PostgresScans scans;
    private final Runnable ended;

    /** The collections whose tables we hold, as they are in our state: no schema change can come in between. */
    private final Set<String> held = new HashSet<>();

    PostgresSession(
            SessionMode mode,
            PostgresConnection connection,
            PostgresNames names,
            PostgresErrors errors,
            PostgresWrites writes,
            PostgresReads reads,
            Runnable ended) {
        // One that may write later holds as a writer from the start. Otherwise a schema change in between would
        // wait for it, and it for the schema change.
        this.lockMode = mode == SessionMode.TRANSACTION ? "row exclusive" : "access share";
        this.connection = connection;
        this.names = names;
        this.errors = errors;
        this.writes = writes;
        this.reads = reads;
        this.ended = ended;
        this.scans = new PostgresScans(names);
    }

    @Override
    public List<WriteOutcome> write(List<Write> all) {
        return call(() -> {
            List<WriteOutcome> outcomes = new ArrayList<>(all.size());
            for (Write write : all) {
                outcomes.add(writes.inside(connection, write));
            }
            return outcomes;
        });
    }

    @Override
    public OptionalLong deleteAll(CollectionDefinition collection, Condition filter) {
        return call(() -> {
            // A lock without a query: it holds schema changes off before anything is looked at.
            connection.script("lock table " + names.table(collection) + " in row exclusive mode");
            boolean current = connection.query(
                    "select to_regclass(" + PostgresNames.literal(names.qualified(PostgresNames.primaryKey(collection)))
                            + ") is not null",
                    List.of(),
                    rows -> rows.next() && rows.getBoolean(1));
            if (!current) {
                return OptionalLong.empty();
            }
            Sql sql = scans.delete(collection, filter);
            return connection.query(
                    "with gone as (" + sql.text() + " returning 1) select count(*) from gone", sql.values(), rows -> {
                        rows.next();
                        return OptionalLong.of(rows.getLong(1));
                    });
        });
    }

    @Override
    public void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw errors.ofWrite(e);
        }
    }

    @Override
    public void close() {
        PostgresPool.abandon(connection);
        ended.run();
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return call(() -> new PostgresCatalogue(names).all(connection::query));
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
    public long count(CollectionDefinition collection, Condition filter) {
        return call(() -> reads.count(holding(collection), collection, filter));
    }

    @Override
    public Map<@Nullable Object, Long> countBy(CollectionDefinition collection, Condition filter, String field) {
        return call(() -> reads.countBy(holding(collection), collection, filter, field));
    }

    /**
     * Runs a read of a collection. Before the first one takes hold of the table, a schema change may have come after our
     * state was fixed: its new columns are null in our state, and what is asked of them must not be answered.
     */
    private PostgresReads.Runner holding(CollectionDefinition collection) {
        if (held.contains(collection.name())) {
            return connection::query;
        }
        return new PostgresReads.Runner() {
            @Override
            public <R> R query(String sql, List<?> parameters, PostgresConnection.Rows<R> rows) throws SQLException {
                Optional<R> result = connection.queryIf(
                        "lock table " + names.table(collection) + " in " + lockMode + " mode",
                        names.isUnchanged(collection),
                        sql,
                        parameters,
                        rows);
                if (result.isEmpty()) {
                    throw new SerializationFailure(
                            "Collection '" + collection.name() + "' was changed after this state.", null);
                }
                held.add(collection.name());
                return result.get();
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
            throw errors.of(e);
        }
    }
}
