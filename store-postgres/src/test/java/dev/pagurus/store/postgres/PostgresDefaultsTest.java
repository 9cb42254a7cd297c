package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresDefaults;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.spi.SerializationFailure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to statements without a transaction around them when their session is not what we take it for. */
class PostgresDefaultsTest {

    private static final String LEVEL =
            "select current_setting('transaction_isolation') where " + PostgresDefaults.REQUIRED;

    @Test
    void aSessionThatLosesItsDefaultsIsFoundOutByTheNextStatement() throws SQLException {
        PostgresSettings settings = PostgresSettings.of(
                StoreConfig.of(PostgresServer.newDatabase().build().url() + "&pool.max=1"));
        try (PostgresConnections connections = PostgresConnections.of(settings)) {
            PostgresPool pool = connections.pool(settings, new PostgresErrors(settings));
            assertThat(level(pool)).isEqualTo("serializable");
            try (PostgresConnection connection = pool.take()) {
                connection.script("set default_transaction_isolation to 'read committed'");
            }
            assertThatThrownBy(() -> level(pool))
                    .as("the first statement after that")
                    .isInstanceOf(SerializationFailure.class);
            assertThat(level(pool)).as("the level when it is made again").isEqualTo("serializable");
        }
    }

    private static String level(PostgresPool pool) {
        return pool.with(false, connection -> connection.alone(LEVEL, List.of(), PostgresDefaultsTest::first));
    }

    private static String first(ResultSet rows) throws SQLException {
        assertThat(rows.next()).as("a row").isTrue();
        return rows.getString(1);
    }
}
