package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options that go on to the driver. Hosts of PostgreSQL give URLs as psql takes them, in the words of its library libpq:
 * those mean here what they mean there, or {@link LibpqOptions} refuses them by name.
 */
final class PostgresOptions {

    private static final String ABSENT = "\0";
    private static final Duration LEAST_CONNECT = Duration.ofSeconds(1);
    private static final Duration MOST_CONNECT = Duration.ofMinutes(10);

    /** What is about connections, and so not for a DataSource that is given. */
    static final List<String> NAMES = List.of(
            "pool.shared",
            "pool.max",
            "pool.minIdle",
            "pool.maxLifetime",
            "pool.idleTimeout",
            "connect.timeout",
            "connect_timeout",
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslnegotiation",
            "channel_binding",
            "gssencmode",
            "keepalives",
            "options",
            "target_session_attrs",
            "client_encoding",
            "prepare.threshold",
            "application",
            "application_name",
            "fallback_application_name");

    private final StoreOptions options;

    PostgresOptions(StoreOptions options) {
        this.options = options;
    }

    /** Returns an option; null if it is not given. */
    static @Nullable String given(StoreOptions options, String name) {
        String text = options.text(name, ABSENT);
        return text.equals(ABSENT) ? null : text;
    }

    Duration connectTimeout() {
        @Nullable String seconds = given(options, "connect_timeout");
        if (seconds == null) {
            Duration timeout = options.duration("connect.timeout", Duration.ofSeconds(5));
            if (timeout.compareTo(LEAST_CONNECT) < 0 || timeout.compareTo(MOST_CONNECT) > 0) {
                throw new ConfigurationException("The option 'connect.timeout' of the URL must be from 1s to 600s.");
            }
            return timeout;
        }
        refuseBoth("connect.timeout", "connect_timeout");
        return Duration.ofSeconds(options.integer("connect_timeout", 0, 1, 600));
    }

    /** Returns what the driver is given, apart from time-outs and what depends on the hosts. */
    Map<String, String> forDriver() {
        Map<String, String> driver = new LinkedHashMap<>();
        @Nullable String roots = given(options, "sslrootcert");
        if ("system".equals(roots)) {
            driver.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            driver.put("sslmode", oneOf("sslmode", "verify-full", List.of("verify-full")));
        } else {
            driver.put(
                    "sslmode",
                    oneOf(
                            "sslmode",
                            "prefer",
                            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full")));
            putIfGiven(driver, "sslrootcert", roots);
        }
        putIfGiven(driver, "sslcert", given(options, "sslcert"));
        putIfGiven(driver, "sslkey", given(options, "sslkey"));
        putIfGiven(driver, "options", serverOptions());
        choose(driver, "sslNegotiation", "sslnegotiation", List.of("postgres", "direct"));
        choose(driver, "channelBinding", "channel_binding", List.of("disable", "prefer", "require"));
        choose(driver, "gssEncMode", "gssencmode", List.of("disable", "prefer", "require"));
        driver.put(
                "tcpKeepAlive",
                Boolean.toString(oneOf("keepalives", "1", List.of("1", "0")).equals("1")));
        // The primary is found anyway, and all text is UTF-8 anyway.
        oneOf("target_session_attrs", "primary", List.of("any", "read-write", "primary"));
        oneOf("client_encoding", "UTF8", List.of("UTF8", "UTF-8", "utf8", "utf-8", "auto"));
        driver.put("prepareThreshold", Integer.toString(options.integer("prepare.threshold", 5, 0, 1_000_000)));
        driver.put("ApplicationName", application());
        return driver;
    }

    private static void putIfGiven(Map<String, String> driver, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            driver.put(name, value);
        }
    }

    private void choose(Map<String, String> driver, String name, String option, List<String> choices) {
        if (given(options, option) != null) {
            driver.put(name, oneOf(option, "", choices));
        }
    }

    private String oneOf(String name, String ifAbsent, List<String> choices) {
        String text = options.text(name, ifAbsent);
        for (String choice : choices) {
            if (choice.equalsIgnoreCase(text)) {
                return choice;
            }
        }
        throw new ConfigurationException("The option '" + name + "' of the URL must be "
                + (choices.size() == 1 ? choices.get(0) : "one of " + String.join(", ", choices))
                + (name.equals("sslmode") && choices.size() == 1 ? " with sslrootcert=system" : "") + ".");
    }

    private @Nullable String serverOptions() {
        @Nullable String given = given(options, "options");
        if (given != null && given.contains("search_path")) {
            throw new ConfigurationException(
                    "The option 'options' of the URL sets search_path, which this store does not"
                            + " go by. Name the schema of our tables with the option schema.");
        }
        return given;
    }

    private String application() {
        @Nullable String fallback = given(options, "fallback_application_name");
        @Nullable String theirs = given(options, "application_name");
        if (theirs != null) {
            refuseBoth("application", "application_name");
            return theirs;
        }
        return options.text("application", fallback == null ? "pagurus" : fallback);
    }

    private void refuseBoth(String ours, String theirs) {
        if (given(options, ours) != null) {
            throw new ConfigurationException("The URL has the options '" + ours + "' and '" + theirs
                    + "', which are two names for the same. Remove one of them.");
        }
    }
}
