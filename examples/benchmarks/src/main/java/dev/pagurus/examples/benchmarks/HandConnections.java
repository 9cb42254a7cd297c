package dev.pagurus.examples.benchmarks;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One connection for each list of settings: PostgreSQL plans a statement once for its connection, whatever is set later. */
final class HandConnections implements AutoCloseable {

    private final Place place;
    private final Map<List<String>, Connection> connections = new HashMap<>();

    HandConnections(Place place) {
        this.place = place;
    }

    Connection with(List<String> settings) throws SQLException {
        Connection connection = connections.get(settings);
        if (connection == null) {
            connection = place.engine() == Engine.SQLITE ? place.openSqlite() : place.openPostgres();
            connections.put(settings, connection);
            try (Statement statement = connection.createStatement()) {
                for (String setting : settings) {
                    statement.execute(setting);
                }
            }
        }
        return connection;
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
    }
}
