package dev.pagurus.store.sqlite.connect;

import dev.pagurus.store.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;

/**
 * Which copy of SQLite's library has a file open, seen by all class loaders of the JVM. Each class loader that loads the
 * driver has a copy of its own, with a table of locks of its own; but the locks themselves belong to the process. So two
 * copies would not see each other, and closing a file in one would release the other's locks. Therefore the first copy
 * that opens a file has it until its last handle is closed. Any number of handles of one copy share it.
 *
 * <p>It is a system property for each open file, a text: all loaders share that, and nothing of it keeps a loader alive.
 */
public final class SqliteClaim {

    private static final String PROPERTY = "dev.pagurus.sqlite.open.";

    private static final String OUR_COPY = hash(SQLiteJDBCLoader.class);
    private static final String OUR_LOADER = named(SQLiteJDBCLoader.class.getClassLoader());

    /** The property's name; null where there is nothing to claim. */
    private final @Nullable String property;

    private final Holder holder;

    private SqliteClaim(@Nullable String property, Holder holder) {
        this.property = property;
        this.holder = holder;
    }

    /**
     * Claims the file, if it is there and its file system has identities for files. Where it has none, as on Windows, locks
     * belong to the handle and not to the process.
     *
     * @throws ConfigurationException if another copy of the library has it open, or it is open under another name
     */
    public static SqliteClaim of(SqliteFile file) {
        Holder asked = new Holder(0, OUR_COPY, OUR_LOADER, file.path().toString());
        Object identity = file.identity();
        if (identity == null) {
            return new SqliteClaim(null, asked);
        }
        String property = PROPERTY + identity;
        Holder holder = Holder.parse(System.getProperties().compute(property, (key, held) -> asked.plus(held, 1)));
        if (!holder.copy().equals(OUR_COPY)) {
            throw new ConfigurationException("The file of " + file.shown() + " is open in this JVM already, through"
                    + " another copy of SQLite's library, which the class loader " + holder.loader()
                    + " has loaded; here"
                    + " it is " + OUR_LOADER + ". The two would not see each other's locks, and writes would be"
                    + " lost. Nothing was changed. Close the other store first (an application that is deployed anew must"
                    + " close its store when it stops; if it cannot any more, restart the JVM), or let one class loader"
                    + " that both share load sqlite-jdbc.");
        }
        if (!holder.path().equals(asked.path())) {
            throw new ConfigurationException("The file of " + file.shown()
                    + " is open in this JVM already, by the name "
                    + holder.path() + ", which is a hard link to it. SQLite keeps a log beside each name, and writes"
                    + " would be lost. Nothing was changed. Open it by that name, or make a copy of the file.");
        }
        return new SqliteClaim(property, asked);
    }

    /** Gives the file free, if this was the last handle on it. */
    public void release() {
        if (property != null) {
            System.getProperties().computeIfPresent(property, (key, held) -> holder.plus(held, -1));
        }
    }

    private static String named(@Nullable ClassLoader loader) {
        if (loader == null) {
            return "of the JVM itself";
        }
        String name = loader.getName() == null ? "" : " '" + loader.getName() + "'";
        return loader.getClass().getName() + "@" + hash(loader) + name;
    }

    private static String hash(Object object) {
        return Integer.toHexString(System.identityHashCode(object));
    }

    /**
     * Who has a file, as the property's value says it, one part a line.
     *
     * @param handles how many are open
     * @param copy what tells the copies of the library apart
     * @param loader which loader has loaded it, for people
     * @param path by which name
     */
    private record Holder(int handles, String copy, String loader, String path) {

        static Holder parse(Object value) {
            String[] parts = value.toString().split("\n", 4);
            return new Holder(Integer.parseInt(parts[0]), parts[1], parts[2], parts[3]);
        }

        /** Returns the value with this many handles more, or as it was if the holder is another one; null if none is left. */
        @Nullable
        Object plus(@Nullable Object held, int by) {
            Holder holder = held == null ? this : parse(held);
            if (!holder.copy.equals(copy) || !holder.path.equals(path)) {
                return held;
            }
            int left = holder.handles + by;
            return left == 0 ? null : String.join("\n", Integer.toString(left), copy, loader, path);
        }
    }
}
