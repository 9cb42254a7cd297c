package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.WholeFile;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteFile;
import dev.pagurus.store.sqlite.connect.SqliteMark;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/**
 * Saves the database while it is in use: {@code vacuum into} reads one state like any other reader, and writes it to a new
 * file, which is then checked from the outside.
 */
public final class SqliteBackup {

    private final SqliteSettings settings;
    private final Path file;

    public SqliteBackup(SqliteSettings settings, Path file) {
        this.settings = settings;
        this.file = file;
    }

    public void write(boolean overwrite) {
        if (overwrite) {
            requireReplaceable();
        }
        new WholeFile(file, overwrite).write(unfinished -> {
            try (SqliteConnection connection =
                    SqliteConnection.open(settings, (int) settings.timeout().toMillis(), false)) {
                connection.stopWhenInterrupted();
                connection.update("vacuum into ?", unfinished.toString());
                check(unfinished);
                return true;
            } catch (SQLException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new UnavailableException(
                            "The thread was interrupted while it saved "
                                    + settings.file().shown() + " to " + file + ". Nothing was changed.",
                            e);
                }
                throw new UnavailableException(
                        "The backup of " + settings.file().shown() + " to " + file + " failed: " + e.getMessage()
                                + " Nothing was changed; make room there, or name another file.",
                        e);
            }
        });
    }

    /** Nobody shall lose the database itself, nor one whose log would be taken for the new file's. */
    private void requireReplaceable() {
        try {
            if (Files.exists(file) && Files.isSameFile(file, settings.file().path())) {
                throw new ConfigurationException(
                        "The backup of " + settings.file().shown() + " would overwrite the database itself. Nothing was"
                                + " changed; name another file.");
            }
        } catch (IOException e) {
            throw new UnavailableException("The file " + file + " could not be looked at: " + e, e);
        }
        for (String suffix : new String[] {"-wal", "-journal"}) {
            Path log = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(log)) {
                throw new UnavailableException("The file " + file + " is a database that is open, or was not closed: "
                        + log + " belongs to it. Nothing was changed; close it, or name another file.");
            }
        }
    }

    /** A log that is found beside it one day is not its own. */
    private static Connection renewed(Connection copy) throws SQLException {
        SqliteMark.renew(copy);
        return copy;
    }

    private static void check(Path unfinished) throws SQLException {
        try (Connection connection = new SQLiteConfig().createConnection(SqliteFile.jdbcUrl(unfinished));
                Statement statement = renewed(connection).createStatement();
                ResultSet answer = statement.executeQuery("pragma integrity_check")) {
            answer.next();
            String found = answer.getString(1);
            if (!"ok".equals(found)) {
                throw new SQLException("SQLite's integrity check finds it damaged: " + found);
            }
        }
    }
}
