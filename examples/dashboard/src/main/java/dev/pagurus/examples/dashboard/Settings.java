package dev.pagurus.examples.dashboard;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the environment says.
 *
 * @param databaseUrl DATABASE_URL; null for the SQLite file in the data directory
 * @param databasePassword from DATABASE_PASSWORD_FILE, apart from the URL
 * @param databaseWait DATABASE_WAIT: how long to wait for a database that is starting
 * @param startEmpty START_EMPTY: whether an empty database may take the place of a file that holds data
 * @param dataDirectory DATA_DIR
 * @param port PORT
 * @param webhookToken WEBHOOK_TOKEN
 * @param user DASHBOARD_USER
 * @param password DASHBOARD_PASSWORD; null for pages that everybody may see
 * @param publicOrigin scheme, host and port of PUBLIC_URL
 */
record Settings(
        @Nullable String databaseUrl,
        @Nullable String databasePassword,
        Duration databaseWait,
        boolean startEmpty,
        Path dataDirectory,
        int port,
        String webhookToken,
        String user,
        @Nullable String password,
        @Nullable String publicOrigin) {

    static final List<String> LOG_LEVELS = List.of("trace", "debug", "info", "warn", "error", "off");

    /**
     * Reads the environment.
     *
     * @throws SettingsException if something in it is wrong or missing
     */
    static Settings of(Map<String, String> environment) {
        String token = secret(environment, "WEBHOOK_TOKEN");
        if (token == null) {
            throw new SettingsException(
                    "WEBHOOK_TOKEN is not set. Choose a secret and give the same one to Diun, as the"
                            + " webhook's authorization header; without it, anybody could announce updates.");
        }
        String user = environment.getOrDefault("DASHBOARD_USER", "admin");
        if (user.isBlank() || user.indexOf(':') >= 0) {
            throw new SettingsException("DASHBOARD_USER must be a name without a colon.");
        }
        return new Settings(
                text(environment, "DATABASE_URL"),
                secret(environment, "DATABASE_PASSWORD"),
                duration(environment, "DATABASE_WAIT", Duration.ofSeconds(30)),
                flag(environment, "START_EMPTY"),
                path(environment.getOrDefault("DATA_DIR", "data")),
                port(environment.getOrDefault("PORT", "8080")),
                token,
                user,
                secret(environment, "DASHBOARD_PASSWORD"),
                origin(text(environment, "PUBLIC_URL")));
    }

    /** Returns LOG_LEVEL. */
    static String logLevel(Map<String, String> environment) {
        String level = environment.getOrDefault("LOG_LEVEL", "info").toLowerCase(Locale.ROOT);
        if (!LOG_LEVELS.contains(level)) {
            throw new SettingsException("LOG_LEVEL must be one of " + String.join(", ", LOG_LEVELS) + ".");
        }
        return level;
    }

    private static @Nullable String text(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Stands in the variable, or in the file that the variable with _FILE names, as secrets of containers do. */
    private static @Nullable String secret(Map<String, String> environment, String name) {
        String file = text(environment, name + "_FILE");
        String value = text(environment, name);
        if (file == null) {
            return value;
        }
        if (value != null) {
            throw new SettingsException("Both " + name + " and " + name + "_FILE are set. Remove one of them.");
        }
        try {
            String content = Files.readString(Path.of(file)).strip();
            if (content.isEmpty()) {
                throw new SettingsException("The file that " + name + "_FILE names is empty.");
            }
            return content;
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException("The file that " + name + "_FILE names cannot be read: " + file + " ("
                    + e.getClass().getSimpleName() + ").");
        }
    }

    private static Duration duration(Map<String, String> environment, String name, Duration otherwise) {
        String value = text(environment, name);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("[0-9]{1,6}[sm]")) {
            throw new SettingsException(name + " must be seconds or minutes, such as 30s or 2m.");
        }
        long number = Long.parseLong(value.substring(0, value.length() - 1));
        return value.endsWith("m") ? Duration.ofMinutes(number) : Duration.ofSeconds(number);
    }

    private static boolean flag(Map<String, String> environment, String name) {
        String value = text(environment, name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw new SettingsException(name + " must be true or false.");
        }
        return true;
    }

    private static Path path(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new SettingsException("DATA_DIR must be a directory.");
        }
    }

    private static int port(String value) {
        if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65535) {
            throw new SettingsException("PORT must be a number up to 65535.");
        }
        return Integer.parseInt(value);
    }

    private static @Nullable String origin(@Nullable String url) {
        if (url == null) {
            return null;
        }
        try {
            URI uri = URI.create(url);
            if (uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getRawAuthority() != null) {
                return uri.getScheme() + "://" + uri.getRawAuthority();
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new SettingsException(
                "PUBLIC_URL must be the address of the dashboard, such as https://updates.example.org.");
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "Settings[port " + port + ", data directory " + dataDirectory + "]";
    }
}
