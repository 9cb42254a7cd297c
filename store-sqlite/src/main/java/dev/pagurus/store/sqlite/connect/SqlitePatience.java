package dev.pagurus.store.sqlite.connect;

import java.sql.SQLException;
import java.time.Duration;

/** One call's waiting for locks that other programs hold on the file, until the call's deadline. */
final class SqlitePatience {

    private final SqliteErrors errors;
    private final long started = System.nanoTime();
    private final long timeoutNanos;

    SqlitePatience(SqliteSettings settings, SqliteErrors errors) {
        this.errors = errors;
        this.timeoutNanos = settings.timeout().toNanos();
    }

    /** Something that may meet a lock. */
    @FunctionalInterface
    interface Attempt<R> {
        R run() throws SQLException;
    }

    /** Tries again for as long as the file is locked; each attempt waits a little inside of SQLite. */
    <R> R untilFree(Attempt<R> attempt) throws SQLException {
        while (true) {
            try {
                return attempt.run();
            } catch (SQLException e) {
                if (!SqliteErrors.isBusy(e)) {
                    throw e;
                }
                long waited = System.nanoTime() - started;
                if (waited >= timeoutNanos) {
                    throw errors.lockedByOthers(Duration.ofNanos(waited), e);
                }
                if (Thread.interrupted()) {
                    throw errors.interrupted(new InterruptedException("while waiting for another program"));
                }
            }
        }
    }
}
