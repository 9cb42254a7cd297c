package dev.pagurus.store.sqlite;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.sqlite.connect.Sql;
import dev.pagurus.store.sqlite.sql.SqliteConditions;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements that somebody who knows the data could write for a search: led by each of the indexes, by that of a
 * many-field, by none, or as SQLite likes; whole documents at once, or ids first.
 */
final class HandWritten {

    /** From where, with what condition. */
    private record Lead(String from, Sql condition) {

        Sql after(String text) {
            return new Sql().append(text + from + " where ").append(condition);
        }
    }

    private HandWritten() {}

    static List<Sql> pages(Scan scan) {
        String table = SqliteNames.table(scan.collection());
        String order = " order by "
                + SqliteStatements.terms(scan.order()).replace("`id`", table + ".id") + " limit "
                + (scan.maxDocuments() + 1);
        List<Condition> parts = scan.parts();
        List<Sql> pages = new ArrayList<>();
        for (Lead lead : leads(scan.collection(), parts.size() == 1 ? parts.get(0) : new Condition.Or(parts))) {
            pages.add(lead.after("select " + table + ".id, version, created_at, body")
                    .append(order));
            pages.add(lead.after(
                            "select d$.id, d$.version, d$.created_at, d$.body from (select " + table + "._rowid_ as r$")
                    .append(order + ") cross join " + table + " d$ on d$._rowid_ = r$"));
        }
        return pages;
    }

    static List<Sql> counts(CollectionDefinition collection, Condition filter) {
        List<Sql> counts = new ArrayList<>();
        leads(collection, filter).forEach(lead -> counts.add(lead.after("select count(*)")));
        if (filter instanceof Condition.Or or && or.conditions().size() == 2) {
            counts.add(sum(collection, or.conditions().get(0), or.conditions().get(1)));
        }
        return counts;
    }

    /** Those of one side, those of the other, less those of both. */
    private static Sql sum(CollectionDefinition collection, Condition one, Condition other) {
        Sql sql = new Sql();
        String next = "select (select count(*) from ";
        for (Condition side : List.of(one, other, new Condition.And(List.of(one, other)))) {
            sql.append(next + SqliteNames.table(collection) + " where ");
            SqliteConditions.lead(sql, collection, side);
            next = (side == one ? ") + " : ") - ") + "(select count(*) from ";
        }
        return sql.append(")");
    }

    private static List<Lead> leads(CollectionDefinition collection, Condition filter) {
        Sql leading = new Sql();
        SqliteConditions.lead(leading, collection, filter);
        Sql checked = new Sql();
        SqliteConditions.check(checked, collection, filter);
        String from = " from " + SqliteNames.table(collection);
        List<Lead> leads = new ArrayList<>();
        leads.add(new Lead(from, leading));
        leads.add(new Lead(from, checked));
        leads.add(new Lead(from + " not indexed", checked));
        String ids = " indexed by " + SqliteNames.index(collection, null);
        leads.add(new Lead(from + ids, leading));
        leads.add(new Lead(from + ids, checked));
        for (IndexDefinition index : collection.indexes()) {
            if (collection.kind(index.terms().get(0).field()) != FieldKind.MANY) {
                String by = from + " indexed by " + SqliteNames.index(collection, index);
                leads.add(new Lead(by, leading));
                leads.add(new Lead(by, checked));
            }
        }
        for (Condition part : IndexPaths.parts(filter)) {
            if (part instanceof Condition.ContainsAny many && many.values().size() == 1) {
                Sql one = new Sql()
                        .append("many$.value = ")
                        .bind(many.values().get(0))
                        .append(" and ");
                for (Condition other : IndexPaths.parts(filter)) {
                    if (other != part) {
                        SqliteConditions.check(one, collection, other);
                        one.append(" and ");
                    }
                }
                leads.add(new Lead(
                        " from " + SqliteNames.manyIndex(collection, many.field()) + " many$ cross join "
                                + SqliteNames.table(collection) + " on " + SqliteNames.table(collection)
                                + ".id = many$.id",
                        one.append("1")));
            }
        }
        return leads;
    }
}
