package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import java.sql.SQLException;

/** The contract, on a real server. */
class PostgresTckTest extends StoreTck {

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "postgres";
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                return PostgresServer.newDatabase();
            }

            @Override
            public void dropDatabase(StoreConfig config) throws SQLException {
                PostgresServer.drop(config);
            }
        };
    }
}
