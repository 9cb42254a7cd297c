package dev.pagurus.store.postgres.changes;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredChange;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of the log that a position has not seen, with the documents as they are now. */
final class PostgresChangePage {

    static final PostgresChangePage NOTHING = new PostgresChangePage();

    private final List<Row> rows = new ArrayList<>();
    private boolean cut;

    /**
     * A row.
     *
     * @param fresh whether it is behind the batch that the position was in
     * @param late whether it came after later ones
     */
    record Row(boolean fresh, boolean late, long tx, long seq, StoredChange change) {}

    private PostgresChangePage() {}

    List<Row> rows() {
        return rows;
    }

    /**
     * Returns the changes. Where a document was deleted and made anew by a transaction that had its number before, and had not
     * looked for that document, the log has the new one first; it is shown behind the deletion. Whoever saw it has a number
     * greater than both.
     */
    List<StoredChange> changes() {
        List<StoredChange> changes = new ArrayList<>(rows.size());
        Map<List<String>, StoredChange> last = new HashMap<>();
        for (Row row : rows) {
            StoredChange change = row.change();
            changes.add(change);
            StoredChange before = last.put(List.of(change.collection(), change.id()), change);
            if (before != null && before.version() > change.version()) {
                changes.remove(changes.lastIndexOf(before));
                changes.add(before);
                last.put(List.of(change.collection(), change.id()), before);
            }
        }
        return changes;
    }

    /** Says whether bodies have reached the limit. */
    boolean isCut() {
        return cut;
    }

    /** Returns what asks for it. What is behind a batch is looked for where the batch leaves room. */
    static Sql sql(PostgresNames names, ChangeScan scan, @Nullable PostgresPosition position) {
        Sql sql = new Sql();
        PostgresPosition.@Nullable Batch batch = position == null ? null : position.batch();
        PostgresTransactions base = position == null ? PostgresTransactions.NONE : position.base();
        if (batch != null) {
            unseen(sql.append("with batch as materialized ("), names, scan, base, batch);
            sql.append(") ");
        }
        sql.append("select fresh, late, tx::text, seq, collection, id, version, current$, created_at, before$ >= "
                + scan.maxBytes() + ", case when before$ < " + scan.maxBytes() + " then body end from (select p.*,"
                + " d.version as current$, d.created_at, d.body, coalesce(sum(octet_length(d.body)) over (order by"
                + " p.fresh, p.tx, p.seq rows between unbounded preceding and 1 preceding), 0) as before$ from (");
        if (batch == null) {
            unseen(sql.append("select false as fresh, u.* from ("), names, scan, base, null);
            sql.append(") u");
        } else {
            sql.append("(select false as fresh, * from batch) union all (select true, u.* from (");
            unseen(sql, names, scan, batch.shows(), null);
            sql.append(") u where (select count(*) from batch) < " + scan.maxChanges() + ") order by 1, 2, 3 limit "
                    + scan.maxChanges());
        }
        sql.append(") p left join lateral ("
                + scan.collections().stream()
                        .map(one -> document(names, one))
                        .collect(Collectors.joining(" union all "))
                + ") d on true) counted order by fresh, counted.tx, seq");
        return sql;
    }

    private static String document(PostgresNames names, CollectionDefinition collection) {
        return "select version, created_at, body from " + names.table(collection)
                + " t where t.id = p.id and p.collection = " + PostgresNames.literal(collection.name());
    }

    /** Each transaction that was open is looked for by itself, so that all is read in order and no further than the limit. */
    private static void unseen(
            Sql sql,
            PostgresNames names,
            ChangeScan scan,
            PostgresTransactions seen,
            PostgresPosition.@Nullable Batch within) {
        String log = PostgresLog.table(names);
        String first = " order by tx, seq limit " + scan.maxChanges();
        sql.append("select tx, seq, late, collection, id, version from (");
        if (!seen.open().isEmpty()) {
            sql.append("(select l.* from unnest(")
                    .bind(seen.openTexts())
                    .append(
                            "::text[]::xid8[]) as open (tx) cross join lateral (select tx, seq, true as late, collection, id,"
                                    + " version from " + log + " where tx = open.tx");
            conditions(sql, scan, within);
            sql.append(first + ") l) union all ");
        }
        sql.append("(select tx, seq, false as late, collection, id, version from " + log + " where tx >= ")
                .bind(Long.toString(seen.next()))
                .append("::text::xid8");
        conditions(sql, scan, within);
        sql.append(first + ")) unseen" + first);
    }

    private static void conditions(Sql sql, ChangeScan scan, PostgresPosition.@Nullable Batch within) {
        sql.append(" and collection = any(")
                .bind(PostgresLogHead.names(scan.collections()))
                .append("::text[])");
        if (within != null) {
            sql.append(" and (tx, seq) > (")
                    .bind(Long.toString(within.tx()))
                    .append("::text::xid8, ")
                    .bind(within.seq())
                    .append("::bigint) and tx < ")
                    .bind(Long.toString(within.shows().next()))
                    .append("::text::xid8 and tx <> all(")
                    .bind(within.shows().openTexts())
                    .append("::text[]::xid8[])");
        }
    }

    static PostgresChangePage read(ResultSet row) throws SQLException {
        PostgresChangePage page = new PostgresChangePage();
        while (row.next()) {
            if (row.getBoolean(10)) {
                page.cut = true;
                return page;
            }
            String id = row.getString(6);
            long version = row.getLong(8);
            StoredDocument document =
                    row.wasNull() ? null : new StoredDocument(id, version, row.getLong(9), row.getString(11));
            page.rows.add(new Row(
                    row.getBoolean(1),
                    row.getBoolean(2),
                    Long.parseLong(row.getString(3)),
                    row.getLong(4),
                    new StoredChange(row.getString(5), id, row.getLong(7), document)));
        }
        return page;
    }
}
