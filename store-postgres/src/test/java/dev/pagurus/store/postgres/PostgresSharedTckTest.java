package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** The contract, with one pool for all stores. It is asked by name, for a third whole kit takes too long for every build. */
@Tag("odd")
class PostgresSharedTckTest extends StoreTck {

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "postgres-shared";
            }

            @Override
            public Optional<StoreLog> log() {
                return Optional.of(KitLog.shared());
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                String url = PostgresServer.newDatabase().build().url();
                return StoreConfig.builder(url + "&pool.shared=true");
            }

            @Override
            public void dropDatabase(StoreConfig config) throws SQLException {
                PostgresServer.drop(config);
            }
        };
    }
}
