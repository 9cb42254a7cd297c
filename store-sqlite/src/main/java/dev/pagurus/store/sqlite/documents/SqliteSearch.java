package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.sqlite.connect.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One scan, by the plan that looking shows to be the right one. Where there is a way in order and another to the filter, it
 * goes a little along the first, looks a little into the other, and so on, each time further: so it costs no more than
 * some times the better of both, wherever the documents lie.
 */
public final class SqliteSearch {

    /** Where every third document matches, nothing else is tried. */
    private static final int FEW = 3;

    private final SqliteStatementRunner runner;
    private final SqlitePlan plan;
    private final Scan scan;

    public SqliteSearch(SqliteStatementRunner runner, SqlitePlan plan) {
        this.runner = runner;
        this.plan = plan;
        this.scan = plan.scan();
    }

    public Chunk run() throws SQLException {
        if (plan.isServed() || scan.ranges().isEmpty()) {
            return inOrder();
        }
        if (SqliteWays.areTooMany(plan.ways())) {
            return plain();
        }
        if (plan.inOrder() == null && plan.ways().isEmpty()) {
            return sorted(null);
        }
        try (SqliteWalk walk = new SqliteWalk(runner, plan);
                SqliteLooks looks = new SqliteLooks(runner, scan.collection(), plan.ways())) {
            return byTurns(walk, looks);
        }
    }

    private Chunk byTurns(SqliteWalk walk, SqliteLooks looks) throws SQLException {
        long wanted = scan.maxDocuments() + 1L;
        for (long depth = wanted; true; depth = SqliteLooks.deeper(depth)) {
            SqliteLooks.@Nullable Place place = looks.shortest(depth);
            if (place != null) {
                return sorted(place.way().orElse(null));
            }
            // As far as that the next look costs less than what was done for it.
            long further = (depth + depth / 8) / walk.weight();
            Chunk found = plan.inOrder() == null ? null : walk.until(Math.max(further, FEW * wanted));
            if (found != null) {
                return found;
            }
        }
    }

    private Chunk inOrder() throws SQLException {
        Chunk.Builder chunk = new Chunk.Builder(scan);
        for (Range range : scan.ranges()) {
            if (!fill(chunk, SqliteScans.inOrder(plan, range, chunk.limit()))) {
                break;
            }
        }
        return chunk.build();
    }

    private Chunk sorted(@Nullable IndexPath way) throws SQLException {
        Chunk.Builder chunk = new Chunk.Builder(scan);
        fill(chunk, SqliteScans.sorted(plan, way, chunk.limit()));
        return chunk.build();
    }

    /** As SQLite likes: if somebody has dropped an index of ours, or there are too many ways. */
    Chunk plain() throws SQLException {
        Chunk.Builder chunk = new Chunk.Builder(scan);
        for (Range range : scan.ranges()) {
            if (!fill(chunk, SqliteScans.plain(scan, range, chunk.limit()))) {
                break;
            }
        }
        return chunk.build();
    }

    /** Returns whether there is room left. */
    private boolean fill(Chunk.Builder chunk, Sql sql) throws SQLException {
        try (ResultSet row = runner.query(sql)) {
            while (row.next()) {
                if (!chunk.hasRoom()) {
                    return false;
                }
                SqliteReads.add(chunk, SqliteReads.document(row), row, scan);
            }
        }
        return true;
    }
}
