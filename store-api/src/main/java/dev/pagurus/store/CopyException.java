package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * A copy, an export, an import or a backup was refused or broke off, or a database is the target of one that did. The
 * message says what has become of the target; nothing has changed in the source.
 */
public final class CopyException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public CopyException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public CopyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
