package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresConditions;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresServed;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL that finds documents: what depends on a filter and an order, so that it is made for each call. */
public final class PostgresScans {

    /** So few documents are seldom so large that their bytes must be counted, which costs a fifth of a page. */
    static final int FEW = 100;

    private final PostgresNames names;

    public PostgresScans(PostgresNames names) {
        this.names = names;
    }

    /**
     * The documents of a scan, range after range in one statement, with the values of the order's terms before the body.
     * Each range is read along its index and no further than the limit; what is found of several is sorted, of one it is
     * in order. Where an index serves it, the limit is part of the text, and the server plans it once. Anywhere else the
     * limit is a parameter: not knowing that few rows are asked for, the server plans for the values of each call, of
     * which one may be rare and another common.
     *
     * @param counted whether bodies come until their bytes pass the limit, and of the document after that only the rest;
     *     otherwise all come but those of which {@link #FEW} might pass it
     */
    public Sql documents(Scan scan, boolean counted) {
        boolean several = scan.ranges().size() > 1;
        int limit = scan.maxDocuments() + 1;
        boolean served = PostgresServed.byAnIndex(scan);
        String order = (several ? "range, " : "") + outerOrder(scan.order());
        Sql sql = new Sql().append("select id, version, created_at, ");
        for (int i = 0; i < scan.order().size(); i++) {
            sql.append("o" + i + ", ");
        }
        if (counted) {
            sql.append("case when before < " + scan.maxBytes()
                    + " then body end from (select *, coalesce(sum(octet_length(body)) over (order by " + order
                    + " rows between unbounded preceding and 1 preceding), 0) as before from (");
        } else {
            sql.append("case when octet_length(body) <= " + scan.maxBytes() / (FEW + 1) + " then body end from (");
        }
        for (int i = 0; i < scan.ranges().size(); i++) {
            sql.append(several ? (i == 0 ? "(" : " union all (") : "");
            range(sql, scan, i);
            limit(sql, limit, served);
            sql.append(several ? ")" : "");
        }
        if (several) {
            sql.append(") ranges order by " + order);
            limit(sql, limit, served);
        } else {
            sql.append(") found");
        }
        if (counted) {
            sql.append(") counted");
        }
        return counted || !several ? sql.append(" order by " + order) : sql;
    }

    private static void limit(Sql sql, int limit, boolean served) {
        sql.append(" limit ");
        if (served) {
            sql.append(Integer.toString(limit));
        } else {
            sql.bind(limit);
        }
    }

    private void range(Sql sql, Scan scan, int number) {
        sql.append("select " + number + " as range, id, version, created_at, body");
        for (int i = 0; i < scan.order().size(); i++) {
            sql.append(", " + quoted(scan.order().get(i).field()) + " as o" + i);
        }
        sql.append(" from " + names.table(scan.collection()) + where(scan.collection()));
        new PostgresConditions(scan.collection(), sql).append(scan.filter());
        append(sql, scan.order(), scan.ranges().get(number));
        sql.append(" order by " + PostgresStatements.terms(scan.order()));
    }

    private static String outerOrder(List<Sort> order) {
        StringBuilder terms = new StringBuilder();
        for (int i = 0; i < order.size(); i++) {
            terms.append(i == 0 ? "" : ", ").append("o").append(i).append(PostgresStatements.direction(order.get(i)));
        }
        return terms.toString();
    }

    public Sql count(CollectionDefinition collection, Condition filter) {
        Sql sql = new Sql().append("select count(*) from " + names.table(collection) + where(collection));
        new PostgresConditions(collection, sql).append(filter);
        return sql;
    }

    Sql countBy(CollectionDefinition collection, Condition filter, String field) {
        boolean many = collection.kind(field) == FieldKind.MANY;
        Sql sql = new Sql()
                .append("select " + (many ? "many$.value" : quoted(field)) + ", count(*) from "
                        + names.table(collection) + (many ? ", unnest(" + quoted(field) + ") as many$(value)" : "")
                        + where(collection));
        new PostgresConditions(collection, sql).append(filter);
        return sql.append(" group by 1");
    }

    /** Deletes and counts. */
    public Sql delete(CollectionDefinition collection, Condition filter) {
        Sql sql = new Sql().append("with gone as (delete from " + names.table(collection) + where(collection));
        new PostgresConditions(collection, sql).append(filter);
        return sql.append(" returning version) select count(*), max(version) from gone");
    }

    /** Refuses a process with an old definition: a column may hold something else by now, or nothing. */
    private String where(CollectionDefinition collection) {
        return " where " + names.requireRevision(collection) + " and ";
    }

    private static void append(Sql sql, List<Sort> order, Range range) {
        int next = range.equal().size();
        for (int i = 0; i < next; i++) {
            Object value = range.equal().get(i);
            sql.append(" and " + quoted(order.get(i).field()));
            if (value == null) {
                sql.append(" is null");
            } else {
                sql.append(" = ").bind(value);
            }
        }
        if (range.tail() instanceof Range.Tail.IsNull) {
            sql.append(" and " + quoted(order.get(next).field()) + " is null");
        } else if (range.tail() instanceof Range.Tail.NotNull) {
            sql.append(" and " + quoted(order.get(next).field()) + " is not null");
        } else if (range.tail() instanceof Range.Tail.After after) {
            List<Sort> row = order.subList(next, next + after.values().size());
            sql.append(row.stream().map(term -> quoted(term.field())).collect(Collectors.joining(", ", " and (", ")")))
                    .append(row.get(0).descending() ? " < " : " > ")
                    .bindRow(after.values());
        }
    }
}
