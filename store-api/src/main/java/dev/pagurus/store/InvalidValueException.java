package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * An id, a body, a field's value, a filter or a limit is outside of what is allowed, on every store alike. Nothing was
 * changed. The message names the place.
 */
public final class InvalidValueException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public InvalidValueException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public InvalidValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
