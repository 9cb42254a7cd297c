package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Sort;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an engine's SQL is written where engines differ. What is not overridden is standard SQL, and stores values as they
 * are. Stateless; safe for use by many threads.
 */
public interface SqlDialect {

    /** Returns how many characters a name of a table or index has at most; longer ones are shortened. */
    int longestName();

    /** Returns a name as SQL: in double quotes by default. Names have no quotes in them, but may be words of SQL. */
    default String quoted(String name) {
        return '"' + name + '"';
    }

    /** Returns the name of the table of a collection's documents at its revision, quoted. */
    default String table(CollectionDefinition collection) {
        return quoted(collection.name() + "$r" + collection.revision());
    }

    /**
     * Returns the name of something that belongs to a collection's table, quoted: the table of a many-field, if given its
     * name, or an index. One that is too long is cut, and ends with a hash of all of it: two that begin alike do not
     * become one.
     */
    default String beside(CollectionDefinition collection, String name) {
        String whole = collection.name() + "$r" + collection.revision() + "$" + name;
        if (whole.length() > longestName()) {
            String hash = UUID.nameUUIDFromBytes(whole.getBytes(StandardCharsets.UTF_8))
                    .toString()
                    .replace("-", "");
            int kept = Math.max(0, longestName() - 1 - hash.length());
            whole = (whole.substring(0, kept) + "$" + hash)
                    .substring(0, Math.min(longestName(), kept + 1 + hash.length()));
        }
        return quoted(whole);
    }

    /** Returns a term of an order or index. Where nulls go is said: each engine has its own default. */
    default String order(Sort term) {
        return quoted(term.field()) + (term.descending() ? " desc nulls last" : " asc nulls first");
    }

    /** Returns the terms of an order or index, with commas. */
    default String order(List<Sort> terms) {
        return terms.stream().map(this::order).collect(Collectors.joining(", "));
    }

    /** Returns what ends a query that returns so many rows at most. */
    default String first(int rows) {
        return " fetch first " + rows + " rows only";
    }

    /**
     * Says whether the driver hands out rows while they come. If it does not, and reads a result whole, a session asks how
     * long the bodies are before it reads some, so that it never has more than a chunk of them in memory.
     */
    default boolean streams() {
        return true;
    }

    /** Returns how long a body is, as an expression of SQL, in bytes or characters; asked if results do not stream. */
    default String bodyLength() {
        return "char_length(" + quoted("body") + ")";
    }

    /**
     * Returns what is bound for a value, which is never null: that of a field as {@link FieldKind} says, or an id. The texts of
     * a many-field are one value, an array by default; an engine that has none stores them as one text, for example.
     */
    default Object bound(Object value) {
        return value instanceof List<?> texts ? texts.toArray() : value;
    }

    /** Reads a value that was {@link #bound}; that of an id is a text. */
    default @Nullable Object read(ResultSet row, int column, FieldKind kind) throws SQLException {
        Object value = switch (kind) {
            case TEXT -> row.getString(column);
            case LONG, INSTANT -> row.getLong(column);
            case DOUBLE -> row.getDouble(column);
            case BOOLEAN -> row.getBoolean(column);
            case MANY, WORDS, ACCENTED_WORDS ->
                Stream.of((Object[]) row.getArray(column).getArray())
                        .map(String.class::cast)
                        .toList();
        };
        return row.wasNull() ? null : value;
    }

    /** Returns what is bound for a body. */
    default Object boundBody(String body) {
        return body;
    }

    /** Reads a body, whole. */
    default String readBody(ResultSet row, int column) throws SQLException {
        return row.getString(column);
    }
}
