package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * The store's own tables cannot be brought to the version that this release needs: the database is newer, a migration
 * that was applied has been edited, one failed, or the option {@code migrate=validate} forbids it. Nothing was changed.
 */
public final class MigrationException extends StoreException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String sql;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public MigrationException(String message) {
        this(message, null, null);
    }

    /** Makes one with a message and what caused it. */
    public MigrationException(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /**
     * Makes one for an administrator.
     *
     * @param sql see {@link #sql()}
     */
    public MigrationException(String message, @Nullable Throwable cause, @Nullable String sql) {
        super(message, cause);
        this.sql = sql;
    }

    /**
     * Returns what an administrator must run before the database can be opened, fit for {@code psql} or {@code sqlite3}: a
     * script of several lines, in one transaction that it begins and commits itself. Null if there is nothing to run.
     */
    public @Nullable String sql() {
        return sql;
    }
}
