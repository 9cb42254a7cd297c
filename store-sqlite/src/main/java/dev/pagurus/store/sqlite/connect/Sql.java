package dev.pagurus.store.sqlite.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A statement under construction: text, and the values to bind to its question marks. */
public final class Sql {

    private static final Object NOW = new Object();

    private final StringBuilder text = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    public Sql append(String part) {
        text.append(part);
        return this;
    }

    /** Appends another statement's text and values. */
    public Sql append(Sql part) {
        text.append(part.text);
        values.addAll(part.values);
        return this;
    }

    public Sql bind(Object value) {
        text.append('?');
        values.add(value);
        return this;
    }

    /** Binds the time by which it is judged what has expired; which one that is, whoever runs the statement knows. */
    public Sql bindNow() {
        return bind(NOW);
    }

    /** Binds values in parentheses, with commas. */
    public Sql bindAll(List<?> several) {
        text.append('(');
        for (int i = 0; i < several.size(); i++) {
            text.append(i == 0 ? "" : ", ");
            bind(several.get(i));
        }
        text.append(')');
        return this;
    }

    public String text() {
        return text.toString();
    }

    public List<Object> values() {
        return values;
    }

    /** Returns the values, with a time where one is to be bound; it is not asked for otherwise. */
    public List<Object> values(LongSupplier now) {
        if (values.contains(NOW)) {
            long micros = now.getAsLong();
            return values.stream()
                    .map(value -> value == NOW ? (Object) micros : value)
                    .toList();
        }
        return values;
    }
}
