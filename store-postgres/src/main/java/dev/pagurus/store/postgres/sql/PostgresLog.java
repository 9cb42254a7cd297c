package dev.pagurus.store.postgres.sql;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;

import dev.pagurus.store.spi.CollectionDefinition;

/**
 * Writes the log of changes in the statements that write the documents, so that it costs no round trip. Statements of
 * collections that keep no changes stay as they are.
 */
public final class PostgresLog {

    private PostgresLog() {}

    /** Returns the table that has the log. */
    public static String table(PostgresNames names) {
        return names.qualified("pagurus_changes");
    }

    /** Returns a statement that returns id, version and time of creation of what it writes, and logs that if it is kept. */
    static String logged(CollectionDefinition collection, PostgresNames names, String write) {
        return collection.retention() == null
                ? write
                : "with w (id, version, created_at) as (" + write + "), " + log(collection, names, "w")
                        + " select id, version, created_at from w";
    }

    /** The same for a statement of which a result without the id is wanted. */
    static String loggedAlone(CollectionDefinition collection, PostgresNames names, String write) {
        return collection.retention() == null
                ? write + " returning version, created_at"
                : "with w as (" + write + " returning id, version, created_at), " + log(collection, names, "w")
                        + " select version, created_at from w";
    }

    /**
     * Returns the end of a statement that has begun with "with": it removes documents, logs that if it is kept, and says how many
     * they were and up to which version.
     *
     * @param delete returns ids and versions
     */
    public static String removal(CollectionDefinition collection, PostgresNames names, String delete) {
        return "gone as (" + delete + ")"
                + (collection.retention() == null ? "" : ", " + log(collection, names, "gone"))
                + " select count(*), max(version) from gone";
    }

    /** Returns a part of a statement that logs the rows of another part, by their id and version. */
    public static String log(CollectionDefinition collection, PostgresNames names, String part) {
        return "logged as (insert into " + table(names) + " (collection, id, version) select "
                + literal(collection.name()) + ", id, version from " + part + ")";
    }
}
