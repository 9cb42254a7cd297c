package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import org.sqlite.JDBC;

/** A new database of either store, and somebody who changes it by plain SQL meanwhile. */
final class EitherDatabase implements AutoCloseable {

    private final StoreConfig config;

    private EitherDatabase(StoreConfig config) {
        this.config = config;
    }

    /**
     * Makes one.
     *
     * @param kind sqlite or postgres
     * @param directory where a file may be
     */
    static EitherDatabase of(String kind, Path directory) {
        return new EitherDatabase(
                kind.equals("sqlite")
                        ? StoreConfig.of("sqlite:" + directory.resolve("data.db"))
                        : PostgresServer.newDatabase().build());
    }

    StoreConfig config() {
        return config;
    }

    /** Runs one statement, as any other program would. */
    void run(String sql, String... parameters) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            statement.executeUpdate();
        }
    }

    private Connection connect() throws SQLException {
        if (config.scheme().equals("sqlite")) {
            return JDBC.createConnection("jdbc:" + config.url(), new Properties());
        }
        Connection connection = PostgresServer.connect();
        connection.setSchema(config.options().text("schema", ""));
        return connection;
    }

    @Override
    public void close() throws SQLException {
        if (!config.scheme().equals("sqlite")) {
            PostgresServer.drop(config);
        }
    }
}
