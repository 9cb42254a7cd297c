package dev.pagurus.store.sqlite.sql;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.sqlite.connect.Sql;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a condition as SQL. Every value is bound. No word of ours may be the name of a collection or field: the alias has
 * a $, and "true" is written 1, because SQLite would take it for a column of that name.
 *
 * <p>A condition either leads to documents along an index, or is only checked in each document that something else leads
 * to. What is checked has a plus sign before its columns, for which SQLite uses no index.
 */
public final class SqliteConditions {

    private static final String CHECKED = "+";

    private SqliteConditions() {}

    /** Writes what may lead along an index. */
    public static void lead(Sql sql, CollectionDefinition collection, Condition condition) {
        append(sql, collection, condition, "");
    }

    /** Writes what is only checked. */
    public static void check(Sql sql, CollectionDefinition collection, Condition condition) {
        append(sql, collection, condition, CHECKED);
    }

    /** Writes that a document has not expired, and "and", where documents expire; no index leads along it. */
    public static void unexpired(Sql sql, CollectionDefinition collection) {
        if (collection.expiry() != null) {
            sql.append(SqliteNames.unexpired(collection, "") + " ").bindNow().append(" and ");
        }
    }

    private static void append(Sql sql, CollectionDefinition collection, Condition condition, String sign) {
        if (condition instanceof Condition.Compare compare) {
            sql.append(sign + quoted(compare.field()))
                    .append(" " + compare.operator().sql() + " ")
                    .bind(compare.value());
        } else if (condition instanceof Condition.In in) {
            sql.append(sign + quoted(in.field())).append(" in ").bindAll(in.values());
        } else if (condition instanceof Condition.NotIn in) {
            String column = sign + quoted(in.field());
            sql.append("(" + column + " is null or " + column + " not in ")
                    .bindAll(in.values())
                    .append(")");
        } else if (condition instanceof Condition.IsNull isNull) {
            sql.append(sign + quoted(isNull.field())).append(" is null");
        } else if (condition instanceof Condition.IsNotNull isNotNull) {
            sql.append(sign + quoted(isNotNull.field())).append(" is not null");
        } else if (condition instanceof Condition.And and) {
            join(sql, collection, and.conditions(), sign, " and ", "1");
        } else if (condition instanceof Condition.Or or) {
            join(sql, collection, or.conditions(), sign, " or ", "0");
        } else {
            appendMany(sql, collection, condition, sign);
        }
    }

    /** Conditions on a many-field: in its index a list of ids leads to documents, and each document is asked otherwise. */
    private static void appendMany(Sql sql, CollectionDefinition collection, Condition condition, String sign) {
        if (condition instanceof Condition.ContainsAny || condition instanceof Condition.ContainsPrefix) {
            @Nullable
            String index = sign.equals(CHECKED) ? null : SqliteNames.manyIndex(collection, fieldOf(condition));
            if (index == null) {
                has(sql, collection, condition);
            } else {
                sql.append("id in (select id from " + index + " where ");
                isOne(sql, "", condition);
                sql.append(")");
            }
        } else if (condition instanceof Condition.ContainsNone none) {
            has(sql.append("not "), collection, new Condition.ContainsAny(none.field(), none.values()));
        } else if (condition instanceof Condition.ContainsNoPrefix none) {
            has(sql.append("not "), collection, new Condition.ContainsPrefix(none.field(), none.prefix(), none.end()));
        } else if (condition instanceof Condition.IsEmpty isEmpty) {
            sql.append(sign + quoted(isEmpty.field()) + " = '[]'");
        } else if (condition instanceof Condition.IsNotEmpty isNotEmpty) {
            sql.append(sign + quoted(isNotEmpty.field()) + " <> '[]'");
        } else {
            throw new IllegalArgumentException("unknown condition: " + condition);
        }
    }

    /**
     * The index is asked for some values of one document. The document itself is asked where there is none, and for a
     * beginning: in the index, the words that have it lie together and not by document.
     */
    private static void has(Sql sql, CollectionDefinition collection, Condition condition) {
        String table = SqliteNames.table(collection);
        String field = fieldOf(condition);
        @Nullable
        String index = condition instanceof Condition.ContainsPrefix ? null : SqliteNames.manyIndex(collection, field);
        sql.append(
                index == null
                        ? "exists (select 1 from json_each(" + table + "." + quoted(field) + ") many$ where "
                        : "exists (select 1 from " + index + " many$ where many$.id = " + table + ".id and ");
        isOne(sql, "many$.", condition);
        sql.append(")");
    }

    /** What a value is like that is asked for. */
    private static void isOne(Sql sql, String of, Condition condition) {
        if (condition instanceof Condition.ContainsPrefix begun) {
            sql.append(of + "value >= ")
                    .bind(begun.prefix())
                    .append(" and " + of + "value < ")
                    .bind(begun.end());
        } else if (condition instanceof Condition.ContainsAny contains) {
            sql.append(of + "value in ").bindAll(contains.values());
        }
    }

    private static String fieldOf(Condition condition) {
        return condition instanceof Condition.ContainsAny contains
                ? contains.field()
                : ((Condition.ContainsPrefix) condition).field();
    }

    private static void join(
            Sql sql,
            CollectionDefinition collection,
            List<Condition> conditions,
            String sign,
            String operator,
            String ifNone) {
        if (conditions.isEmpty()) {
            sql.append(ifNone);
            return;
        }
        sql.append("(");
        for (int i = 0; i < conditions.size(); i++) {
            sql.append(i == 0 ? "" : operator);
            append(sql, collection, conditions.get(i), sign);
        }
        sql.append(")");
    }
}
