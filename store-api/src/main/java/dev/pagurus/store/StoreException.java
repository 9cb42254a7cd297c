package dev.pagurus.store;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that a store throws; unchecked. The subtype says what the caller can do, the message names the
 * thing, the cause and the next step, and never contains a secret.
 */
public abstract sealed class StoreException extends RuntimeException
        permits ConfigurationException,
                CopyException,
                DuplicateIdException,
                InvalidCursorException,
                InvalidValueException,
                MigrationException,
                OutcomeUnknownException,
                PositionLostException,
                SchemaException,
                StoreClosedException,
                TransactionConflictException,
                UnavailableException,
                UndecodableDocumentException,
                UniqueViolationException,
                UnsupportedCapabilityException,
                VersionConflictException {

    private static final long serialVersionUID = 1L;

    /** Control characters, line ends, lone surrogates, and what changes the direction of text. */
    private static final Pattern UNSEEN =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]");

    StoreException(String message, @Nullable Throwable cause) {
        super(onOneLine(message), cause);
    }

    /** An id or a URL in a message may hold anything; in a log it must not end the line or turn the text round. */
    private static String onOneLine(String message) {
        return UNSEEN.matcher(message)
                .replaceAll(match -> String.format(
                        Locale.ROOT, "\\\\u%04X", (int) match.group().charAt(0)));
    }
}
