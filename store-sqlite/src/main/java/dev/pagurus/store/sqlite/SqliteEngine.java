package dev.pagurus.store.sqlite;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Health;
import dev.pagurus.store.UnavailableException;
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
import dev.pagurus.store.sqlite.changes.SqliteChanges;
import dev.pagurus.store.sqlite.connect.SqliteClaim;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteHandles;
import dev.pagurus.store.sqlite.connect.SqliteLibrary;
import dev.pagurus.store.sqlite.connect.SqliteMark;
import dev.pagurus.store.sqlite.connect.SqlitePresence;
import dev.pagurus.store.sqlite.connect.SqliteReaders;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.connect.SqliteWriter;
import dev.pagurus.store.sqlite.documents.SqliteBackup;
import dev.pagurus.store.sqlite.documents.SqliteReads;
import dev.pagurus.store.sqlite.documents.SqliteWrites;
import dev.pagurus.store.sqlite.schema.SqliteCatalogue;
import dev.pagurus.store.sqlite.schema.SqliteDefine;
import dev.pagurus.store.sqlite.schema.SqliteMigrations;
import dev.pagurus.store.sqlite.schema.SqliteRemoval;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;

/** An open SQLite file: one connection that writes, some that read, some for snapshots. */
final class SqliteEngine implements StoreEngine {

    /** There is one writer; whoever waits for it may as well share its commit. */
    private static final int WRITE_LANES = 1;

    private final SqliteSettings settings;
    private final SqliteErrors errors;
    private final SqliteClaim claim;
    private final SqlitePresence presence;
    private final SqliteHandles handles;
    private final SqliteTables tables = new SqliteTables();
    private final SqliteWriter writer;
    private final SqliteReaders readers;
    private final SqliteReaders snapshots;
    private final EngineInfo info;

    private SqliteEngine(SqliteSettings settings, SqliteClaim claim, String version) {
        this.settings = settings;
        this.claim = claim;
        this.errors = new SqliteErrors(settings);
        this.presence = new SqlitePresence(settings.file(), errors);
        this.handles = new SqliteHandles(settings.file(), this::closeIdle);
        this.readers = new SqliteReaders(settings, errors, presence, handles, "readers", settings.readers());
        this.snapshots = new SqliteReaders(settings, errors, presence, handles, "snapshots", settings.snapshots());
        this.writer = new SqliteWriter(settings, errors, presence, handles, () -> snapshots.inUse() > 0);
        this.info = new EngineInfo(
                "SQLite", version, settings.file().shown(), EnumSet.allOf(Capability.class), WRITE_LANES, 0);
    }

    public static SqliteEngine open(SqliteSettings settings) {
        // Asked first: if the driver is missing, there shall be no file either.
        String version = SqliteLibrary.begin();
        boolean applies = settings.migrate() == SqliteSettings.Migrate.APPLY;
        boolean isNew = applies && settings.file().create();
        SqliteEngine engine = new SqliteEngine(settings, SqliteClaim.of(settings.file()), version);
        try {
            SqliteMark.requireOwnLog(settings.file());
            SqliteMigrations migrations = new SqliteMigrations(settings);
            if (applies) {
                settings.file().create();
            } else {
                migrations.validate(engine.errors);
            }
            engine.writer.write(connection -> {
                connection.unlimited(true);
                if (applies) {
                    migrations.run(connection);
                    SqliteMark.create(connection);
                }
                return true;
            });
            if (applies && !isNew) {
                engine.writer.settle();
            }
            return engine;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** What nobody uses is closed; what is used later is opened again. */
    private boolean closeIdle() {
        // The writer last: with a reader's old state in use, the log could not be emptied.
        return readers.closeIdle() && snapshots.closeIdle() && writer.closeIdle();
    }

    @Override
    public EngineInfo info() {
        return info;
    }

    @Override
    public long now() {
        return settings.nowMicros();
    }

    @Override
    public void define(CollectionDefinition definition, Filler filler) {
        boolean served = readers.read(connection -> {
            CollectionDefinition stored = new SqliteCatalogue(connection).find(definition.name());
            return stored != null && stored.serves(definition);
        });
        if (served) {
            return;
        }
        writer.write(connection -> {
            connection.unlimited(true);
            // The change ends the transaction, not the session.
            EngineSession session = new SqliteSession(connection, tables, settings, errors, open -> {}, open -> {});
            return new SqliteDefine(connection, tables, settings, definition).run(filler, session);
        });
    }

    @Override
    public boolean drop(String collection) {
        return writer.write(connection -> {
            connection.unlimited(true);
            return new SqliteRemoval(connection, tables, settings).drop(collection);
        });
    }

    @Override
    public void rename(String collection, String newName) {
        writer.write(connection -> {
            connection.unlimited(true);
            new SqliteRemoval(connection, tables, settings).rename(collection, newName);
            return true;
        });
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        try {
            return writer.write(connection -> new SqliteWrites(connection, tables, settings).write(writes));
        } catch (UnavailableException e) {
            if (writes.size() > 1 && SqliteErrors.isOfOneWrite(e)) {
                // All is undone. Alone, the one that fails fails its own caller, and the others are done.
                return Collections.nCopies(writes.size(), new WriteOutcome.Postponed());
            }
            throw e;
        }
    }

    @Override
    public long removeExpired(CollectionDefinition collection, int most) {
        return writer.write(connection ->
                new SqliteWrites(connection, tables, settings).deletions().removeExpired(collection, most));
    }

    @Override
    public EngineSession begin(SessionMode mode) {
        if (mode == SessionMode.TRANSACTION) {
            return new SqliteSession(
                    writer.begin(), tables, settings, errors, writer::commit, connection -> writer.end());
        }
        SqliteReaders pool = mode == SessionMode.READ ? readers : snapshots;
        SqliteConnection connection = pool.take();
        try {
            beginRead(connection);
        } catch (SQLException e) {
            pool.giveBack(connection, false);
            throw errors.of(e);
        }
        return new SqliteSession(connection, tables, settings, errors, committed -> {}, ended -> endRead(ended, pool));
    }

    @Override
    public ChangeChunk changes(ChangeScan scan) {
        return oneState(connection -> new SqliteChanges(connection, settings).page(scan));
    }

    @Override
    public String changesEnd(List<CollectionDefinition> collections) {
        return readers.read(connection -> new SqliteChanges(connection, settings).end(collections));
    }

    @Override
    public void backup(Path file, boolean overwrite) {
        presence.require();
        // Opens the file again if it was closed, with the looks that this takes.
        readers.read(connection -> true);
        new SqliteBackup(settings, file).write(overwrite);
    }

    @Override
    public Health health() {
        return new SqliteHealth(settings, presence, readers, snapshots, writer).check();
    }

    @Override
    public void close() {
        try {
            readers.close();
            snapshots.close();
            writer.close();
        } finally {
            handles.forget();
            claim.release();
        }
        settings.file().deleteIfTemporary();
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return oneState(connection -> new SqliteCatalogue(connection).all());
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        SqliteReaders.Work<List<StoredDocument>> get =
                connection -> new SqliteReads(connection, tables, settings::nowMicros).get(collection, ids);
        return ids.size() == 1 ? readers.read(get) : oneState(get);
    }

    @Override
    public Chunk scan(Scan scan) {
        SqliteReaders.Work<Chunk> read =
                connection -> new SqliteReads(connection, tables, settings::nowMicros).scan(scan);
        return scan.ranges().size() == 1 ? readers.read(read) : oneState(read);
    }

    @Override
    public RowChunk select(Scan scan, List<String> fields) {
        SqliteReaders.Work<RowChunk> read =
                connection -> new SqliteReads(connection, tables, settings::nowMicros).select(scan, fields);
        return scan.ranges().size() == 1 ? readers.read(read) : oneState(read);
    }

    @Override
    public long count(CollectionDefinition collection, Condition filter) {
        return readers.read(
                connection -> new SqliteReads(connection, tables, settings::nowMicros).count(collection, filter));
    }

    @Override
    public List<Group> groups(Grouping grouping) {
        return readers.read(connection -> new SqliteReads(connection, tables, settings::nowMicros).groups(grouping));
    }

    /** Reads with several statements that see one state. A failure closes the connection, and so ends the transaction. */
    private <R> R oneState(SqliteReaders.Work<R> work) {
        return readers.read(connection -> {
            connection.update("begin");
            R result = work.run(connection);
            connection.update("commit");
            return result;
        });
    }

    /** A deferred transaction has no state until its first read. */
    private static void beginRead(SqliteConnection connection) throws SQLException {
        connection.update("begin");
        connection.query("select count(*) from pagurus_migrations").close();
    }

    private void endRead(SqliteConnection connection, SqliteReaders pool) {
        boolean sound = false;
        try {
            connection.update("commit");
            sound = true;
        } catch (SQLException e) {
            throw errors.of(e);
        } finally {
            pool.giveBack(connection, sound);
        }
    }
}
