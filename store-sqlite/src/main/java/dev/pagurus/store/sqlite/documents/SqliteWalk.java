package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Goes along the way that is in order until a chunk is full; can pause, for what matches may lie at the far end. */
final class SqliteWalk implements AutoCloseable {

    private final SqliteStatementRunner runner;
    private final SqlitePlan plan;
    private final Chunk.Builder chunk;
    private final Iterator<Range> ranges;
    private @Nullable ResultSet rows;
    private long passed;

    SqliteWalk(SqliteStatementRunner runner, SqlitePlan plan) {
        this.runner = runner;
        this.plan = plan;
        this.chunk = new Chunk.Builder(plan.scan());
        this.ranges = plan.scan().ranges().iterator();
    }

    /** Goes on until about so many documents were passed; returns the chunk if it is whole by then. */
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
            passed += SqliteScans.SHOWN;
            return false;
        }
        passed++;
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
