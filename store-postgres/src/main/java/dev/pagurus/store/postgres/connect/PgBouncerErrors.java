package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a PgBouncer between us and the server says for itself. It has one SQLSTATE for everything; its words are not
 * translated, and name the setting that matters.
 */
final class PgBouncerErrors {

    private final String shown;

    PgBouncerErrors(PostgresSettings settings) {
        this.shown = settings.shown();
    }

    /** Returns the exception for a refusal of PgBouncer's, which has passed nothing on; null if it is none. */
    @Nullable
    StoreException of(SQLException e) {
        String message = String.valueOf(e.getMessage());
        if (!message.startsWith("FATAL")) {
            return null;
        }
        if (message.contains("statement pooling mode")) {
            return new ConfigurationException(
                    "The PgBouncer of " + shown + " lets every statement be one of its own, and no transaction: "
                            + PostgresErrors.message(e)
                            + " Nothing was changed; set pool_mode to transaction (or session)"
                            + " there.",
                    e);
        }
        if (message.contains("query_wait_timeout")) {
            return new UnavailableException(
                    "The PgBouncer of " + shown
                            + " had no connection to its server free in the time that it lets wait: "
                            + PostgresErrors.message(e) + " Nothing was changed; try again, make the transactions"
                            + " shorter, or raise default_pool_size there.",
                    e);
        }
        if (message.contains("max_client_conn")) {
            return new UnavailableException(
                    "The PgBouncer of " + shown + " has too many clients: " + PostgresErrors.message(e)
                            + " Nothing was changed; lower the option pool.max here or elsewhere, or raise"
                            + " max_client_conn there.",
                    e);
        }
        return null;
    }
}
