package dev.pagurus.store.sqlite;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import java.util.Set;

/**
 * Opens SQLite databases.
 *
 * <pre>
 * sqlite:notes.db              a file, relative to the working directory; created if it is missing
 * sqlite:/var/lib/app/notes.db a file by its whole path (sqlite:///var/lib/app/notes.db too)
 * sqlite::memory:              a private temporary file, deleted on close; nothing is ever flushed to the disk
 * jdbc:sqlite:notes.db         the same as sqlite:notes.db
 * </pre>
 *
 * <p>In the path, {@code ?} is written {@code %3F} and {@code %} is written {@code %25}. The file's directory must exist.
 * Other processes may have the file open at the same time, this store or any other program; while the store is open, the
 * file must not be opened or copied by anything but SQLite itself.
 *
 * <p>A process may have thousands of stores: when more than 64 have their files open, those that were not used for longest
 * close theirs, and open them again when they are used, unless the file was replaced or deleted meanwhile.
 *
 * <p>A new file is its owner's alone (mode 600), and so are the -wal and -shm files beside it, which always have the
 * permissions of the file; give it others, or create it empty with others, to let more people in.
 *
 * <p>The disk needs room for the documents and for the log: {@code journal.limit}, or an eighth of what is free if that is
 * less. The last megabyte is kept for deleting: a write that makes the file larger is refused before. An upgrade of a
 * collection, and a transaction, need as much again as they write.
 *
 * <table>
 * <caption>Options, besides those of every store</caption>
 * <tr><th>option</th><th>default</th><th>what it is</th></tr>
 * <tr><td>{@code migrate}</td><td>apply</td><td>apply: the file and our own tables are created and upgraded; validate:
 * opening changes neither, but says what SQL is to be run ({@link dev.pagurus.store.MigrationException#sql()})</td></tr>
 * <tr><td>{@code synchronous}</td><td>full</td><td>{@code full}: what was acknowledged survives a power cut;
 * {@code normal}: a power cut may undo the last writes; {@code off}: it may damage the file</td></tr>
 * <tr><td>{@code readers}</td><td>number of cores</td><td>connections that single reads share (1 to 64); more than cores
 * make reads slower</td></tr>
 * <tr><td>{@code snapshots}</td><td>32</td><td>snapshots that may be held at once (1 to 1000)</td></tr>
 * <tr><td>{@code cache}</td><td>8MiB</td><td>page cache of each connection, bytes</td></tr>
 * <tr><td>{@code journal.limit}</td><td>64MiB</td><td>the write-ahead log is emptied when it has grown past
 * this, bytes, or past an eighth of the room on the disk; held snapshots delay it</td></tr>
 * <tr><td>{@code network}</td><td>refuse</td><td>a database file on a network file system: {@code refuse} or
 * {@code allow}; SQLite's locks are not reliable there</td></tr>
 * </table>
 */
public final class SqliteStoreProvider implements StoreProvider {

    /** Makes one, for {@link java.util.ServiceLoader}. */
    public SqliteStoreProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("sqlite");
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        return SqliteEngine.open(SqliteSettings.of(config));
    }
}
