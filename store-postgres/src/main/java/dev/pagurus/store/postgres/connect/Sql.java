package dev.pagurus.store.postgres.connect;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement under construction: text, and the values to bind to its question marks. */
public final class Sql {

    private final StringBuilder text;
    private final List<@Nullable Object> values;

    public Sql() {
        this("", new ArrayList<>());
    }

    /** Starts from a statement that is there. */
    public Sql(String text, List<? extends @Nullable Object> values) {
        this.text = new StringBuilder(text);
        this.values = new ArrayList<>(values);
    }

    public Sql append(String part) {
        text.append(part);
        return this;
    }

    public Sql bind(Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    /** Binds values as a row. */
    public Sql bindRow(List<?> row) {
        text.append('(');
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            bind(row.get(i));
        }
        text.append(')');
        return this;
    }

    public String text() {
        return text.toString();
    }

    public List<@Nullable Object> values() {
        return values;
    }
}
