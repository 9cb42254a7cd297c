package dev.pagurus.store.postgres.sql;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Fields of words, which are a {@code tsvector} made of the words that we give: an array under GIN finds no beginnings. No
 * parser or dictionary of the server has a part in it, and words are compared byte by byte, which is by code point. All
 * functions used are immutable.
 */
public final class PostgresWords {

    private PostgresWords() {}

    /** Returns what makes a column's value of a parameter, or of an expression, that is a set of texts. */
    public static String made(FieldKind kind, String set) {
        return kind.isWords() ? "array_to_tsvector(" + set + ")" : set;
    }

    /** Returns a column as it is read: a set of texts. */
    public static String read(FieldDefinition field) {
        return read(field.kind(), quoted(field.name()));
    }

    /** The same of a column that is named otherwise. */
    public static String read(FieldKind kind, String column) {
        return kind.isWords() ? "tsvector_to_array(" + column + ")" : column;
    }

    /** Returns the query for documents that have one of some words. */
    static String any(List<String> words) {
        return words.stream().map(PostgresWords::literal).collect(Collectors.joining(" | "));
    }

    /** Returns the query for documents that have a word with some beginning. */
    static String begun(String prefix) {
        return literal(prefix) + ":*";
    }

    private static String literal(String word) {
        return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
