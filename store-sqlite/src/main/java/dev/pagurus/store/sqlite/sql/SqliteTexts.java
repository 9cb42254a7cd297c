package dev.pagurus.store.sqlite.sql;

import java.util.ArrayList;
import java.util.List;

/** The values of a many-field as they stand in its column: a JSON array of strings, which SQLite can take apart. */
public final class SqliteTexts {

    private static final String NONE = "[]";

    private SqliteTexts() {}

    public static String json(List<?> values) {
        if (values.isEmpty()) {
            return NONE;
        }
        StringBuilder json = new StringBuilder(values.size() * 12).append('[');
        for (Object value : values) {
            json.append(json.length() == 1 ? "\"" : ",\"");
            String text = (String) value;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    json.append('\\').append(c);
                } else if (c < ' ') {
                    json.append(c < 0x10 ? "\\u000" : "\\u00").append(Integer.toHexString(c));
                } else {
                    json.append(c);
                }
            }
            json.append('"');
        }
        return json.append(']').toString();
    }

    /** Takes such a text apart, also as SQLite's functions write it. */
    public static List<String> list(String json) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isInside = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == '"') {
                if (isInside) {
                    values.add(value.toString());
                    value.setLength(0);
                }
                isInside = !isInside;
            } else if (isInside && c == '\\') {
                char escaped = json.charAt(++i);
                if (escaped == 'u') {
                    value.append((char) Integer.parseInt(json, i + 1, i + 5, 16));
                    i += 4;
                } else {
                    value.append(unescaped(escaped));
                }
            } else if (isInside) {
                value.append(c);
            }
        }
        return values;
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
