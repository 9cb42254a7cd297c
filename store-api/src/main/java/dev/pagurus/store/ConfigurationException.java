package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * The URL, an option or the surroundings are wrong, and will be until somebody mends them: an unknown scheme, a missing
 * directory, a wrong password. Nothing was changed. Trying again without a change is of no use.
 */
public final class ConfigurationException extends StoreException {

    private static final long serialVersionUID = 1L;

    /** Makes one with a message that names the thing, the cause and the next step. */
    public ConfigurationException(String message) {
        this(message, null);
    }

    /** Makes one with a message and what caused it. */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes one for a library that is missing, or is there in a version that does not fit. The message goes on with the
     * class, the artifact that has it, the version that this release was built with, and what was found instead.
     *
     * @param beside a class that needs the library, whose class loader is asked for it
     */
    public ConfigurationException(String message, LinkageError cause, Class<?> beside) {
        super(message + " " + Libraries.explain(cause, beside), cause);
    }
}
