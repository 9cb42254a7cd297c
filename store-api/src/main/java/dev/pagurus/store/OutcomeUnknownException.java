package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * The connection was lost, the caller interrupted, or a commit failed between the servers that a database is made of, after
 * the write was handed over: it may have happened or not. Read
 * before trying again, or use a verb that can be repeated, such as {@link DocumentCollection#put}.
 */
public final class OutcomeUnknownException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public OutcomeUnknownException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
