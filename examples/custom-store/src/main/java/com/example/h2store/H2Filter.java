package com.example.h2store;

import static com.example.h2store.H2Columns.quoted;

import dev.pagurus.store.spi.*;
import java.util.ArrayList;
import java.util.List;

/** A condition as SQL, with the values for its question marks. */
final class H2Filter {

    private final CollectionDefinition collection;
    private final StringBuilder sql;
    private final List<Object> values = new ArrayList<>();

    H2Filter(CollectionDefinition collection, Condition condition) {
        this.collection = collection;
        this.sql = new StringBuilder(" from " + H2Columns.table(collection) + " where ");
        add(condition);
    }

    /** Returns the documents that match, as the part of a statement that begins with {@code from}. */
    String from() {
        return sql.toString();
    }

    Object[] values() {
        return values.toArray();
    }

    private void add(Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            add(quoted(compare.field()) + " " + compare.operator().sql() + " ", List.of(compare.value()), "");
        } else if (condition instanceof Condition.In in) {
            add(quoted(in.field()) + " in (", in.values(), ")");
        } else if (condition instanceof Condition.NotIn in) {
            add("(" + quoted(in.field()) + " is null or " + quoted(in.field()) + " not in (", in.values(), "))");
        } else if (condition instanceof Condition.IsNull isNull) {
            sql.append(quoted(isNull.field()) + " is null");
        } else if (condition instanceof Condition.IsNotNull isNotNull) {
            sql.append(quoted(isNotNull.field()) + " is not null");
        } else if (condition instanceof Condition.ContainsAny any) {
            add(many("", any.field()) + " where item in (", any.values(), "))");
        } else if (condition instanceof Condition.ContainsNone none) {
            add(many("not ", none.field()) + " where item in (", none.values(), "))");
        } else if (condition instanceof Condition.IsEmpty isEmpty) {
            sql.append(many("not ", isEmpty.field()) + ")");
        } else if (condition instanceof Condition.IsNotEmpty isNotEmpty) {
            sql.append(many("", isNotEmpty.field()) + ")");
        } else if (condition instanceof Condition.And and) {
            join(and.conditions(), " and ", "true");
        } else if (condition instanceof Condition.Or or) {
            join(or.conditions(), " or ", "false");
        }
    }

    private String many(String not, String field) {
        return "id " + not + "in (select id from " + H2Columns.beside(collection, field);
    }

    private void add(String before, List<?> several, String after) {
        sql.append(before).append("?").append(", ?".repeat(several.size() - 1)).append(after);
        several.forEach(value -> values.add(H2Columns.stored(value)));
    }

    private void join(List<Condition> conditions, String operator, String ifNone) {
        sql.append("(").append(conditions.isEmpty() ? ifNone : "");
        for (int i = 0; i < conditions.size(); i++) {
            sql.append(i == 0 ? "" : operator);
            add(conditions.get(i));
        }
        sql.append(")");
    }
}
