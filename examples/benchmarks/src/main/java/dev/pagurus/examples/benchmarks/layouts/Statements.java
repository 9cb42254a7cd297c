package dev.pagurus.examples.benchmarks.layouts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The statements of a connection, each prepared once; for one thread. */
record Statements(Connection connection, Map<String, PreparedStatement> prepared) implements AutoCloseable {

    Statements(Connection connection) {
        this(connection, new HashMap<>());
    }

    private PreparedStatement of(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    int update(String sql, Object... parameters) throws SQLException {
        return of(sql, parameters).executeUpdate();
    }

    /** Returns the first number of the first row. */
    long number(String sql, Object... parameters) throws SQLException {
        try (ResultSet rows = of(sql, parameters).executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** Reads changes, of which each row is a place in two columns, and then what is shown. */
    Changed.Page page(String sql, Object... parameters) throws SQLException {
        int count = 0;
        Changed.Place last = Changed.Place.END;
        try (ResultSet rows = of(sql, parameters).executeQuery()) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                count++;
                last = new Changed.Place(rows.getLong(1), rows.getString(2));
                for (int column = 3; column <= columns; column++) {
                    rows.getString(column);
                }
            }
        }
        return new Changed.Page(count, last);
    }

    /** Runs statements that stand one on a line. */
    void run(String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script.split("\n", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
