package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Tag;

/** The contract, on a real server behind a PgBouncer in transaction mode. */
@Tag("long")
class PostgresBouncerTckTest extends StoreTck {

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "postgres-pgbouncer";
            }

            @Override
            public Optional<StoreLog> log() {
                return Optional.of(KitLog.shared());
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                PostgresTarget server = Way.server();
                return StoreConfig.builder(PgBouncer.shared()
                        .url(
                                String.valueOf(server.user()),
                                server.database(),
                                "pool.minIdle=0&schema=" + Way.newSchema()));
            }

            @Override
            public void dropDatabase(StoreConfig config) throws SQLException {
                PostgresServer.drop(config);
            }
        };
    }
}
