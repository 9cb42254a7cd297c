package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * A transaction or an {@linkplain DocumentCollection#update update} still conflicted with others when the store's time-out
 * had passed. Nothing was changed; trying again later is safe.
 */
public final class TransactionConflictException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public TransactionConflictException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public TransactionConflictException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
