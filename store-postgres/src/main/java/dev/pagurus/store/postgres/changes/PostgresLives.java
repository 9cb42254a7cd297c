package dev.pagurus.store.postgres.changes;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;

import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * When the changes of a collection begin and cease to be kept: scripts, which are part of the change of its definition. Each
 * such time is a life, and a position is of the lives that it was made in.
 *
 * <p>The transactions that the log names are those of one database system. Its identifier is kept beside the life: what was
 * dumped and restored elsewhere, or brought to another major version, has transactions of other numbers.
 */
public final class PostgresLives {

    private final String lock;
    private final String feeds;
    private final String changes;

    public PostgresLives(PostgresNames names) {
        this.lock = "hashtextextended(" + literal("pagurus changes " + names.schema()) + ", 0)";
        this.feeds = names.qualified("pagurus_feeds");
        this.changes = PostgresLog.table(names);
    }

    /**
     * Returns what goes with a change of a collection's definition; empty if nothing does.
     *
     * @param stored null if there was none, though something may have been left by one that somebody else took away
     */
    public String change(@Nullable CollectionDefinition stored, CollectionDefinition wanted) {
        boolean kept = stored != null && stored.retention() != null;
        boolean keeps = wanted.retention() != null;
        if (kept && keeps) {
            return "";
        }
        if (keeps) {
            return begin(wanted.name());
        }
        return kept || stored == null ? end(wanted.name()) : "";
    }

    /** Returns what begins a new life, without changes. No writer of the collection may be under way. */
    public String begin(String collection) {
        return forget(collection) + ";\n" + put(collection);
    }

    /** Returns what does so if the life is of another database system, or not known. */
    String renew(String collection) {
        return "delete from " + changes + " where collection = " + literal(collection) + " and exists (select from "
                + feeds + " where collection = " + literal(collection)
                + " and history <> (select system_identifier::text from pg_control_system()));\n" + put(collection)
                + " where f.history <> excluded.history";
    }

    /** Returns a number: a lock that one process has who forgets changes or renews lives. */
    String key() {
        return lock;
    }

    /** Returns what takes that lock, in front of a script. */
    String lock() {
        return "select pg_advisory_xact_lock(" + lock + ");\n";
    }

    /** What comes is of transactions that have not ended yet. */
    private String put(String collection) {
        return "insert into " + feeds
                + " as f (collection, life, history, walked_tx) select " + literal(collection)
                + ", gen_random_uuid()::text, system_identifier::text, pg_snapshot_xmin(pg_current_snapshot())"
                + " from pg_control_system() on conflict (collection) do update set life = excluded.life,"
                + " history = excluded.history, forgotten = '0', walked_tx = excluded.walked_tx, walked_seq = 0";
    }

    /** Returns what ends a life. */
    public String end(String collection) {
        return forget(collection) + ";\ndelete from " + feeds + " where collection = " + literal(collection);
    }

    /** Returns what has a life go on under another name of its collection. */
    public String rename(String collection, String newName) {
        String name = literal(collection);
        String to = literal(newName);
        return end(newName) + ";\nupdate " + changes + " set collection = " + to + " where collection = " + name
                + isKept(name) + ";\nupdate " + feeds + " set collection = " + to + " where collection = " + name;
    }

    private String forget(String collection) {
        String name = literal(collection);
        return "delete from " + changes + " where collection = " + name + isKept(name);
    }

    /** The log is read from end to end to find them, and need not be where there are none. */
    private String isKept(String name) {
        return " and exists (select from " + feeds + " where collection = " + name + ")";
    }
}
