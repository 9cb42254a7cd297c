package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import java.sql.SQLException;
import java.util.Optional;

/** The contract, on a real server. */
class PostgresTckTest extends StoreTck {

    /** The server asks for none, so that any will do; no log line may show it. */
    private static final String PASSWORD = "the-password-of-the-kit";

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "postgres";
            }

            @Override
            public Optional<StoreLog> log() {
                return Optional.of(KitLog.shared());
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                return PostgresServer.newDatabase().password(PASSWORD);
            }

            @Override
            public void dropDatabase(StoreConfig config) throws SQLException {
                PostgresServer.drop(config);
            }
        };
    }
}
