package dev.pagurus.store.sqlite.sql;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What things are called in the database. A collection {@code notes} is the table {@code notes}; what belongs to it has a
 * {@code $} in its name, which no name of a user has: the index {@code status_due} is {@code notes$by$status_due}, and that
 * over the many-field {@code tags} is the table {@code notes$by$tags}. Names are checked above; they are quoted because they may be
 * keywords.
 */
public final class SqliteNames {

    /** Between the name of a collection and that of its index. */
    public static final String BY = "$by$";

    private SqliteNames() {}

    /**
     * Quotes with back-ticks: SQLite takes a name in double quotes that is no column for a text, so that an old process
     * that filters on a column dropped since would get a wrong answer instead of an error.
     */
    public static String quoted(String name) {
        return '`' + name + '`';
    }

    public static String table(CollectionDefinition collection) {
        return quoted(collection.name());
    }

    /** Returns the names of the tables that a collection has beside its own, as they are: the indexes over many-fields. */
    public static List<String> manyIndexes(CollectionDefinition collection) {
        return collection.indexes().stream()
                .filter(index -> collection.kind(index.terms().get(0).field()).isMany())
                .map(index -> collection.name() + BY + index.name())
                .toList();
    }

    /** Returns the index over a many-field; null if there is none. */
    @Nullable
    public static String manyIndex(CollectionDefinition collection, String field) {
        return collection.indexes().stream()
                .filter(index -> index.terms().get(0).field().equals(field))
                .findFirst()
                .map(index -> index(collection, index))
                .orElse(null);
    }

    /**
     * Returns the beginning of a condition, which ends with a time: that a document has not expired by then. An expression, for
     * which SQLite looks into no index; no field has so late a time.
     *
     * @param of the table's name and a dot, or nothing
     */
    public static String unexpired(CollectionDefinition collection, String of) {
        return "coalesce(" + of + quoted(String.valueOf(collection.expiry())) + ", 9223372036854775807) >";
    }

    /** Returns the name of an index; null is the one over the id, which SQLite names. */
    public static String index(CollectionDefinition collection, @Nullable IndexDefinition index) {
        if (index == null) {
            return quoted("sqlite_autoindex_" + collection.name() + "_1");
        }
        return quoted(collection.name() + BY + index.name());
    }
}
