package dev.pagurus.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.util.concurrent.atomic.AtomicInteger;

/** How an application comes to its database. */
enum Way {
    DIRECT,
    DATA_SOURCE,
    PGBOUNCER;

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** A new schema's name. */
    static String newSchema() {
        return "w" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
    }

    static PostgresTarget server() {
        return PostgresTarget.of(PostgresServer.newDatabase().build());
    }

    /** Opens a store in a schema as the role. */
    public Store open(String role, String schema) {
        PostgresTarget server = server();
        return switch (this) {
            case DIRECT ->
                Stores.open(
                        "postgres://" + role + "@" + server.hosts() + "/" + server.database() + "?schema=" + schema);
            case DATA_SOURCE -> {
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl("jdbc:postgresql://" + server.hosts() + "/" + server.database());
                config.setUsername(role);
                config.setMaximumPoolSize(10);
                yield Stores.open(StoreConfig.builder("postgres:?schema=" + schema)
                        .dataSource(new HikariDataSource(config))
                        .build());
            }
            case PGBOUNCER -> Stores.open(PgBouncer.shared().url(role, server.database(), "schema=" + schema));
        };
    }
}
