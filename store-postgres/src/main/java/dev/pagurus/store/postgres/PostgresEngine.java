package dev.pagurus.store.postgres;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Health;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.postgres.changes.PostgresChanges;
import dev.pagurus.store.postgres.changes.PostgresForgetting;
import dev.pagurus.store.postgres.connect.PostgresClock;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresFacts;
import dev.pagurus.store.postgres.connect.PostgresOpening;
import dev.pagurus.store.postgres.connect.PostgresPlaces;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.documents.PostgresBatch;
import dev.pagurus.store.postgres.documents.PostgresExpired;
import dev.pagurus.store.postgres.documents.PostgresReads;
import dev.pagurus.store.postgres.documents.PostgresWrites;
import dev.pagurus.store.postgres.schema.PostgresCatalogue;
import dev.pagurus.store.postgres.schema.PostgresDefine;
import dev.pagurus.store.postgres.schema.PostgresDistribution;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
import dev.pagurus.store.postgres.schema.PostgresRemoval;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;

/** An open PostgreSQL database: a pool of connections, and everything serializable. */
final class PostgresEngine implements StoreEngine {

    private static final int READ_LANES = 2;

    private final PostgresSettings settings;
    private final PostgresConnections connections;
    private final PostgresPool pool;
    private final PostgresPool lanes;
    private final PostgresPlaces places;
    private final PostgresNames names;
    private final PostgresTables tables;
    private final PostgresInstant instant;
    private final PostgresWrites writes;
    private final PostgresReads reads;
    private final PostgresHealth health;
    private final PostgresVacuum vacuum;
    private final PostgresChanges changes;
    private final PostgresForgetting forgetting;
    private final PostgresExpired expired;
    private final PostgresClock clock;
    private final EngineInfo info;

    private PostgresEngine(
            PostgresSettings settings, PostgresErrors errors, PostgresConnections connections, EngineInfo info) {
        this.settings = settings;
        this.connections = connections;
        this.pool = connections.pool(settings, errors);
        this.lanes = connections.lanes(settings, errors);
        this.places = connections.places();
        this.names = new PostgresNames(settings.schema());
        this.tables = new PostgresTables(names, settings.clock() != null);
        this.instant = new PostgresInstant(settings::nowMicros);
        this.writes = new PostgresWrites(tables, names, settings, instant);
        this.reads = new PostgresReads(tables, names, instant);
        this.health = new PostgresHealth(settings, pool, lanes);
        this.vacuum = new PostgresVacuum(settings, names, connections.housekeeping());
        this.changes = new PostgresChanges(pool, names, instant);
        this.forgetting = new PostgresForgetting(lanes, settings, names);
        this.expired = new PostgresExpired(lanes, settings, names, tables);
        this.clock = new PostgresClock(settings, pool);
        this.info = info;
    }

    public static PostgresEngine open(PostgresSettings settings) {
        PostgresErrors errors = new PostgresErrors(settings);
        PostgresNames names = new PostgresNames(settings.schema());
        PostgresOpening opening = new PostgresOpening(settings);
        PostgresConnections connections = PostgresConnections.of(settings);
        try {
            PostgresFacts facts = opening.whenReachable(
                    () -> new PostgresMigrations(settings, names).run(connections.toOpen(settings, errors)));
            EngineInfo info = new EngineInfo(
                    "PostgreSQL",
                    facts.version(),
                    opening.how(facts),
                    capabilities(facts),
                    settings.writeLanes(),
                    READ_LANES);
            return new PostgresEngine(settings, errors, connections, info);
        } catch (RuntimeException | Error e) {
            connections.close();
            throw e;
        }
    }

    /** The log of a feed counts the transactions of one server, and would be written by one and read on another. */
    private static EnumSet<Capability> capabilities(PostgresFacts facts) {
        EnumSet<Capability> capabilities = EnumSet.complementOf(EnumSet.of(Capability.BACKUP));
        if (facts.distributed()) {
            capabilities.remove(Capability.CHANGES);
        }
        return capabilities;
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public long now() {
        return clock.micros();
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        // Whoever asks has looked. The look that counts is the one under the lock.
        PostgresDefine define = new PostgresDefine(pool, names, settings, definition, tables.deleted());
        vacuum.wrote(definition.name(), define.run(filler));
    }

    @Override
    public boolean drop(String collection) {
        boolean dropped = new PostgresRemoval(pool, names, tables, settings).drop(collection);
        vacuum.forget(collection);
        return dropped;
    }

    @Override
    public void rename(String collection, String newName) {
        new PostgresRemoval(pool, names, tables, settings).rename(collection, newName);
        vacuum.forget(collection);
    }

    @Override
    public List<WriteOutcome> write(List<Write> all) {
        List<WriteOutcome> outcomes = all.size() == 1
                ? List.of(writes.alone(lanes, pool, all.get(0)))
                : new PostgresBatch(lanes, tables, settings, writes, one -> writes.alone(lanes, pool, one), all).run();
        vacuum.wrote(all, outcomes);
        all.stream()
                .map(Write::collection)
                .filter(one -> one.retention() != null)
                .findAny()
                .ifPresent(forgetting::wrote);
        all.forEach(one -> expired.wrote(one.collection()));
        return outcomes;
    }

    @Override
    public WriteOutcome write(Write write) {
        WriteOutcome outcome;
        places.takeToWait();
        try {
            outcome = writes.alone(pool, pool, write);
        } finally {
            places.leaveWaiting();
        }
        vacuum.wrote(List.of(write), List.of(outcome));
        forgetting.wrote(write.collection());
        expired.wrote(write.collection());
        return outcome;
    }

    @Override
    public long removeExpired(CollectionDefinition collection, int most) {
        long removed = expired.remove(collection, most);
        vacuum.wrote(collection.name(), removed);
        return removed;
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        if (mode == SessionMode.READ) {
            return session(mode, () -> {});
        }
        places.take();
        try {
            return session(mode, places::leave);
        } catch (RuntimeException | Error e) {
            places.leave();
            throw e;
        }
    }

    private EngineSession session(SessionMode mode, Runnable ended) {
        PostgresConnection connection = pool.take();
        try {
            switch (mode) {
                case TRANSACTION -> connection.begin(PostgresConnection.SERIALIZABLE);
                case READ -> connection.begin(PostgresConnection.SERIALIZABLE_READ_ONLY);
                case SNAPSHOT -> connection.beginNow(PostgresConnection.SERIALIZABLE_READ_ONLY);
                case COPY -> connection.beginNow(PostgresConnection.SERIALIZABLE_DEFERRABLE);
            }
            PostgresInstant began = instant.fixed();
            return new PostgresSession(
                    mode,
                    connection,
                    names,
                    tables,
                    pool,
                    new PostgresWrites(tables, names, settings, began),
                    began,
                    vacuum,
                    forgetting,
                    expired,
                    ended);
        } catch (SQLException e) {
            PostgresPool.abandon(connection);
            throw pool.failed(false, e);
        }
    }

    @Override
    public ChangeChunk changes(ChangeScan scan) {
        return changes.page(scan);
    }

    @Override
    public String changesEnd(List<CollectionDefinition> collections) {
        return changes.end(collections);
    }

    @Override
    public Health health() {
        return health.check();
    }

    @Override
    public void close() {
        vacuum.close();
        connections.close();
    }

    /** Whoever asks for them goes on to use the tables, so how those lie is looked at too. */
    @Override
    public List<CollectionDefinition> definitions() {
        PostgresCatalogue catalogue = new PostgresCatalogue(names);
        PostgresCatalogue.Known known = read(catalogue::all);
        List<CollectionDefinition> definitions = known.definitions();
        if (known.spreads() > 0 && read(runner -> isDistributed(runner, known))) {
            pool.sayIsolation();
        }
        return definitions;
    }

    private boolean isDistributed(PostgresReads.Runner runner, PostgresCatalogue.Known known) throws SQLException {
        return new PostgresDistribution(names, settings.shown())
                .isWhole(
                        known.spreads(),
                        runner,
                        known.definitions().stream()
                                .map(CollectionDefinition::name)
                                .toList());
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        try {
            return found(collection, ids);
        } catch (SchemaException e) {
            if (collection.expiry() == null) {
                throw e;
            }
            // Where a newer revision has no such field, documents do not expire by it.
            return found(collection.withoutExpiry(), ids);
        }
    }

    private List<StoredDocument> found(CollectionDefinition collection, List<String> ids) {
        if (ids.size() > 1) {
            return read(runner -> reads.get(runner, collection, ids));
        }
        // It reads so little that to declare it read-only costs more than that saves.
        return pool.with(false, connection -> reads.get(connection::alone, collection, ids));
    }

    @Override
    public Chunk scan(Scan scan) {
        return read(runner -> reads.scan(runner, scan));
    }

    @Override
    public RowChunk select(Scan scan, List<String> fields) {
        return read(runner -> reads.select(runner, scan, fields));
    }

    /** Not serializable: its predicate locks would make claimers fail, who hold the versions against what it finds. */
    @Override
    public Chunk candidates(Scan scan) {
        return read("read committed read only", runner -> reads.scan(runner, scan));
    }

    @Override
    public long count(CollectionDefinition collection, Condition filter) {
        return read(runner -> reads.count(runner, collection, filter));
    }

    @Override
    public List<Group> groups(Grouping grouping) {
        return read(runner -> reads.groups(runner, grouping));
    }

    private interface Reading<R> {
        R run(PostgresReads.Runner runner) throws SQLException;
    }

    /** Reads with one statement, in one round trip. */
    private <R> R read(Reading<R> reading) {
        return read(PostgresConnection.SERIALIZABLE_READ_ONLY, reading);
    }

    private <R> R read(String isolation, Reading<R> reading) {
        return pool.with(
                false,
                connection -> reading.run(new PostgresReads.Runner() {
                    @Override
                    public <Q> Q query(String sql, List<?> parameters, PostgresConnection.Rows<Q> rows)
                            throws SQLException {
                        return connection.alone(isolation, sql, parameters, rows);
                    }
                }));
    }
}
