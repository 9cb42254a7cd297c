package com.example.h2store;

import dev.pagurus.store.spi.*;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.util.List;
import java.util.UUID;
import java.util.stream.*;

/**
 * What tables are called and how values are stored.
 *
 * <p>The documents of {@code notes} at revision 2 are in the table {@code notes$r2}, the values of its many-field
 * {@code tags} once more, to be found by, in {@code notes$r2$tags}. No name of a user has a {@code $}. Texts are their UTF-8
 * bytes, which are ordered by code point as H2's texts are not; {@code utf8tostring(title)} shows them.
 */
final class H2Columns {

    /** H2 refuses longer ones. */
    private static final int LONGEST_NAME = 256;

    private H2Columns() {}

    static String quoted(String name) {
        return '"' + name + '"';
    }

    static String table(CollectionDefinition collection) {
        return quoted(collection.name() + "$r" + collection.revision());
    }

    /** Names a table or index that belongs to a collection's table. */
    static String beside(CollectionDefinition collection, String name) {
        String whole = collection.name() + "$r" + collection.revision() + "$" + name;
        if (whole.length() <= LONGEST_NAME) {
            return quoted(whole);
        }
        // Two names that begin alike must not become one.
        UUID hash = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8));
        return quoted(whole.substring(0, LONGEST_NAME / 2) + "$" + hash);
    }

    static String type(FieldDefinition field) {
        return switch (field.kind()) {
            case TEXT -> "varbinary";
            case MANY -> "varbinary array";
            case LONG, INSTANT -> "bigint";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
        };
    }

    /** Returns the terms of an order or index. Where nulls go is said, for a setting of H2 may change it. */
    static String order(List<Sort> terms) {
        return terms.stream()
                .map(term -> quoted(term.field()) + (term.descending() ? " desc nulls last" : " asc nulls first"))
                .collect(Collectors.joining(", "));
    }

    /** Returns a list of question marks. */
    static String marks(int count) {
        return "(?" + ", ?".repeat(count - 1) + ")";
    }

    /** Returns a value as it is bound. Without this, H2 compares bytes with a text at times, and at times refuses to. */
    static Object stored(Object value) {
        Object array = value instanceof List<?> items ? items.stream().map(H2Columns::stored).toArray() : value;
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : array;
    }

    /** Reads the value of a field. */
    static Object read(ResultSet row, int column) throws SQLException {
        Object cell = row.getObject(column);
        return cell instanceof Array set ? Stream.of((Object[]) set.getArray()).map(H2Columns::read).toList() : read(cell);
    }

    private static Object read(Object value) {
        return value instanceof byte[] text ? new String(text, StandardCharsets.UTF_8) : value;
    }
}
