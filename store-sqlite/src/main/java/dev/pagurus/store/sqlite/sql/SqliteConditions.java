package dev.pagurus.store.sqlite.sql;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.sqlite.connect.Sql;
import java.util.List;

/**
 * Writes a condition as SQL. Every value is bound. No word of ours may be the name of a collection or field: the alias has
 * a $, and "true" is written 1, because SQLite would take it for a column of that name.
 */
public final class SqliteConditions {

    private SqliteConditions() {}

    public static void append(Sql sql, CollectionDefinition collection, Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            sql.append(quoted(compare.field()))
                    .append(" " + compare.operator().sql() + " ")
                    .bind(compare.value());
        } else if (condition instanceof Condition.In in) {
            sql.append(quoted(in.field())).append(" in ").bindAll(in.values());
        } else if (condition instanceof Condition.NotIn in) {
            sql.append("(" + quoted(in.field()) + " is null or " + quoted(in.field()) + " not in ")
                    .bindAll(in.values())
                    .append(")");
        } else if (condition instanceof Condition.IsNull isNull) {
            sql.append(quoted(isNull.field())).append(" is null");
        } else if (condition instanceof Condition.IsNotNull isNotNull) {
            sql.append(quoted(isNotNull.field())).append(" is not null");
        } else if (condition instanceof Condition.And and) {
            join(sql, collection, and.conditions(), " and ", "1");
        } else if (condition instanceof Condition.Or or) {
            join(sql, collection, or.conditions(), " or ", "0");
        } else {
            appendMany(sql, collection, condition);
        }
    }

    /** Conditions on the table of a many-field. A list of ids is the form whose worst case is best; see DESIGN.md. */
    private static void appendMany(Sql sql, CollectionDefinition collection, Condition condition) {
        if (condition instanceof Condition.ContainsAny contains) {
            sql.append("id in (select id from " + SqliteNames.manyTable(collection, contains.field())
                            + " where value in ")
                    .bindAll(contains.values())
                    .append(")");
        } else if (condition instanceof Condition.ContainsNone contains) {
            sql.append("not " + existsMany(collection, contains.field()) + " and many$.value in ")
                    .bindAll(contains.values())
                    .append(")");
        } else if (condition instanceof Condition.IsEmpty isEmpty) {
            sql.append("not " + existsMany(collection, isEmpty.field()) + ")");
        } else if (condition instanceof Condition.IsNotEmpty isNotEmpty) {
            sql.append(existsMany(collection, isNotEmpty.field()) + ")");
        } else {
            throw new IllegalArgumentException("unknown condition: " + condition);
        }
    }

    private static String existsMany(CollectionDefinition collection, String field) {
        return "exists (select 1 from " + SqliteNames.manyTable(collection, field) + " many$ where many$.id = "
                + SqliteNames.table(collection) + ".id";
    }

    private static void join(
            Sql sql, CollectionDefinition collection, List<Condition> conditions, String operator, String ifNone) {
        if (conditions.isEmpty()) {
            sql.append(ifNone);
            return;
        }
        sql.append("(");
        for (int i = 0; i < conditions.size(); i++) {
            sql.append(i == 0 ? "" : operator);
            append(sql, collection, conditions.get(i));
        }
        sql.append(")");
    }
}
