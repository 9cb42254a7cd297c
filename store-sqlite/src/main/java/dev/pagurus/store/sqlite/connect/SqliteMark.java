package dev.pagurus.store.sqlite.connect;

import dev.pagurus.store.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * Tells whether the log beside a file is the log of that file. SQLite applies any sound log that it finds: where a backup
 * was copied over the file and the old log was left, the restore would be undone, or the two mixed.
 *
 * <p>A row of its own has a random mark. When the whole log has been copied into the file, the next commit puts a new mark
 * there, and the one before beside it. So the file alone, without its log, has the newest mark or the one before, and a
 * backup, which gets a mark of its own, has neither. There need not be such a row: nothing is noticed then.
 */
public final class SqliteMark {

    private static final String TABLE = "`pagurus$log`";

    private static final String IS_THERE = "select 1 from sqlite_schema where type = 'table' and name = 'pagurus$log'";

    /** How often it is looked whether another process is just changing the mark. */
    private static final int LOOKS = 10;

    private static final int BUSY_MILLIS = 1000;

    /** The mark that the file has; null if that is not known, or was used already. */
    private @Nullable Long copied;

    /**
     * A mark, as it was read.
     *
     * @param before the one that it replaced; null if it is the first
     */
    private record Seen(long mark, @Nullable Long before) {}

    /** Makes the row, if it is missing. */
    public static void create(SqliteConnection writing) throws SQLException {
        writing.run("create table if not exists " + TABLE
                + " (id integer not null primary key check (id = 1), mark integer not null, before integer) strict");
        writing.update("insert or ignore into " + TABLE + " (id, mark) values (1, ?)", random());
    }

    /** Gives a copy of a database a mark of its own. */
    public static void renew(Connection copy) throws SQLException {
        try (Statement statement = copy.createStatement()) {
            boolean there;
            try (ResultSet row = statement.executeQuery(IS_THERE)) {
                there = row.next();
            }
            if (there) {
                statement.executeUpdate("update " + TABLE + " set mark = " + random() + ", before = null");
            }
        }
    }

    /** A way to copy the log into the file, which says whether all of it was. */
    @FunctionalInterface
    interface Copying {
        boolean run(SqliteConnection writing) throws SQLException;
    }

    /** Copies the log, and remembers which mark the file has then. */
    boolean copied(SqliteConnection writing, Copying copying) throws SQLException {
        Long now = read(writing);
        boolean all = copying.run(writing);
        copied = all ? now : null;
        return all;
    }

    /**
     * Puts a new mark into the transaction, if the file is known to have the present one. Without {@code synchronous} nothing
     * is known of what the file has after a power cut.
     */
    void change(SqliteConnection writing) throws SQLException {
        Long known = copied;
        if (known != null) {
            copied = null;
            writing.update("update " + TABLE + " set before = mark, mark = ? where mark = ?", random(), known);
        }
    }

    private static @Nullable Long read(SqliteConnection connection) throws SQLException {
        try (ResultSet row = connection.query(IS_THERE)) {
            if (!row.next()) {
                return null;
            }
        }
        try (ResultSet row = connection.query("select mark from " + TABLE)) {
            return row.next() ? row.getLong(1) : null;
        }
    }

    /**
     * Refuses a file beside which the log of another one lies. Nothing is changed then, also not by closing again.
     *
     * @throws ConfigurationException with the names of both and the ways out
     */
    public static void requireOwnLog(SqliteFile file) {
        for (int look = 0; isForeign(file); look++) {
            if (look == LOOKS) {
                throw new ConfigurationException("The log " + file.wal() + " is not that of the file " + file.path()
                        + " that is there: the file was replaced, by a backup perhaps, and the log of the old one was left."
                        + " Opening " + file.shown() + " would mix the two. Nothing was changed. If the file is the one"
                        + " you want, delete " + file.wal() + " and " + file.shm()
                        + "; if what was written last is what"
                        + " you want, put the file back that was there before.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static boolean isForeign(SqliteFile file) {
        try {
            if (!Files.exists(file.wal()) || Files.size(file.wal()) == 0) {
                return false;
            }
            // A file that is open for reading only is closed without copying the log into it.
            Seen together = read(file, "?mode=ro");
            Seen alone = together == null ? null : read(file, "?immutable=1");
            return together != null
                    && alone != null
                    && alone.mark() != together.mark()
                    && !Long.valueOf(alone.mark()).equals(together.before());
        } catch (IOException | SQLException e) {
            // Where a crash broke off the copying, the file alone may be unreadable. What else is wrong, opening will
            // say.
            return false;
        }
    }

    private static @Nullable Seen read(SqliteFile file, String how) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        config.setOpenMode(SQLiteOpenMode.READONLY);
        config.resetOpenMode(SQLiteOpenMode.READWRITE);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        try (Connection connection = config.createConnection(file.jdbcUrl() + how);
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(IS_THERE)) {
                if (!row.next()) {
                    return null;
                }
            }
            try (ResultSet row = statement.executeQuery("select mark, before from " + TABLE)) {
                if (!row.next()) {
                    return null;
                }
                long mark = row.getLong(1);
                long before = row.getLong(2);
                return new Seen(mark, row.wasNull() ? null : before);
            }
        }
    }

    private static long random() {
        return ThreadLocalRandom.current().nextLong();
    }
}
