package dev.pagurus.store.postgres.changes;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.ChangeScan;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of a page: the rows of the log that a position has not seen, then the documents that they name, each once. Documents
 * are looked for by all their ids at a time, and put beside the changes in Java: to join them there, row by row, takes the
 * server twice as long.
 *
 * <p>A row is of a kind: 4 for each collection before its own, and 2 if it is behind the batch that the position was in, and 1
 * if it came after later ones, with id, version, number and transaction; or, for a document, -1 less one for each collection
 * before its own, with id, version, time of creation and body. Where the bodies come to more than a page may have, those of the
 * larger documents are left out, and their lengths stand where the times do.
 */
final class PostgresPageStatement {

    private final PostgresNames names;
    private final ChangeScan scan;
    private final PostgresInstant instant;
    private final @Nullable PostgresPosition position;
    private final Sql sql = new Sql();

    private PostgresPageStatement(
            PostgresNames names, ChangeScan scan, @Nullable PostgresPosition position, PostgresInstant instant) {
        this.names = names;
        this.scan = scan;
        this.position = position;
        this.instant = instant;
    }

    static Sql sql(PostgresNames names, ChangeScan scan, @Nullable PostgresPosition position, PostgresInstant instant) {
        return new PostgresPageStatement(names, scan, position, instant).whole();
    }

    private Sql whole() {
        log();
        sql.append(", total as (select sum(octet_length(body)) as bytes from ("
                + each(i -> "select body" + documents(i)) + ") every) select ");
        if (scan.collections().size() > 1) {
            sql.append("4 * (array_position(")
                    .bind(PostgresLogHead.names(scan.collections()))
                    .append("::text[], collection) - 1) + ");
        }
        // What is small fits in any case, so that the total is seldom asked for.
        String fits = "octet_length(body) < " + scan.maxBytes() / scan.maxChanges() + " or (select bytes from total) < "
                + scan.maxBytes();
        return sql.append(
                "case when fresh then 2 else 0 end + late::int, id, version, seq, tx::text from page union all "
                        + each(i -> "select " + (-1 - i) + ", id, version, case when " + fits
                                + " then created_at else octet_length(body) end, case when " + fits + " then body end"
                                + documents(i)));
    }

    private String each(IntFunction<String> branch) {
        return IntStream.range(0, scan.collections().size())
                .mapToObj(branch)
                .collect(Collectors.joining(" union all "));
    }

    private String documents(int collection) {
        String name = PostgresNames.literal(scan.collections().get(collection).name());
        Sql unexpired = new Sql();
        instant.unexpired(unexpired, scan.collections().get(collection));
        return " from " + names.table(scan.collections().get(collection)) + " where " + unexpired.text()
                + "id = any(array(select p.id from page p where p.collection = " + name + "))";
    }

    /** What is behind a batch is looked for where the batch leaves room. */
    private void log() {
        PostgresPosition.@Nullable Batch batch = position == null ? null : position.batch();
        PostgresTransactions base = position == null ? PostgresTransactions.NONE : position.base();
        if (batch == null) {
            sql.append("with page as materialized (select false as fresh, u.* from (");
            unseen(base, null);
            sql.append(") u)");
        } else {
            sql.append("with batch as materialized (");
            unseen(base, batch);
            sql.append(
                    "), page as materialized ((select false as fresh, * from batch) union all (select true, u.* from (");
            unseen(batch.shows(), null);
            sql.append(") u where (select count(*) from batch) < " + scan.maxChanges() + ") order by 1, 2, 3 limit "
                    + scan.maxChanges() + ")");
        }
    }

    /** Each transaction that was open is looked for by itself, so that all is read in order and no further than the limit. */
    private void unseen(PostgresTransactions seen, PostgresPosition.@Nullable Batch within) {
        String log = PostgresLog.table(names);
        String first = " order by tx, seq limit " + scan.maxChanges();
        sql.append("select tx, seq, late, collection, id, version from (");
        if (!seen.open().isEmpty()) {
            sql.append("(select l.* from unnest(")
                    .bind(seen.openTexts())
                    .append(
                            "::text[]::xid8[]) as open (tx) cross join lateral (select tx, seq, true as late, collection, id,"
                                    + " version from " + log + " where tx = open.tx");
            conditions(within);
            sql.append(first + ") l) union all ");
        }
        sql.append("(select tx, seq, false as late, collection, id, version from " + log + " where tx >= ")
                .bind(Long.toString(seen.next()))
                .append("::text::xid8");
        conditions(within);
        sql.append(first + ")) unseen" + first);
    }

    private void conditions(PostgresPosition.@Nullable Batch within) {
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
}
