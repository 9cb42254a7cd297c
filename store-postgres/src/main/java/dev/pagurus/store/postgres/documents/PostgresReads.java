package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads, each call one statement, run wherever its runner runs it. */
public final class PostgresReads {

    private static final int COLUMNS_BEFORE_ORDER = 3;

    private final PostgresTables tables;
    private final PostgresScans scans;
    private final PostgresRows rows;
    private final PostgresInstant instant;

    /**
     * Makes one.
     *
     * @param instant by which it is judged what has expired
     */
    public PostgresReads(PostgresTables tables, PostgresNames names, PostgresInstant instant) {
        this.tables = tables;
        this.scans = new PostgresScans(names, instant);
        this.rows = new PostgresRows(names, instant);
        this.instant = instant;
    }

    /** Runs a statement: alone, or in an open transaction. */
    public interface Runner {
        <R> R query(String sql, List<?> parameters, PostgresConnection.Rows<R> rows) throws SQLException;
    }

    public List<StoredDocument> get(Runner runner, CollectionDefinition collection, List<String> ids)
            throws SQLException {
        PostgresStatements sql = tables.of(collection);
        try {
            // With one value instead of an array of one the server need not make a plan for each array.
            boolean one = ids.size() == 1;
            List<@Nullable Object> parameters = new ArrayList<>();
            parameters.add(one ? ids.get(0) : ids.toArray(String[]::new));
            instant.addTo(parameters, collection);
            return runner.query(one ? sql.get : sql.getMany, parameters, PostgresReads::documents);
        } catch (SQLException e) {
            PostgresErrors.refuseGone(e, collection);
            if (collection.expiry() != null && PostgresErrors.isOutdated(e, PostgresNames.primaryKey(collection))) {
                throw SchemaChange.outdated(collection, e);
            }
            throw e;
        }
    }

    private static List<StoredDocument> documents(ResultSet rows) throws SQLException {
        List<StoredDocument> documents = new ArrayList<>();
        while (rows.next()) {
            documents.add(new StoredDocument(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getString(4)));
        }
        return documents;
    }

    public Chunk scan(Runner runner, Scan scan) throws SQLException {
        boolean counted = scan.maxDocuments() > PostgresScans.FEW;
        int step = 0;
        while (true) {
            boolean all = counted;
            PostgresScans.Documents documents = scans.documents(scan, counted, step);
            Found found = search(
                    runner, scan.collection(), documents.sql(), rows -> found(rows, scan, all, documents.decides()));
            if (found.chunk != null) {
                return found.chunk;
            }
            if (found.isLarge) {
                counted = true;
            } else {
                step++;
            }
        }
    }

    public RowChunk select(Runner runner, Scan scan, List<String> fields) throws SQLException {
        for (int step = 0; true; step++) {
            PostgresScans.Documents documents = rows.sql(scan, fields, step);
            Optional<RowChunk> chunk = search(
                    runner,
                    scan.collection(),
                    documents.sql(),
                    found -> PostgresRows.read(found, scan, fields, documents.decides()));
            if (chunk.isPresent()) {
                return chunk.get();
            }
        }
    }

    /** A chunk, or why there is none: a body so long that they must be counted, or no decision which way to go. */
    private record Found(@Nullable Chunk chunk, boolean isLarge) {}

    private static Found found(ResultSet rows, Scan scan, boolean counted, boolean decides) throws SQLException {
        if (!rows.next()) {
            return new Found(new Chunk(List.of(), null), false);
        }
        if (!decides && rows.getString(1) == null) {
            return new Found(null, false);
        }
        return counted ? new Found(chunk(rows, scan), false) : new Found(few(rows, scan), true);
    }

    /** Runs a statement that looks for documents, which fails if the caller knows an old revision. */
    public static <R> R search(Runner runner, CollectionDefinition collection, Sql sql, PostgresConnection.Rows<R> rows)
            throws SQLException {
        try {
            return runner.query(sql.text(), sql.values(), rows);
        } catch (SQLException e) {
            if (PostgresErrors.isOutdated(e, PostgresNames.primaryKey(collection))) {
                throw SchemaChange.outdated(collection, e);
            }
            PostgresErrors.refuseGone(e, collection);
            throw e;
        }
    }

    /** Says how a scan finds its documents now, in the transaction that is open on a connection. */
    public ScanPlan explain(PostgresConnection connection, Runner runner, Scan scan) throws SQLException {
        return new PostgresExplaining(scans, connection, runner, scan).explain();
    }

    public long count(Runner runner, CollectionDefinition collection, Condition filter) throws SQLException {
        Sql sql = scans.count(collection, filter);
        return search(runner, collection, sql, rows -> {
            rows.next();
            return rows.getLong(1);
        });
    }

    public List<Group> groups(Runner runner, Grouping grouping) throws SQLException {
        PostgresGroups groups = new PostgresGroups(grouping);
        return search(runner, grouping.collection(), scans.groups(groups), groups::read);
    }

    /** Returns nothing if a body is so long that they must be counted. */
    private static @Nullable Chunk few(ResultSet rows, Scan scan) throws SQLException {
        Chunk.Builder chunk = new Chunk.Builder(scan);
        do {
            String body = body(rows, scan);
            if (body == null) {
                return null;
            }
            StoredDocument document = document(rows, body);
            chunk.add(document, chunk.isLast(document) ? position(rows, scan) : List.of());
        } while (rows.next() && chunk.hasRoom());
        return chunk.build();
    }

    private static Chunk chunk(ResultSet rows, Scan scan) throws SQLException {
        List<StoredDocument> documents = new ArrayList<>();
        @Nullable List<@Nullable Object> last = null;
        do {
            String body = body(rows, scan);
            if (body == null || documents.size() == scan.maxDocuments()) {
                return new Chunk(documents, last);
            }
            documents.add(document(rows, body));
            last = position(rows, scan);
        } while (rows.next());
        return new Chunk(documents, null);
    }

    private static @Nullable String body(ResultSet row, Scan scan) throws SQLException {
        return row.getString(COLUMNS_BEFORE_ORDER + scan.order().size() + 1);
    }

    private static StoredDocument document(ResultSet row, String body) throws SQLException {
        return new StoredDocument(row.getString(1), row.getLong(2), row.getLong(3), body);
    }

    private static List<@Nullable Object> position(ResultSet row, Scan scan) throws SQLException {
        List<@Nullable Object> position = new ArrayList<>(scan.order().size());
        int column = COLUMNS_BEFORE_ORDER;
        for (Sort term : scan.order()) {
            position.add(value(row, ++column, scan.collection().kind(term.field())));
        }
        return position;
    }

    static @Nullable Object value(ResultSet row, int column, FieldKind kind) throws SQLException {
        Object value = switch (kind) {
            case TEXT, MANY, WORDS, ACCENTED_WORDS -> row.getString(column);
            case LONG, INSTANT -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case BOOLEAN -> row.getBoolean(column);
        };
        return row.wasNull() ? null : value;
    }
}
