package dev.pagurus.store.spi;

import org.jspecify.annotations.Nullable;

/**
 * Says that a call or session conflicts with another one, that nothing of it has happened, and that it should be made
 * again from the start. A signal from engines to what is above them; callers of the API never see it, unless they catch
 * it inside of a transaction's function, which changes nothing: the transaction is run again.
 */
public final class SerializationFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Makes one, without a stack trace: it is thrown often where many write. */
    public SerializationFailure(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
