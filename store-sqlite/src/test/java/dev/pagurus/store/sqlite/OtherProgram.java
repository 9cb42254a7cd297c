package dev.pagurus.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.StringJoiner;
import org.sqlite.JDBC;

/** Another program that has the file open: plain JDBC, which knows nothing of Pagurus and waits for no lock. */
final class OtherProgram implements AutoCloseable {

    private final Connection connection;

    private OtherProgram(Connection connection) {
        this.connection = connection;
    }

    static OtherProgram on(Path file) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("busy_timeout", "0");
        return new OtherProgram(JDBC.createConnection("jdbc:sqlite:" + file, properties));
    }

    /** Opens the file, runs a script, and closes the file. */
    static void run(Path file, String script) throws SQLException {
        try (OtherProgram program = on(file)) {
            program.run(script);
        }
    }

    /** Opens the file, returns the rows of a query, and closes the file. */
    static List<String> query(Path file, String sql) throws SQLException {
        try (OtherProgram program = on(file)) {
            return program.query(sql);
        }
    }

    /**
     * Opens the file, returns everything that is in it, line by line, and closes the file. What SQLite notes down for its
     * own use is left out.
     */
    static List<String> dump(Path file) throws SQLException {
        try (OtherProgram program = on(file)) {
            List<String> dump = new ArrayList<>(program.query("""
                    select type, name, sql from sqlite_schema where name not like 'sqlite~_%' escape '~' order by 1, 2
                    """));
            for (String table : program.query("""
                    select name from sqlite_schema
                    where type = 'table' and name not like 'sqlite~_%' escape '~' order by name
                    """)) {
                program.query("select * from \"" + table + "\"").stream()
                        .sorted()
                        .forEach(row -> dump.add(table + ": " + row));
            }
            return dump;
        }
    }

    void run(String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
        }
    }

    /** Returns the rows, each with its columns joined by a bar. */
    List<String> query(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                StringJoiner columns = new StringJoiner("|");
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    columns.add(row.getString(i));
                }
                rows.add(columns.toString());
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
