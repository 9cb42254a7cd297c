package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.sqlite.connect.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One scan, by the plan that looking shows to be the right one. Where there is a way in order and another to the filter, it
 * goes a little along the first, looks a little into the other, and so on, each time further: so it costs no more than
 * some times the better of both, wherever the documents lie.
 *
 * @param <C> what is made of the documents
 */
public final class SqliteSearch<C> {

    /** Where every third document matches, nothing else is tried. */
    private static final int FEW = 3;

    private final SqliteStatementRunner runner;
    private final SqlitePlan plan;
    private final Scan scan;
    private final Supplier<? extends SqliteTaker<C>> chunks;

    /**
     * Makes one.
     *
     * @param chunks makes an empty chunk
     */
    SqliteSearch(SqliteStatementRunner runner, SqlitePlan plan, Supplier<? extends SqliteTaker<C>> chunks) {
        this.runner = runner;
        this.plan = plan;
        this.scan = plan.scan();
        this.chunks = chunks;
    }

    /** Returns the search for a scan's documents. */
    public static SqliteSearch<Chunk> ofDocuments(SqliteStatementRunner runner, Scan scan) {
        return new SqliteSearch<>(runner, SqlitePlan.of(scan), () -> new SqliteDocuments(scan));
    }

    /** Returns the search for some fields of them. */
    public static SqliteSearch<RowChunk> ofRows(SqliteStatementRunner runner, Scan scan, List<String> fields) {
        return new SqliteSearch<>(runner, SqlitePlan.of(scan, fields), () -> new SqliteRows(scan, fields));
    }

    public C run() throws SQLException {
        if (plan.isServed() || scan.ranges().isEmpty()) {
            return inOrder();
        }
        if (SqliteWays.areTooMany(plan.ways())) {
            return plain();
        }
        if (plan.inOrder() == null && plan.ways().isEmpty()) {
            return sorted(null);
        }
        try (SqliteWalk<C> walk = new SqliteWalk<>(runner, plan, chunks.get());
                SqliteLooks looks = new SqliteLooks(runner, scan.collection(), plan.ways())) {
            SqliteLooks.@Nullable Place place = byTurns(walk, looks);
            return place == null ? walk.chunk() : sorted(place.way().orElse(null));
        }
    }

    /**
     * How the documents are found.
     *
     * @param way null where that is left to SQLite
     * @param sql by which statement; of several ranges, by that of the first
     */
    record Choice(ScanPlan.@Nullable Way way, Sql sql) {}

    /** Chooses as {@link #run} does, and leaves it at that. */
    Choice choose() throws SQLException {
        if (plan.isServed()) {
            return alongTheOrder(false);
        }
        if (SqliteWays.areTooMany(plan.ways())) {
            return plainly();
        }
        if (plan.inOrder() == null && plan.ways().isEmpty()) {
            return at(SqliteLooks.Place.TABLE);
        }
        try (SqliteWalk<C> walk = new SqliteWalk<>(runner, plan, chunks.get());
                SqliteLooks looks = new SqliteLooks(runner, scan.collection(), plan.ways())) {
            SqliteLooks.@Nullable Place place = byTurns(walk, looks);
            return place == null ? alongTheOrder(true) : at(place);
        }
    }

    Choice plainly() {
        return new Choice(null, SqliteScans.plain(plan, scan.ranges().get(0), scan.maxDocuments()));
    }

    private Choice alongTheOrder(boolean pauses) {
        IndexPath inOrder = Objects.requireNonNull(plan.inOrder(), "a way in order");
        Range range = scan.ranges().get(0);
        // Along the id, SQLite searches for the ones of a list too.
        IndexPath way = inOrder instanceof IndexPath.Stretch stretch
                ? new IndexPath.Stretch(stretch.index(), plan.held())
                : inOrder;
        return new Choice(
                new ScanPlan.Way(List.of(way), false),
                pauses ? SqliteScans.walk(plan, range) : SqliteScans.inOrder(plan, range, scan.maxDocuments()));
    }

    private Choice at(SqliteLooks.Place place) {
        return new Choice(
                new ScanPlan.Way(place.way().map(List::of).orElse(List.of()), true),
                SqliteScans.sorted(plan, place.way().orElse(null), scan.maxDocuments()));
    }

    /** Returns where the documents are to be looked for; null if the walk was at its end before that was known. */
    private SqliteLooks.@Nullable Place byTurns(SqliteWalk<C> walk, SqliteLooks looks) throws SQLException {
        long wanted = scan.maxDocuments() + 1L;
        for (long depth = wanted; true; depth = SqliteLooks.deeper(depth)) {
            SqliteLooks.@Nullable Place place = looks.shortest(depth);
            if (place != null) {
                return place;
            }
            // As far as that the next look costs less than what was done for it.
            long further = (depth + depth / 8) / walk.weight();
            if (plan.inOrder() != null && walk.ends(Math.max(further, FEW * wanted))) {
                return null;
            }
        }
    }

    private C inOrder() throws SQLException {
        SqliteTaker<C> chunk = chunks.get();
        for (Range range : scan.ranges()) {
            if (!fill(chunk, SqliteScans.inOrder(plan, range, chunk.limit()))) {
                break;
            }
        }
        return chunk.build();
    }

    private C sorted(@Nullable IndexPath way) throws SQLException {
        SqliteTaker<C> chunk = chunks.get();
        fill(chunk, SqliteScans.sorted(plan, way, chunk.limit()));
        return chunk.build();
    }

    /** As SQLite likes: if somebody has dropped an index of ours, or there are too many ways. */
    C plain() throws SQLException {
        SqliteTaker<C> chunk = chunks.get();
        for (Range range : scan.ranges()) {
            if (!fill(chunk, SqliteScans.plain(plan, range, chunk.limit()))) {
                break;
            }
        }
        return chunk.build();
    }

    /** Returns whether there is room left. */
    private boolean fill(SqliteTaker<C> chunk, Sql sql) throws SQLException {
        try (ResultSet row = runner.query(sql)) {
            while (row.next()) {
                if (!chunk.hasRoom()) {
                    return false;
                }
                chunk.take(row);
            }
        }
        return true;
    }
}
