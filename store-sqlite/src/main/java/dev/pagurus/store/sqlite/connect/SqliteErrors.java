package dev.pagurus.store.sqlite.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.Micros;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite's result codes mean to a caller. The driver's SQLState is empty, so only the result code tells. */
public final class SqliteErrors {

    private final SqliteFile file;
    private final Duration timeout;

    public SqliteErrors(SqliteSettings settings) {
        this.file = settings.file();
        this.timeout = settings.timeout();
    }

    static boolean isBusy(SQLException e) {
        SQLiteErrorCode code = primary(e);
        return code == SQLiteErrorCode.SQLITE_BUSY || code == SQLiteErrorCode.SQLITE_LOCKED;
    }

    static boolean isFull(UnavailableException e) {
        return e.getCause() instanceof SQLException cause && isFull(cause);
    }

    static boolean isFull(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_FULL;
    }

    /** What SQLite would have said too late. */
    static SQLException full(long grown, long free) {
        return new SQLException(
                "The transaction makes the database " + grown + " bytes larger, and " + free + " are free.",
                null,
                SQLiteErrorCode.SQLITE_FULL.code);
    }

    public static boolean isUniqueViolation(SQLException e) {
        return e instanceof SQLiteException sqlite
                && (sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                        || sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY);
    }

    public static boolean isConstraint(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_CONSTRAINT;
    }

    /** Says whether a table or column is gone: a newer revision of the collection has changed it. */
    public static boolean isMissingColumn(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return primary(e) == SQLiteErrorCode.SQLITE_ERROR
                && (message.contains("no such column")
                        || message.contains("no such table")
                        || message.contains("has no column"));
    }

    /** Says whether a statement names an index that is not there. */
    public static boolean isMissingIndex(SQLException e) {
        return primary(e) == SQLiteErrorCode.SQLITE_ERROR
                && String.valueOf(e.getMessage()).contains("no such index");
    }

    /** Says whether a failure is that of one write, such as a trigger that refuses it, and not the file's or the disk's. */
    public static boolean isOfOneWrite(UnavailableException e) {
        return e.getCause() instanceof SQLException cause
                && switch (primary(cause)) {
                    case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_ERROR -> true;
                    default -> false;
                };
    }

    /** Returns the exception for a failed call that has changed nothing. */
    public RuntimeException of(SQLException e) {
        if (e.getCause() instanceof NativeLibraryNotFoundException missing) {
            return noLibrary(missing);
        }
        if (isMissingColumn(e)) {
            return new SchemaException(
                    "A newer version of this application has changed the collection in " + file.shown() + ": "
                            + e.getMessage() + " Start that version.",
                    e);
        }
        return switch (primary(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new UnavailableException(
                        "Another program kept " + file.shown() + " locked. Nothing was changed; try again, or end what"
                                + " holds the lock.",
                        e);
            case SQLITE_FULL ->
                new UnavailableException(
                        "The disk that holds " + file.shown()
                                + " is full. Nothing was changed; make room and try again."
                                + (e instanceof SQLiteException
                                        ? ""
                                        : " Documents can still be deleted, some at a time."),
                        e);
            case SQLITE_INTERRUPT ->
                new UnavailableException(
                        "A statement on " + file.shown() + " took longer than the " + Micros.shown(timeout)
                                + " that this call could take. Nothing was changed; let an index lead to what it looks"
                                + " for (explain() names one that is missing), ask for less at a time, or raise the"
                                + " option timeout.",
                        e);
            case SQLITE_NOTADB ->
                new ConfigurationException(
                        "The file of " + file.shown() + " is not a SQLite database (or is an encrypted one). It was not"
                                + " touched; name another file.",
                        e);
            case SQLITE_CORRUPT ->
                new ConfigurationException(
                        "The file of " + file.shown()
                                + " is damaged. Restore a backup, or try sqlite3's .recover on a copy.",
                        e);
            case SQLITE_READONLY ->
                new ConfigurationException(
                        "The file of " + file.shown()
                                + " or its directory is read-only for this user. SQLite writes the file"
                                + " and, beside it, its -wal and -shm files. Grant write access.",
                        e);
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                new ConfigurationException(
                        "The file of " + file.shown()
                                + " cannot be opened or created by this user. Check the permissions of"
                                + " the file and its directory, and the limit of open files.",
                        e);
            case SQLITE_IOERR ->
                new UnavailableException(
                        "The disk that holds " + file.shown() + " reported an error: " + e.getMessage()
                                + " Nothing was changed.",
                        e);
            default ->
                new UnavailableException(
                        "SQLite failed on " + file.shown() + ": " + e.getMessage() + " Nothing was changed.", e);
        };
    }

    /** SQLite itself is a native library in the driver's jar, which is unpacked to be loaded. */
    private ConfigurationException noLibrary(NativeLibraryNotFoundException e) {
        String directory = System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
        boolean usable = Files.isDirectory(Path.of(directory)) && Files.isWritable(Path.of(directory));
        return new ConfigurationException(
                "SQLite's native library could not be loaded for " + file.shown() + ". It is unpacked into " + directory
                        + (usable
                                ? ", which is perhaps mounted so that nothing in it can be run (noexec): "
                                : ", which this user cannot write: ")
                        + e.getMessage() + ". Set java.io.tmpdir, or org.sqlite.tmpdir, to another directory: java"
                        + " -Dorg.sqlite.tmpdir=DIRECTORY.",
                e);
    }

    /** Returns the exception for a commit that failed: a disk that reports an error may have kept it all the same. */
    RuntimeException ofCommit(SQLException e) {
        if (primary(e) == SQLiteErrorCode.SQLITE_IOERR) {
            return new OutcomeUnknownException(
                    "The disk that holds " + file.shown() + " reported an error while" + " committing: "
                            + e.getMessage() + " The write may have happened or not; read before trying again.",
                    e);
        }
        return of(e);
    }

    /** Returns the exception for a file that is not at its path any more, before anything was written. */
    UnavailableException gone(String problem) {
        return new UnavailableException(problem + " Until then nothing is read or written. Nothing was changed.", null);
    }

    /** Returns the exception for a file that left its path while a commit was under way. */
    OutcomeUnknownException goneInCommit(String problem) {
        return new OutcomeUnknownException(
                problem
                        + " That was found after a commit: the write is in the file that was open, and may be in none that"
                        + " is opened again; read before trying again.",
                null);
    }

    UnavailableException writerHeld(Duration waited) {
        return new UnavailableException(
                "Another transaction of this application kept the write lock of " + file.shown()
                        + " for the " + Micros.shown(waited)
                        + " that this call could wait. Nothing was changed; try again, make the"
                        + " transactions shorter, or raise the option timeout.",
                null);
    }

    UnavailableException lockedByOthers(Duration waited, SQLException cause) {
        return new UnavailableException(
                "Another program kept " + file.shown() + " locked for the " + Micros.shown(waited)
                        + " that this call could wait (is the application running twice, or a database tool with an open"
                        + " transaction?). Nothing was changed; try again, or raise the option timeout.",
                cause);
    }

    UnavailableException noConnection(String option, int size, Duration waited) {
        return new UnavailableException(
                "All " + size + " connections of " + file.shown() + " for " + option + " were in use" + " for the "
                        + Micros.shown(waited) + " that this call could wait. Try again, or raise the option " + option
                        + ".",
                null);
    }

    UnavailableException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new UnavailableException(
                "The thread was interrupted while it waited for " + file.shown() + ". Nothing was changed.", e);
    }

    /** The extended codes carry the primary one in their lowest byte. */
    private static SQLiteErrorCode primary(SQLException e) {
        return SQLiteErrorCode.getErrorCode(
                e instanceof SQLiteException sqlite ? sqlite.getResultCode().code & 0xFF : e.getErrorCode() & 0xFF);
    }
}
