package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * The store's own tables cannot be brought to the version that this release needs: the database is newer, a migration
 * that was applied has been edited, or one failed. Nothing was changed.
 */
public final class MigrationException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public MigrationException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public MigrationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
