package com.example.h2store;

import static com.example.h2store.H2Columns.*;

import dev.pagurus.store.spi.*;
import java.util.*;
import java.util.stream.Collectors;

/** A condition as SQL, with the values for its question marks. */
final class H2Filter {

    /** The documents that match, as the part of a statement that begins with {@code from}. */
    final String from;

    private final CollectionDefinition collection;
    private final List<Object> values = new ArrayList<>();

    H2Filter(CollectionDefinition collection, Condition condition) {
        this.collection = collection;
        this.from = " from " + table(collection) + " doc where " + sql(condition);
    }

    Object[] values() {
        return values.toArray();
    }

    private String sql(Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            return quoted(compare.field()) + " " + compare.operator().sql() + " " + bound(List.of(compare.value()));
        } else if (condition instanceof Condition.In in) {
            return quoted(in.field()) + " in " + bound(in.values());
        } else if (condition instanceof Condition.NotIn in) {
            return "(" + quoted(in.field()) + " is null or " + quoted(in.field()) + " not in " + bound(in.values()) + ")";
        } else if (condition instanceof Condition.IsNull isNull) {
            return quoted(isNull.field()) + " is null";
        } else if (condition instanceof Condition.IsNotNull isNotNull) {
            return quoted(isNotNull.field()) + " is not null";
        } else if (condition instanceof Condition.ContainsAny any) {
            return "exists " + many(any.field(), bound(any.values()));
        } else if (condition instanceof Condition.ContainsNone none) {
            return "not exists " + many(none.field(), bound(none.values()));
        } else if (condition instanceof Condition.IsEmpty isEmpty) {
            return "not exists " + many(isEmpty.field(), null);
        } else if (condition instanceof Condition.IsNotEmpty isNotEmpty) {
            return "exists " + many(isNotEmpty.field(), null);
        } else if (condition instanceof Condition.And and) {
            return and.conditions().stream().map(one -> " and " + sql(one)).collect(Collectors.joining("", "(true", ")"));
        }
        Condition.Or or = (Condition.Or) condition;
        return or.conditions().stream().map(one -> " or " + sql(one)).collect(Collectors.joining("", "(false", ")"));
    }

    /** Of each document: H2 runs a sub-query that does not name it for each one again while others write. */
    private String many(String field, String items) {
        String among = items == null ? "" : " and item in " + items;
        return "(select 1 from " + beside(collection, field) + " many where many.id = doc.id" + among + ")";
    }

    private String bound(List<?> several) {
        values.addAll(several);
        return marks(several.size());
    }
}
