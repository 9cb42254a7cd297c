package dev.pagurus.store.sqlite.connect;

import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.SQLiteJDBCLoader;

/**
 * SQLite's own library, which the driver unpacks, compares and loads at the first connection of a JVM. That takes longer
 * than all else of opening, so it is begun on a thread of its own, beside what can be done before a connection is needed.
 */
public final class SqliteLibrary {

    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private SqliteLibrary() {}

    /**
     * Returns the library's version, and begins to load it. The driver lets whoever needs it wait for the end of that, and
     * says there why it failed.
     */
    public static String begin() {
        String version = SQLiteJDBCLoader.getVersion();
        if (!BEGUN.getAndSet(true)) {
            Thread thread = new Thread(SqliteLibrary::load, "pagurus-library");
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // There is no room for a thread, and no need for one.
                return version;
            }
        }
        return version;
    }

    private static void load() {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception | LinkageError e) {
            // The first connection will try it again and fail with that.
            return;
        }
    }
}
