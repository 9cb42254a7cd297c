package dev.pagurus.store.sqlite.connect;

import java.util.ArrayList;
import java.util.List;

/** A statement under construction: text, and the values to bind to its question marks. */
public final class Sql {

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
}
