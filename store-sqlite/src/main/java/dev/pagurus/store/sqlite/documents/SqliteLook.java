package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.sqlite.connect.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks how long a way is: goes along the entries of its indexes, touches no document, and can pause. */
final class SqliteLook implements AutoCloseable {

    private final SqliteStatementRunner runner;
    private final CollectionDefinition collection;
    private final Deque<IndexPath> left = new ArrayDeque<>();
    private @Nullable ResultSet rows;
    private String lastId = "";
    private String lastWord = "";
    private long passed;
    private boolean isFirst = true;

    SqliteLook(SqliteStatementRunner runner, CollectionDefinition collection, IndexPath way) {
        this.runner = runner;
        this.collection = collection;
        add(way);
    }

    private void add(IndexPath way) {
        if (way instanceof IndexPath.Union union) {
            union.paths().forEach(this::add);
        } else if (way instanceof IndexPath.Values values) {
            Condition.ContainsAny contains = values.values();
            contains.values()
                    .forEach(value -> left.add(
                            new IndexPath.Values(new Condition.ContainsAny(contains.field(), List.of(value)))));
        } else {
            left.add(way);
        }
    }

    /** Goes on until about so many entries were passed in all; returns whether the end was reached by then. */
    boolean endsWithin(long entries) throws SQLException {
        if (isFirst) {
            // Exact, for it often decides: rows are shown at random distances.
            isFirst = false;
            return isShort(entries);
        }
        while (passed < entries) {
            IndexPath path = left.peek();
            if (path == null) {
                return true;
            }
            if (path instanceof IndexPath.Stretch) {
                step(path);
            } else {
                jump(path, Math.max(entries - passed, SqliteScans.SHOWN));
            }
        }
        return false;
    }

    /** Whether no part of the way has more entries. */
    private boolean isShort(long entries) throws SQLException {
        for (IndexPath path : left) {
            try (ResultSet row = runner.query(SqliteWays.isLonger(collection, path, entries))) {
                if (row.next()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The index of a many-field has no rowid of which some could be shown, but each value is in order of the id. */
    private void jump(IndexPath path, long entries) throws SQLException {
        Sql sql = path instanceof IndexPath.Prefix prefix
                ? SqliteWays.jump(
                        collection,
                        prefix,
                        lastWord.isEmpty() ? prefix.prefix().prefix() : lastWord,
                        lastId,
                        entries - 1)
                : SqliteWays.jump(collection, (IndexPath.Values) path, lastId, entries - 1);
        try (ResultSet row = runner.query(sql)) {
            if (row.next()) {
                lastId = row.getString(1);
                lastWord = path instanceof IndexPath.Prefix ? row.getString(2) : "";
                passed += entries;
            } else {
                lastId = "";
                lastWord = "";
                left.remove();
            }
        }
    }

    private void step(IndexPath stretch) throws SQLException {
        ResultSet row = rows;
        if (row == null) {
            row = runner.query(SqliteWays.look(collection, stretch));
            rows = row;
        }
        if (row.next()) {
            passed += SqliteScans.SHOWN;
        } else {
            close();
            left.remove();
        }
    }

    @Override
    public void close() throws SQLException {
        ResultSet open = rows;
        rows = null;
        if (open != null) {
            open.close();
        }
    }
}
