package com.example.h2store;

import dev.pagurus.store.spi.*;
import dev.pagurus.store.spi.jdbc.SqlDialect;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.*;
import java.util.List;
import java.util.stream.Stream;

/**
 * What H2 stores as what. Texts are their UTF-8 bytes, which are ordered by code point as H2's texts are not;
 * {@code utf8tostring("title")} shows them.
 */
class H2Dialect implements SqlDialect {

    static final H2Dialect SQL = new H2Dialect();

    /** H2 refuses longer ones. */
    @Override
    public int longestName() {
        return 256;
    }

    String type(FieldDefinition field) {
        return switch (field.kind()) {
            case TEXT -> "varbinary";
            case MANY, WORDS, ACCENTED_WORDS -> "varbinary array";
            case LONG, INSTANT -> "bigint";
            case DOUBLE -> "double precision";
            case BOOLEAN -> "boolean";
        };
    }

    /** Binds bytes. Given a text, H2 compares it with bytes at times, and at times refuses to. */
    @Override
    public Object bound(Object value) {
        Object array = value instanceof List<?> items ? items.stream().map(this::bound).toArray() : value;
        return value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : array;
    }

    @Override
    public Object read(ResultSet row, int column, FieldKind kind) throws SQLException {
        return switch (kind) {
            case TEXT -> text(row.getBytes(column));
            case MANY, WORDS, ACCENTED_WORDS -> Stream.of((Object[]) row.getArray(column).getArray()).map(H2Dialect::text).toList();
            default -> row.getObject(column);
        };
    }

    private static String text(Object bytes) {
        return bytes == null ? null : new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    /** H2 takes a String for a varchar, which ends at a million characters. */
    @Override
    public Object boundBody(String body) {
        return new StringReader(body);
    }

    @Override
    public String readBody(ResultSet row, int column) throws SQLException {
        return row.getClob(column).getSubString(1, Integer.MAX_VALUE);
    }
}
