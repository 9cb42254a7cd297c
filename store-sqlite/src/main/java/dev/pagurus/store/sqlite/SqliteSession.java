package dev.pagurus.store.sqlite;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.documents.SqliteCopies;
import dev.pagurus.store.sqlite.documents.SqliteReads;
import dev.pagurus.store.sqlite.documents.SqliteRevision;
import dev.pagurus.store.sqlite.documents.SqliteWrites;
import dev.pagurus.store.sqlite.schema.SqliteCatalogue;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.sql.SQLException;
import java.util.List;

/** A transaction, which holds the writer for as long as it lasts, or a snapshot on a connection of its own. */
final class SqliteSession implements EngineSession {

    private final SqliteConnection connection;
    private final SqliteErrors errors;
    private final SqliteWrites writes;
    private final SqliteReads reads;
    private final SqliteCopies copies;
    private final End commit;
    private final End end;

    /** How a session ends. */
    @FunctionalInterface
    interface End {
        void run(SqliteConnection connection);
    }

    SqliteSession(
            SqliteConnection connection,
            SqliteTables tables,
            SqliteSettings settings,
            SqliteErrors errors,
            End commit,
            End end) {
        this.connection = connection;
        this.errors = errors;
        this.writes = new SqliteWrites(connection, tables, settings);
        this.reads = new SqliteReads(connection, tables, writes.began());
        this.copies = new SqliteCopies(connection, tables, writes.log(), writes.began());
        this.commit = commit;
        this.end = end;
    }

    @Override
    public List<WriteOutcome> write(List<Write> all) {
        return call(() -> writes.write(all));
    }

    @Override
    public long deleteAll(CollectionDefinition collection, Condition filter) {
        return call(() -> {
            SqliteRevision.require(connection, collection);
            return writes.deletions().deleteAll(collection, filter);
        });
    }

    @Override
    public long removeExpired(CollectionDefinition collection, int most) {
        return call(() -> writes.deletions().removeExpired(collection, most));
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, String after) {
        return call(() -> copies.rows(collection, after));
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, List<String> ids) {
        return call(() -> copies.rows(collection, ids));
    }

    @Override
    public void load(CollectionDefinition collection, List<StoredRow> rows) {
        call(() -> {
            copies.load(collection, rows);
            return true;
        });
    }

    @Override
    public void commit() {
        commit.run(connection);
    }

    @Override
    public void close() {
        end.run(connection);
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return call(() -> new SqliteCatalogue(connection).all());
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        return call(() -> reads.get(collection, ids));
    }

    @Override
    public Chunk scan(Scan scan) {
        return call(() -> reads.scan(scan));
    }

    @Override
    public RowChunk select(Scan scan, List<String> fields) {
        return call(() -> reads.select(scan, fields));
    }

    @Override
    public ScanPlan explain(Scan scan) {
        return call(() -> reads.explain(scan));
    }

    @Override
    public long count(CollectionDefinition collection, Condition filter) {
        return call(() -> reads.count(collection, filter));
    }

    @Override
    public List<Group> groups(Grouping grouping) {
        return call(() -> reads.groups(grouping));
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
