package dev.pagurus.store.sqlite.connect;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether the files that are open are still those at their paths. One that was deleted, moved or replaced can be written as
 * before, and all of that is gone once it is closed.
 *
 * <p>The file itself is looked at around each commit, which costs two microseconds. The log is not: asking for the times of
 * a file that commits write makes them slower (see {@link SqliteLog}), so that is done now and then. Reads rely on a look
 * that was taken a moment ago.
 */
public final class SqlitePresence {

    private static final long READS_LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final SqliteFile file;
    private final SqliteErrors errors;
    private volatile @Nullable Seen database;
    private volatile @Nullable Seen log;
    private volatile @Nullable Seen index;
    private volatile boolean logIsGone;
    private volatile long looked = System.nanoTime();

    public SqlitePresence(SqliteFile file, SqliteErrors errors) {
        this.file = file;
        this.errors = errors;
    }

    /** A file as it was seen; the identity is null where the file system has none. */
    private record Seen(@Nullable Object identity, long bytes) {

        static @Nullable Seen at(Path path) {
            try {
                BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
                return new Seen(attributes.fileKey(), attributes.size());
            } catch (IOException e) {
                return null;
            }
        }
    }

    /** Notes which files the connection that writes has open, unless that is noted; called in its transaction. */
    void noteOpened() {
        if (log == null) {
            if (database == null) {
                database = Seen.at(file.given());
            }
            log = Seen.at(file.wal());
            index = Seen.at(file.shm());
            logIsGone = false;
        }
    }

    /** Forgets the log and its index, which may be others when the file is opened again. */
    void noteClosed() {
        log = null;
        index = null;
    }

    /** Fails if what would be written, opened or read is not at its path any more. */
    public void require() {
        String problem = problem();
        if (problem != null) {
            throw errors.gone(problem);
        }
    }

    /** Fails if a commit may have been the first one after a file was gone. */
    void requireAfterCommit() {
        String problem = problem();
        if (problem != null) {
            throw errors.goneInCommit(problem);
        }
    }

    /** Fails as {@link #require}, but looks only if the last look was a while ago. */
    void requireForRead() {
        long now = System.nanoTime();
        if (now - looked > READS_LOOK_EVERY_NANOS) {
            String problem = problemOfDatabase();
            if (problem != null) {
                throw errors.gone(problem);
            }
            looked = now;
        }
    }

    /** Says what has become of the files; null if all is well. */
    private @Nullable String problem() {
        String problem = problemOfDatabase();
        return problem == null && logIsGone ? problemOfLog() : problem;
    }

    /** Says what has become of the files, the log included; null if all is well. */
    public @Nullable String problemNow() {
        String problem = problemOfDatabase();
        return problem == null ? problemOfLog() : problem;
    }

    private @Nullable String problemOfDatabase() {
        Seen opened = database;
        if (opened == null) {
            return null;
        }
        try {
            BasicFileAttributes now = Files.readAttributes(file.given(), BasicFileAttributes.class);
            if (!Objects.equals(now.fileKey(), opened.identity())) {
                return "The file of " + file.shown()
                        + " was replaced by another one while it was open. Close this store"
                        + " and open it again to use the file that is there now, or put the old one back.";
            }
            if (now.size() == 0 && opened.bytes() > 0) {
                return "The file of " + file.shown() + " was emptied while it was open. Close this store and restore a"
                        + " backup.";
            }
            return null;
        } catch (AccessDeniedException e) {
            // The process may not look any more, and what it has open may be there or not.
            return null;
        } catch (IOException e) {
            return "The file of " + file.shown() + " was deleted or moved, or its directory was, while it was open. Put"
                    + " it back, or close this store and open it again.";
        }
    }

    private @Nullable String problemOfLog() {
        for (Path path : new Path[] {file.wal(), file.shm()}) {
            Seen opened = path.equals(file.wal()) ? log : index;
            Seen now = Seen.at(path);
            if (opened != null
                    && (now == null ? Files.notExists(path) : !Objects.equals(now.identity(), opened.identity()))) {
                return "The file " + path + ", which belongs to " + file.shown()
                        + ", was deleted or replaced while it was"
                        + " open. Close this store, which copies what it had into the database, and open it again.";
            }
        }
        return null;
    }

    /** Looks at the log and its index, and returns how long the log is. */
    long lookAtLog() {
        logIsGone = problemOfLog() != null;
        Seen now = Seen.at(file.wal());
        return now == null ? 0 : now.bytes();
    }

    boolean logIsGone() {
        return logIsGone;
    }
}
