package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Range;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Goes along the way that is in order until a chunk is full; can pause, for what matches may lie at the far end. */
final class SqliteWalk<C> implements AutoCloseable {

    private static final long KILOBYTE = 1024;

    /** A page is of 4 KB, and no more of a long row is read than its first one. */
    private static final long HEAVIEST = 4;

    /** Of several words, an entry of the index that has not all of them costs next to nothing: no document is searched for. */
    private static final long OF_WORDS = 2;

    private final SqliteStatementRunner runner;
    private final SqlitePlan plan;
    private final SqliteTaker<C> taker;
    private final boolean looksUp;
    private final Iterator<Range> ranges;
    private final long words;
    private @Nullable ResultSet rows;
    private long passed;
    private long shown;
    private long shownBytes;

    SqliteWalk(SqliteStatementRunner runner, SqlitePlan plan, SqliteTaker<C> taker) {
        this.runner = runner;
        this.plan = plan;
        this.taker = taker;
        this.looksUp = plan.looksUp();
        this.ranges = plan.scan().ranges().iterator();
        long asked = plan.checked().stream()
                .filter(part -> isOfWords(plan.scan().collection(), SqliteWays.field(part)))
                .count();
        this.words = asked > 1 ? OF_WORDS : 0;
    }

    /**
     * How many entries of an index cost as much as a document on this walk: a long body has a page for itself, which is read
     * for what stands before it (5 to 7 µs at 3 KB).
     */
    long weight() {
        return words + (shown == 0 ? 1 : Math.min(HEAVIEST, 1 + shownBytes / shown / KILOBYTE));
    }

    private static boolean isOfWords(CollectionDefinition collection, String field) {
        return !field.isEmpty() && collection.kind(field).isWords();
    }

    /** Goes on until about so many documents were passed; returns whether the chunk is whole by then. */
    boolean ends(long documents) throws SQLException {
        while (passed < documents) {
            ResultSet row = rows;
            if (row == null) {
                if (!ranges.hasNext()) {
                    return true;
                }
                rows = runner.query(SqliteScans.walk(plan, ranges.next()));
            } else if (!row.next()) {
                close();
            } else if (isFull(row)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the chunk, which is whole. */
    C chunk() {
        return taker.build();
    }

    /** Takes a row, or only counts it; returns whether the chunk was full before. */
    private boolean isFull(ResultSet row) throws SQLException {
        int last = plan.head().width();
        // Whatever number a text is taken for, it is not decoded for that.
        row.getInt(last);
        if (row.wasNull()) {
            passed += SqliteScans.SHOWN;
            if (looksUp) {
                shown++;
                shownBytes += row.getLong(last + plan.scan().order().size() + 1);
            }
            return false;
        }
        passed++;
        if (!taker.hasRoom()) {
            return true;
        }
        taker.take(row);
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
