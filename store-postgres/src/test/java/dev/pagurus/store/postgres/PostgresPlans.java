package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.postgres.connect.PostgresTarget;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoreEngine;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What is needed to look at plans. */
final class PostgresPlans {

    private PostgresPlans() {}

    /** Returns a definition as an engine has it. */
    static CollectionDefinition definition(StoreConfig config) {
        try (StoreEngine engine = new PostgresStoreProvider().open(config)) {
            return engine.definitions().get(0);
        }
    }

    static Connection connect() {
        PostgresTarget server = Way.server();
        try {
            return DriverManager.getConnection(
                    "jdbc:postgresql://" + server.hosts() + "/" + server.database(), server.user(), server.password());
        } catch (SQLException e) {
            throw new IllegalStateException("The tests' server cannot be reached.", e);
        }
    }
}
