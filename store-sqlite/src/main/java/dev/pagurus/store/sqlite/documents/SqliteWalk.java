package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Goes along the way that is in order until a chunk is full; can pause, for what matches may lie at the far end. */
final class SqliteWalk implements AutoCloseable {

    /** How much more a search in the table of a many-field costs than an entry of the other way. */
    private static final int DEARER = 4;

    private final SqliteStatementRunner runner;
    private final SqlitePlan plan;
    private final Chunk.Builder chunk;
    private final Iterator<Range> ranges;
    private @Nullable ResultSet rows;
    private final int weight;
    private long passed;

    SqliteWalk(SqliteStatementRunner runner, SqlitePlan plan) {
        this.runner = runner;
        this.plan = plan;
        this.chunk = new Chunk.Builder(plan.scan());
        this.ranges = plan.scan().ranges().iterator();
        this.weight = 1
                + DEARER
                        * (int) plan.checked().stream()
                                .filter(SqliteWalk::isOfMany)
                                .count();
    }

    /** For each document a search in the table of a many-field. */
    private static boolean isOfMany(Condition part) {
        return part instanceof Condition.ContainsAny
                || part instanceof Condition.ContainsNone
                || part instanceof Condition.IsEmpty
                || part instanceof Condition.IsNotEmpty;
    }

    /** Goes on until it has cost as much as about so many documents; returns the chunk if it is whole by then. */
    @Nullable
    Chunk until(long documents) throws SQLException {
        while (passed < documents) {
            ResultSet row = rows;
            if (row == null) {
                if (!ranges.hasNext()) {
                    return chunk.build();
                }
                rows = runner.query(SqliteScans.walk(plan, ranges.next()));
            } else if (!row.next()) {
                close();
            } else if (isFull(row)) {
                return chunk.build();
            }
        }
        return null;
    }

    /** Takes a row, or only counts it; returns whether the chunk was full before. */
    private boolean isFull(ResultSet row) throws SQLException {
        String body = row.getString(SqliteReads.BODY);
        if (body == null) {
            passed += (long) SqliteScans.SHOWN * weight;
            return false;
        }
        passed += weight;
        if (!chunk.hasRoom()) {
            return true;
        }
        StoredDocument document = new StoredDocument(row.getString(1), row.getLong(2), row.getLong(3), body);
        SqliteReads.add(chunk, document, row, plan.scan());
        return false;
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
