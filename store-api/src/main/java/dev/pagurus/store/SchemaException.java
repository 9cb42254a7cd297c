package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * A schema is wrong, or differs from what is stored: another definition at the same revision, a newer revision written by
 * a newer version of the application, existing documents that a new unique index would forbid. Nothing was changed.
 */
public final class SchemaException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public SchemaException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public SchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
