package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * The database cannot be reached or did not get to the call in time: a lock that another program holds, a full disk, a
 * server that is down. Nothing has happened; trying again is safe.
 */
public final class UnavailableException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public UnavailableException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
