package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresConditions;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What is looked for, in pieces of SQL. Names given to columns have a {@code $}, which no field has: {@code order by} takes
 * the name of a result for that before it takes it for a column of the table.
 *
 * @param table the table's name as SQL
 * @param order none where only the filter counts
 * @param limit how many to find at most; 0 for all
 * @param fields what is taken along of each document, in place of its place in the table; none for the place
 * @param instant by which it is judged what has expired
 */
record PostgresSearch(
        String table,
        CollectionDefinition collection,
        Condition filter,
        List<Sort> order,
        List<Range> ranges,
        int limit,
        List<String> fields,
        PostgresInstant instant) {

    /** Returns what looks for the documents of a scan. */
    static PostgresSearch of(String table, Scan scan, List<String> fields, PostgresInstant instant) {
        return new PostgresSearch(
                table,
                scan.collection(),
                scan.filter(),
                scan.order(),
                scan.ranges(),
                scan.maxDocuments() + 1,
                fields,
                instant);
    }

    /** Returns what is taken along, as columns of a result: {@code ctid as place$, id as id$}, or {@code "title" as f$0}. */
    String place() {
        return fields.isEmpty()
                ? "ctid as place$, id as id$"
                : IntStream.range(0, fields.size())
                        .mapToObj(i -> quoted(fields.get(i)) + " as f$" + i)
                        .collect(Collectors.joining(", "));
    }

    /** Returns the same columns, of a part of the statement. */
    String placeNames() {
        return fields.isEmpty()
                ? "place$, id$"
                : IntStream.range(0, fields.size()).mapToObj(i -> "f$" + i).collect(Collectors.joining(", "));
    }

    /** Returns a null for each of them. */
    String noPlace() {
        return String.join(", ", Collections.nCopies(fields.isEmpty() ? 2 : fields.size(), "null"));
    }

    /** Returns the values that order, as columns of a result: {@code , "at" as o$0, "id" as o$1}. */
    String orderColumns() {
        return IntStream.range(0, order.size())
                .mapToObj(i -> ", " + quoted(order.get(i).field()) + " as o$" + i)
                .collect(Collectors.joining());
    }

    /** Returns the same columns, of a part of the statement. */
    String orderNames(String of) {
        return IntStream.range(0, order.size())
                .mapToObj(i -> ", " + of + "o$" + i)
                .collect(Collectors.joining());
    }

    /** Returns how results with these columns are ordered. */
    String orderTerms(String of) {
        return IntStream.range(0, order.size())
                .mapToObj(i -> of + "o$" + i + PostgresStatements.direction(order.get(i)))
                .collect(Collectors.joining(", "));
    }

    /** Returns {@code order by} and {@code limit} for the best of some results. */
    String best() {
        return order.isEmpty() ? "" : " order by " + orderTerms("") + " limit " + limit;
    }

    /** Appends a condition. */
    void condition(Sql sql, Condition condition) {
        new PostgresConditions(collection, sql).append(condition);
    }

    /** Appends that a document has not expired, and "and", where documents expire: in what is found, not on the ways to it. */
    void unexpired(Sql sql) {
        instant.unexpired(sql, collection);
    }

    /** Appends conditions that hold together. */
    void conditions(Sql sql, List<Condition> conditions) {
        condition(sql, new Condition.And(conditions));
    }

    /** Appends what the documents of a range are like, each part with an "and" before it. */
    void andRange(Sql sql, Range range) {
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

    /** Appends whether a document that is within some bounds matches, and is in one of the ranges. */
    void fits(Sql sql, List<Condition> bounds) {
        List<Condition> all = filter instanceof Condition.And and ? and.conditions() : List.of(filter);
        // What is known already is not asked again, of so many.
        List<Condition> rest =
                all.stream().filter(condition -> !bounds.contains(condition)).toList();
        sql.append("(");
        unexpired(sql);
        sql.append("true");
        for (Condition condition : rest) {
            sql.append(" and (");
            condition(sql, condition);
            sql.append(")");
        }
        sql.append(" and (");
        inRanges(sql);
        sql.append("))");
    }

    /** Appends that a document is in one of the ranges. */
    void inRanges(Sql sql) {
        for (int i = 0; i < ranges.size(); i++) {
            sql.append(i == 0 ? "(true" : ") or (true");
            andRange(sql, ranges.get(i));
        }
        sql.append(")");
    }
}
