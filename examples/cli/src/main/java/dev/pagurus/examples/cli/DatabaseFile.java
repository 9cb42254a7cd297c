package dev.pagurus.examples.cli;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.WholeFile;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file of a database that is to be restored, and what stands beside it. A database that is there is never exchanged
 * for another file: SQLite itself writes the backup's pages into it, in one transaction. So an old log is first brought
 * home and then gone, a crash is undone by whoever opens the file next, a program that waits for the lock meanwhile finds
 * the new contents, and owner and permissions stay. It is never opened otherwise, which would lose SQLite's locks.
 *
 * @param file its path
 */
record DatabaseFile(Path file) {

    private static final List<String> LOGS = List.of("-wal", "-journal", "-shm");

    static DatabaseFile of(StoreConfig config) {
        String address = StoreConfig.decode(config.address());
        if (address.isEmpty() || address.startsWith(":") || address.startsWith("file:")) {
            throw new Refused(
                    Main.WRONG,
                    "The URL " + config.redactedUrl() + " names no file.",
                    "Write the path after the scheme, such as sqlite:data/notes.db.");
        }
        Path path = FileName.path(address.startsWith("//") ? address.substring(2) : address)
                .toAbsolutePath()
                .normalize();
        return new DatabaseFile(real(path));
    }

    /** A log lies beside the file itself, not beside a link to it. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    static Path beside(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Refuses what must not be replaced. */
    void require(boolean overwrite, Path backup) {
        FileName.requireFree(file, true);
        try {
            if (Files.exists(file) && Files.exists(backup) && Files.isSameFile(file, backup)) {
                throw new Refused(
                        Main.REFUSED,
                        "The backup and the database are the same file, " + file + ". Nothing was changed.",
                        "Name another one.");
            }
        } catch (IOException e) {
            throw new Refused(Main.WRONG, "The file " + file + " cannot be looked at.", "Check its permissions.");
        }
        if (overwrite) {
            return;
        }
        if (Files.exists(file)) {
            throw new Refused(
                    Main.REFUSED,
                    "The database " + file + " exists. Nothing was changed.",
                    "Save it with 'pagurus backup' if it may be wanted, and add --overwrite to replace what it holds.");
        }
        @Nullable Path log = leftLog();
        if (log != null) {
            throw new Refused(
                    Main.REFUSED,
                    "There is no " + file + ", but " + log + " is left of one. Nothing was changed.",
                    "Bring the file back if you have it; or add --overwrite, which removes what is left.");
        }
    }

    private @Nullable Path leftLog() {
        for (String suffix : LOGS) {
            Path log = beside(file, suffix);
            if (Files.exists(log)) {
                return log;
            }
        }
        return null;
    }

    void restore(BackupFile source) {
        if (Files.exists(file)) {
            replace(source);
        } else {
            create(source);
        }
    }

    private void replace(BackupFile source) {
        try (Connection connection = Sqlite.open(Sqlite.uri(file));
                Statement statement = connection.createStatement()) {
            lock(statement);
            Files.deleteIfExists(beside(file, "-shm"));
            fill(statement, source);
            // SQLite leaves it empty for as long as it holds the lock, and does not come back to it.
            Files.deleteIfExists(beside(file, "-journal"));
        } catch (SQLException e) {
            throw failed(e);
        } catch (IOException e) {
            throw new Refused(
                    Main.UNREACHABLE,
                    "What stands beside " + file + " cannot be removed.",
                    "Check the permissions of the directory, and run the same command again.");
        }
    }

    /** Who has the database open in this mode, even idle, has a lock that this one excludes. */
    private static void lock(Statement statement) throws SQLException {
        statement.executeUpdate("pragma busy_timeout = 1000");
        statement.executeUpdate("pragma locking_mode = exclusive");
        statement.execute("pragma journal_mode = delete");
        statement.executeUpdate("begin exclusive");
        statement.executeUpdate("commit");
    }

    /** A new file has its name when it is whole; what is left of an old one goes before that. */
    private void create(BackupFile source) {
        new WholeFile(file, false).write(unfinished -> {
            createPrivate(unfinished);
            try (Connection connection = Sqlite.open(Sqlite.uri(unfinished));
                    Statement statement = connection.createStatement()) {
                fill(statement, source);
            } catch (SQLException e) {
                throw failed(e);
            }
            for (String suffix : LOGS) {
                Files.deleteIfExists(beside(file, suffix));
            }
            return true;
        });
    }

    private static void createPrivate(Path file) throws IOException {
        if (Files.notExists(file)
                && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    private static void fill(Statement statement, BackupFile source) throws SQLException {
        statement.executeUpdate("pragma synchronous = extra");
        statement.executeUpdate("restore from \"" + source.uri() + "\"");
    }

    private Refused failed(SQLException e) {
        if (Sqlite.isBusy(e)) {
            return new Refused(
                    Main.UNREACHABLE,
                    "The database " + file + " is in use by a program. Nothing was changed.",
                    "Stop the application, and run the same command again.");
        }
        if (Sqlite.isDamaged(e)) {
            return new Refused(
                    Main.REFUSED,
                    "The file " + file + " is damaged so badly that SQLite cannot lock it, or is not a database."
                            + " Nothing was changed.",
                    "Stop the application, move the file away together with those that begin like it (-wal, -shm,"
                            + " -journal), and run the same command again.");
        }
        return Sqlite.failed(file, e);
    }
}
