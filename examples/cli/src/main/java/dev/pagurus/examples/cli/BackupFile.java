package dev.pagurus.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A file to restore from. It is only read: where no log stands beside it, SQLite is told that nobody changes it, so that
 * it puts nothing there either and the directory may be read-only.
 *
 * @param file its path
 */
record BackupFile(Path file) {

    /** Refuses what cannot be read through, or is not a database of a store. */
    void check() {
        FileName.requireThere(file);
        refuseExport();
        try (Connection connection = Sqlite.open(uri())) {
            try (Statement statement = connection.createStatement()) {
                String found = first(statement, "pragma integrity_check(1)");
                if (!found.equals("ok")) {
                    throw damaged(found);
                }
                String ours = first(statement, "select count(*) from sqlite_schema where name = 'pagurus_migrations'");
                if (!ours.equals("1")) {
                    throw new Refused(
                            Main.REFUSED,
                            file + " is an SQLite database, but not one of a store. Nothing was changed.",
                            "Name the file that 'pagurus backup' has written.");
                }
            }
        } catch (SQLException e) {
            if (Sqlite.isDamaged(e)) {
                throw damaged(String.valueOf(e.getMessage()));
            }
            throw Sqlite.failed(file, e);
        }
    }

    private void refuseExport() {
        if (FileName.isExport(file)) {
            throw new Refused(
                    Main.REFUSED,
                    file + " is an export, not a backup. Nothing was changed.",
                    "Use 'pagurus import' for it.");
        }
    }

    private Refused damaged(String how) {
        return new Refused(
                Main.REFUSED,
                file + " is damaged, or not an SQLite database (" + how + "). Nothing was changed.",
                "Use another backup.");
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Returns how SQLite reads it. */
    String uri() {
        return Sqlite.uri(file) + (hasLog() ? "?mode=ro" : "?immutable=1");
    }

    /** Such as a database that was copied with its log, or is in use. */
    private boolean hasLog() {
        return Files.exists(DatabaseFile.beside(file, "-wal")) || Files.exists(DatabaseFile.beside(file, "-journal"));
    }
}
