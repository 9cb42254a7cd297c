package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/** A body is not what the codec's type wants. The message says where and what, without any of the body. */
final class UnreadableJsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableJsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
