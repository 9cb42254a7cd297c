package dev.pagurus.examples.benchmarks.layouts;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.sqlite.SQLiteConfig;

/** Where the documents of each layout are. */
sealed interface Connections {

    /** Opens a connection that commits when it is told to. */
    Connection open(Layout layout) throws SQLException;

    /** Whether all threads share one connection, as on an engine with one writer. */
    boolean isOne();

    Changed changed(Layout layout);

    /** A file each. */
    record File(Path folder) implements Connections {
        @Override
        public Connection open(Layout layout) throws SQLException {
            SQLiteConfig config = new SQLiteConfig();
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
            config.setCacheSize(-8 << 10);
            return config.createConnection("jdbc:sqlite:" + folder.resolve(layout + ".db"));
        }

        @Override
        public boolean isOne() {
            return true;
        }

        @Override
        public Changed changed(Layout layout) {
            return new SqliteChanged(layout);
        }
    }

    /** A schema each, of a server. */
    record Schemas(String address) implements Connections {
        @Override
        public Connection open(Layout layout) throws SQLException {
            String schema = "by_" + layout.name().toLowerCase(Locale.ROOT);
            Connection connection = DriverManager.getConnection(
                    "jdbc:postgresql://" + address + "/postgres?prepareThreshold=1&currentSchema=" + schema,
                    "postgres",
                    "");
            try (Statement statement = connection.createStatement()) {
                statement.execute("create schema if not exists " + schema);
            }
            return connection;
        }

        @Override
        public boolean isOne() {
            return false;
        }

        @Override
        public Changed changed(Layout layout) {
            return new PostgresChanged(layout);
        }
    }
}
