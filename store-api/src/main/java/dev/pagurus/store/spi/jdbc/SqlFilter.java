package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A condition as SQL, with the values for its question marks. Every value is bound, every name quoted. Immutable. */
public final class SqlFilter {

    private final SqlDialect dialect;
    private final CollectionDefinition collection;
    private final List<Object> values = new ArrayList<>();
    private final String where;

    /** Writes a condition on the documents of a collection. */
    public SqlFilter(SqlDialect dialect, CollectionDefinition collection, Condition condition) {
        this.dialect = dialect;
        this.collection = collection;
        this.where = sql(condition);
    }

    /** Returns the documents that match, as the part of a statement that begins with {@code from}. */
    public String from() {
        return " from " + dialect.table(collection) + " where " + where;
    }

    /** Returns the condition itself. */
    public String where() {
        return where;
    }

    /** Returns the values for the question marks, as the dialect binds them. */
    public Object[] values() {
        return values.toArray();
    }

    private String sql(Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            return dialect.quoted(compare.field()) + " " + compare.operator().sql() + " " + mark(compare.value());
        } else if (condition instanceof Condition.In in) {
            return dialect.quoted(in.field()) + " in " + marks(in.values());
        } else if (condition instanceof Condition.NotIn in) {
            String column = dialect.quoted(in.field());
            return "(" + column + " is null or " + column + " not in " + marks(in.values()) + ")";
        } else if (condition instanceof Condition.IsNull isNull) {
            return dialect.quoted(isNull.field()) + " is null";
        } else if (condition instanceof Condition.IsNotNull isNotNull) {
            return dialect.quoted(isNotNull.field()) + " is not null";
        } else if (condition instanceof Condition.And and) {
            return joined("(1 = 1", " and ", and.conditions());
        } else if (condition instanceof Condition.Or or) {
            return joined("(1 = 0", " or ", or.conditions());
        } else if (condition instanceof Condition.ContainsAny any) {
            return "exists " + items(any.field(), any.values());
        } else if (condition instanceof Condition.ContainsNone none) {
            return "not exists " + items(none.field(), none.values());
        } else if (condition instanceof Condition.ContainsPrefix begun) {
            return "exists " + items(begun.field(), begun.prefix(), begun.end());
        } else if (condition instanceof Condition.ContainsNoPrefix begun) {
            return "not exists " + items(begun.field(), begun.prefix(), begun.end());
        } else if (condition instanceof Condition.IsEmpty isEmpty) {
            return "not exists " + items(isEmpty.field(), "");
        }
        return "exists " + items(((Condition.IsNotEmpty) condition).field(), "");
    }

    private String joined(String none, String operator, List<Condition> conditions) {
        return none + conditions.stream().map(one -> operator + sql(one)).collect(Collectors.joining()) + ")";
    }

    private String items(String field, List<String> among) {
        return items(field, " and many." + dialect.quoted("item") + " in " + marks(among));
    }

    private String items(String field, String from, String before) {
        String item = " and many." + dialect.quoted("item");
        return items(field, item + " >= " + mark(from) + item + " < " + mark(before));
    }

    /** Names the document's table and not an alias of it, which not every engine takes in a {@code delete}. */
    private String items(String field, String like) {
        String id = dialect.quoted("id");
        return "(select 1 from " + dialect.beside(collection, field) + " many where many." + id + " = "
                + dialect.table(collection) + "." + id
                + like + ")";
    }

    private String mark(Object value) {
        values.add(dialect.bound(value));
        return "?";
    }

    private String marks(List<?> several) {
        return several.stream().map(this::mark).collect(Collectors.joining(", ", "(", ")"));
    }
}
