package dev.pagurus.store.sqlite;

import dev.pagurus.store.Health;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.sqlite.connect.SqlitePresence;
import dev.pagurus.store.sqlite.connect.SqliteReaders;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.connect.SqliteWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the database one question, and looks at the sizes of its files. */
final class SqliteHealth {

    private final SqliteSettings settings;
    private final SqlitePresence presence;
    private final SqliteReaders readers;
    private final SqliteReaders snapshots;
    private final SqliteWriter writer;

    SqliteHealth(
            SqliteSettings settings,
            SqlitePresence presence,
            SqliteReaders readers,
            SqliteReaders snapshots,
            SqliteWriter writer) {
        this.settings = settings;
        this.presence = presence;
        this.readers = readers;
        this.snapshots = snapshots;
        this.writer = writer;
    }

    Health check() {
        long started = System.nanoTime();
        Map<String, String> details = new LinkedHashMap<>();
        details.put("file", settings.file().shownPath());
        @Nullable String problem = presence.problemNow();
        String engine = "SQLite";
        try {
            engine = readers.read(connection -> {
                try (ResultSet row =
                        connection.query("select sqlite_version(), (select max(version) from pagurus_migrations)")) {
                    row.next();
                    details.put("catalogue_version", row.getString(2));
                    return "SQLite " + row.getString(1);
                }
            });
        } catch (StoreException e) {
            problem = problem == null ? e.getMessage() : problem;
        }
        Duration latency = Duration.ofNanos(System.nanoTime() - started);
        details.put("file_bytes", size(settings.file().path()));
        details.put("wal_bytes", size(settings.file().wal()));
        details.put("synchronous", settings.synchronous().toString().toLowerCase(Locale.ROOT));
        details.put("writers_waiting", Integer.toString(writer.waiting()));
        details.put("readers_in_use", Integer.toString(readers.inUse()));
        details.put("snapshots_in_use", Integer.toString(snapshots.inUse()));
        return new Health(problem == null, engine, latency, problem, details);
    }

    /** Asks the file system, and does not open the file. */
    private static String size(Path file) {
        try {
            return Files.exists(file) ? Long.toString(Files.size(file)) : "0";
        } catch (IOException e) {
            return "unknown";
        }
    }
}
