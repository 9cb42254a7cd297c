package dev.pagurus.examples.dashboard;

import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the database that the settings mean. */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private static final String FILE = "dashboard.db";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private Database() {}

    /**
     * Opens it, and waits for one that is starting.
     *
     * @throws UnavailableException if it could not be reached for as long as the settings say
     * @throws StoreException if the URL is wrong, or the database is not one for us
     */
    static Store open(Settings settings) {
        String url = settings.databaseUrl() == null ? fileUrl(settings) : settings.databaseUrl();
        StoreConfig.Builder builder = StoreConfig.builder(url);
        if (settings.databasePassword() != null) {
            builder.password(settings.databasePassword());
        }
        StoreConfig config = builder.build();
        if (settings.databaseUrl() == null) {
            createDirectory(settings.dataDirectory());
        }
        Store store = openWaiting(config, settings.databaseWait());
        LOG.info("The data is in {}", config.redactedUrl());
        return store;
    }

    /**
     * Refuses an empty database beside a file that holds data: that is a forgotten move far more often than a wish.
     *
     * @throws ForgottenDataException if so
     */
    static void refuseToForget(Dashboard dashboard, Settings settings) {
        Path file = settings.dataDirectory().resolve(FILE);
        if (settings.databaseUrl() == null || settings.startEmpty() || !dashboard.isEmpty() || !Files.exists(file)) {
            return;
        }
        // It may be of an earlier release, and the way back to it: so it is looked into and not brought up.
        try (Store store = Stores.open(fileUrl(settings) + "?migrate=validate")) {
            if (store.summaries().stream().allMatch(one -> one.documents() == 0)) {
                return;
            }
        } catch (StoreException e) {
            LOG.warn("Whether {} holds data could not be seen: {}", file, e.getMessage());
        }
        throw new ForgottenDataException("DATABASE_URL names an empty database, but " + file.toAbsolutePath()
                + " holds data. To take it along, copy it first: see 'Move to PostgreSQL' in the README. To go on with the"
                + " file, remove DATABASE_URL; to leave its data behind and start empty, set START_EMPTY=true, or move the"
                + " file away. Nothing was changed in it.");
    }

    private static Store openWaiting(StoreConfig config, Duration longest) {
        long deadline = System.nanoTime() + longest.toNanos();
        boolean said = false;
        while (true) {
            try {
                return Stores.open(config);
            } catch (UnavailableException e) { // and only then is trying again of use
                if (System.nanoTime() + PAUSE.toNanos() > deadline) {
                    throw e;
                }
                if (!said) {
                    LOG.warn("Waiting up to {} s for the database: {}", longest.toSeconds(), e.getMessage());
                    said = true;
                }
                pause(e);
            }
        }
    }

    private static void pause(UnavailableException reason) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    /** In a URL, {@code %} and {@code ?} mean something; in a path they may stand for themselves. */
    private static String fileUrl(Settings settings) {
        String path = settings.dataDirectory().resolve(FILE).toString();
        return "sqlite:" + path.replace("%", "%25").replace("?", "%3F");
    }

    private static void createDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new SettingsException("The data directory " + directory.toAbsolutePath()
                    + " is not there and cannot be created (" + e.getClass().getSimpleName()
                    + "). Create it, or set DATA_DIR to another one.");
        }
    }
}
