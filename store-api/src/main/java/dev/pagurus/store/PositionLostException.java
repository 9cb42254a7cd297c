package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * Nobody can go on from a position of a {@link ChangeFeed}: changes behind it are forgotten, because they are older than the
 * retention; it is of another feed or another store; or of a history that is gone, because an older backup was restored.
 * Begin anew, usually with {@link ChangeFeed#startWithState()}.
 */
public final class PositionLostException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public PositionLostException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public PositionLostException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
