package dev.pagurus.store.postgres.changes;

import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredChange;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of the log that a position has not seen, with the documents as they are now. */
final class PostgresChangePage {

    /** A character is three bytes of UTF-8 at most, or half of four. */
    private static final int MOST_BYTES = 3;

    private static final Comparator<Row> IN_ORDER =
            Comparator.comparing(Row::fresh).thenComparingLong(Row::tx).thenComparingLong(Row::seq);

    private final List<Row> rows = new ArrayList<>();
    private boolean large;
    private boolean raised;

    /**
     * A row.
     *
     * @param fresh whether it is behind the batch that the position was in
     * @param late whether it came after later ones
     */
    record Row(boolean fresh, boolean late, long tx, long seq, long version, Seen document) {

        String collection() {
            return document.collection;
        }
    }

    /** A document that changed, and what the page shows of it. */
    private static final class Seen {

        private final String collection;
        private final String id;
        private @Nullable StoredDocument now;

        /** The length of a body that is not here. */
        private long length;

        private @Nullable StoredChange last;

        Seen(String collection, String id) {
            this.collection = collection;
            this.id = id;
        }
    }

    private PostgresChangePage() {}

    List<Row> rows() {
        return rows;
    }

    /**
     * Returns the changes, those of one document in the order of its versions. Where a document was deleted and made anew by a
     * transaction that had its number before, and had not looked for that document, the log has the new one first: it is shown
     * behind the deletion. Whoever saw it has a number greater than both. If it was shown on an earlier page of the batch, the
     * deletion, which was written down before something on that page, is shown as what came of it.
     *
     * <p>That may be newer than what the log has of the document behind it, here and behind this page. So from then on all is
     * shown as what came of it, until a page is complete.
     *
     * @param shown the greatest number that was shown of the batch before; {@link PostgresPosition.Batch#ALL} if something was
     *     shown as newer than the log has it
     */
    List<StoredChange> changes(long shown) {
        List<StoredChange> changes = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Seen document = row.document();
            StoredDocument now = document.now;
            long latest = now == null ? row.version() : now.version();
            boolean isNewer = latest > row.version()
                    && (raised || shown == PostgresPosition.Batch.ALL || (!row.fresh() && row.seq() < shown));
            raised |= isNewer;
            long version = isNewer ? latest : row.version();
            StoredChange change = new StoredChange(document.collection, document.id, version, now);
            StoredChange before = document.last;
            changes.add(change);
            if (before != null && before.version() > version) {
                changes.remove(changes.lastIndexOf(before));
                changes.add(before);
            } else {
                document.last = change;
            }
        }
        return changes;
    }

    /** Returns the greatest number that is shown of a batch; all, if something is shown as newer than the log has it. */
    long highest(boolean fresh) {
        if (raised) {
            return PostgresPosition.Batch.ALL;
        }
        return rows.stream()
                .filter(row -> row.fresh() == fresh)
                .mapToLong(Row::seq)
                .max()
                .orElse(0);
    }

    /** Returns those that came after later ones. */
    List<Long> lateTransactions() {
        return rows.stream().filter(Row::late).map(Row::tx).distinct().toList();
    }

    /** Says whether bodies are left out, for they are too long for one page. */
    boolean isTooLarge() {
        return large;
    }

    /** Returns what asks for as many of these as fit; one fits. */
    ChangeScan fitting(ChangeScan scan) {
        int count = 0;
        long bytes = 0;
        long allowed = 1;
        for (Row row : rows) {
            if (count > 0 && bytes >= scan.maxBytes()) {
                break;
            }
            StoredDocument now = row.document().now;
            long length = now == null ? row.document().length : now.body().length();
            count++;
            bytes += length;
            allowed += now == null ? length : length * MOST_BYTES;
        }
        return new ChangeScan(scan.collections(), scan.after(), count, count == 1 ? Long.MAX_VALUE : allowed);
    }

    static PostgresChangePage read(ResultSet row, List<CollectionDefinition> collections) throws SQLException {
        PostgresChangePage page = new PostgresChangePage();
        List<Map<String, Seen>> documents = new ArrayList<>(collections.size());
        collections.forEach(one -> documents.add(new HashMap<>()));
        while (row.next()) {
            int kind = row.getInt(1);
            int collection = kind < 0 ? -1 - kind : kind >> 2;
            Seen document = documents
                    .get(collection)
                    .computeIfAbsent(
                            row.getString(2),
                            id -> new Seen(collections.get(collection).name(), id));
            long version = row.getLong(3);
            String last = row.getString(5);
            if (kind >= 0) {
                page.rows.add(new Row(
                        (kind & 2) > 0, (kind & 1) > 0, Long.parseLong(last), row.getLong(4), version, document));
            } else if (last == null) {
                document.length = row.getLong(4);
                page.large = true;
            } else {
                document.now = new StoredDocument(document.id, version, row.getLong(4), last);
            }
        }
        // Nobody promises in which order the parts of a union come.
        page.rows.sort(IN_ORDER);
        return page;
    }
}
