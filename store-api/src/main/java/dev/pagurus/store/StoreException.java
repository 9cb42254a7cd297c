package dev.pagurus.store;

import org.jspecify.annotations.Nullable;

/**
 * The root of everything that a store throws; unchecked. The subtype says what the caller can do, the message names the
 * thing, the cause and the next step, and never contains a secret.
 */
public abstract sealed class StoreException extends RuntimeException
        permits ConfigurationException,
                DuplicateIdException,
                InvalidCursorException,
                InvalidValueException,
                MigrationException,
                OutcomeUnknownException,
                SchemaException,
                StoreClosedException,
                TransactionConflictException,
                UnavailableException,
                UndecodableDocumentException,
                UniqueViolationException,
                UnsupportedCapabilityException,
                VersionConflictException {

    private static final long serialVersionUID = 1L;

    StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
