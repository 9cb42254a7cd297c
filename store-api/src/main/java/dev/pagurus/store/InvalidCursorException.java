package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * A page cursor is damaged, or belongs to another collection or another order. Start at the first page.
 */
public final class InvalidCursorException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public InvalidCursorException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public InvalidCursorException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
