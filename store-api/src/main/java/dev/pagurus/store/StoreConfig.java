package dev.pagurus.store;

import dev.pagurus.store.spi.StoreProvider;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How to open a store: a URL and what does not belong into one.
 *
 * <pre>{@code
 *  postgres://user:secret@host:5432/db?timeout=10s&pool.max=25
 *  \______/   \_______________________/ \___________________/
 *   scheme             address                 options
 *
 *  sqlite:data/notes.db?timeout=10s
 *  \____/ \___________/ \_________/
 *  scheme    address      options
 * }</pre>
 *
 * <p>A {@code jdbc:} before the scheme is ignored. Options are {@code name=value} joined by {@code &}; in the address
 * and in options, {@code %} and two hex digits stand for a byte of UTF-8. An option in the URL, which the operator
 * writes, wins over the builder, which the programmer writes. White space around the URL is not part of it: files and
 * {@code echo} leave a line break at its end. Control characters within it are refused; in a path, they are written as
 * {@code %0A}. The options that every store has:
 *
 * <table>
 * <caption>Options of every store</caption>
 * <tr><th>option</th><th>default</th><th>what it is</th></tr>
 * <tr><td>{@code timeout}</td><td>30s</td><td>{@link Builder#timeout}</td></tr>
 * <tr><td>{@code body.max}</td><td>16MiB</td><td>{@link Builder#maxBodyBytes}</td></tr>
 * <tr><td>{@code slow}</td><td></td><td>{@link Builder#slow}</td></tr>
 * </table>
 *
 * <p>Immutable. {@link #toString()} shows no secret.
 */
public final class StoreConfig {

    /** The most UTF-8 bytes of a body if nothing is said. */
    public static final long DEFAULT_MAX_BODY_BYTES = 16L << 20;

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);
    private static final long LARGEST_BODY_BYTES = 512L << 20;

    /** As it was given; may hold a password. */
    private final String given;

    private final StoreUrl url;
    private final @Nullable String user;
    private final @Nullable String password;
    private final @Nullable Clock clock;
    private final @Nullable DataSource dataSource;
    private final @Nullable StoreProvider provider;
    private final Duration timeout;
    private final long maxBodyBytes;
    private final Duration slow;
    private final @Nullable StoreListener listener;

    private StoreConfig(Builder builder) {
        this.given = StoreUrl.trim(builder.url);
        this.url = StoreUrl.parse(given);
        this.user = builder.user;
        this.password = builder.password;
        this.clock = builder.clock;
        this.dataSource = builder.dataSource;
        this.provider = builder.provider;
        StoreOptions options = options();
        this.timeout = options.duration("timeout", builder.timeout);
        this.maxBodyBytes = options.bytes("body.max", builder.maxBodyBytes, 1, LARGEST_BODY_BYTES);
        this.slow = options.duration("slow", builder.slow);
        this.listener = builder.listener;
        if (timeout.isZero() || timeout.isNegative() || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
            throw new ConfigurationException(
                    "The option 'timeout' must be longer than nothing and at most a day, such as 30s.");
        }
        if (slow.isNegative()) {
            throw new ConfigurationException(
                    "The option 'slow' must not be negative; such as 200ms, or 0ms for never.");
        }
    }

    /**
     * Returns the configuration that a URL alone says.
     *
     * @throws ConfigurationException if it is not a URL, or one of the options of every store is malformed
     */
    public static StoreConfig of(String url) {
        return builder(url).build();
    }

    /** Starts a configuration from a URL. */
    public static Builder builder(String url) {
        return new Builder(url);
    }

    /** Returns a builder that starts from this configuration. */
    public Builder toBuilder() {
        Builder builder = new Builder(given);
        builder.user = user;
        builder.password = password;
        builder.clock = clock;
        builder.dataSource = dataSource;
        builder.provider = provider;
        builder.timeout = timeout;
        builder.maxBodyBytes = maxBodyBytes;
        builder.slow = slow;
        builder.listener = listener;
        return builder;
    }

    /** Returns the whole URL as it was given, without white space around it, for who passes it on; <b>may hold a password</b>. */
    public String url() {
        return given;
    }

    /** Returns the URL's scheme in lower case, without {@code jdbc:}. */
    public String scheme() {
        return url.scheme();
    }

    /** Returns what stands between the scheme and the options, as it was given; <b>may hold a password</b>. */
    public String address() {
        return url.address();
    }

    /**
     * Replaces each {@code %} and two hex digits in a part of the address by the byte of UTF-8 that they stand for.
     *
     * @throws ConfigurationException if a {@code %} is not followed by two hex digits, or the bytes are not UTF-8
     */
    public static String decode(String part) {
        return StoreUrl.decode(part);
    }

    /** Returns a new reader of the URL's options. */
    public StoreOptions options() {
        return new StoreOptions(url.options());
    }

    /** Returns the URL without its password and options, fit for messages and logs. */
    public String redactedUrl() {
        return url.redacted();
    }

    /** Returns the user given apart from the URL. */
    public @Nullable String user() {
        return user;
    }

    /** Returns the password given apart from the URL; <b>a secret</b>. */
    public @Nullable String password() {
        return password;
    }

    /** Returns the clock that replaces the store's own, for tests. */
    public @Nullable Clock clock() {
        return clock;
    }

    /** Returns the pool of connections to use instead of the store's own. */
    public @Nullable DataSource dataSource() {
        return dataSource;
    }

    /** Returns the provider to open with, instead of one that is found by the scheme. */
    public @Nullable StoreProvider provider() {
        return provider;
    }

    /** Returns how long an operation may wait and be retried; see {@link Builder#timeout}. */
    public Duration timeout() {
        return timeout;
    }

    /** Returns how many UTF-8 bytes a body may have; what a store really takes says {@link Store#maxBodyBytes()}. */
    public long maxBodyBytes() {
        return maxBodyBytes;
    }

    /** Returns what is logged as slow; zero if nothing is; see {@link Builder#slow}. */
    public Duration slow() {
        return slow;
    }

    /** Returns who is told of each call. */
    public @Nullable StoreListener listener() {
        return listener;
    }

    /** Returns the redacted URL. */
    @Override
    public String toString() {
        return redactedUrl();
    }

    /** Collects what a configuration needs. Not safe for use by several threads. */
    public static final class Builder {

        private final String url;
        private @Nullable String user;
        private @Nullable String password;
        private @Nullable Clock clock;
        private @Nullable DataSource dataSource;
        private @Nullable StoreProvider provider;
        private Duration timeout = DEFAULT_TIMEOUT;
        private long maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
        private Duration slow = Duration.ZERO;
        private @Nullable StoreListener listener;

        private Builder(String url) {
            this.url = Objects.requireNonNull(url, "url");
        }

        /** Sets the user apart from the URL; without a line break at its end. */
        public Builder user(String name) {
            this.user = withoutLineBreak(Objects.requireNonNull(name, "name"));
            return this;
        }

        /**
         * Sets the password apart from the URL, from a file of secrets for one. A line break at its end, which editors and
         * {@code echo} leave in such files, is not part of it; other white space is.
         */
        public Builder password(String secret) {
            this.password = withoutLineBreak(Objects.requireNonNull(secret, "secret"));
            return this;
        }

        /** Takes off one, as a file of one line has it on any system. */
        private static String withoutLineBreak(String line) {
            int end = line.endsWith("\n") ? line.length() - 1 : line.length();
            end = end > 0 && line.charAt(end - 1) == '\r' ? end - 1 : end;
            return line.substring(0, end);
        }

        /**
         * Sets the clock that versions and creation times come from; for tests. While it fails, or says a time outside of
         * the years 1 to 9999, every write is refused with {@link ConfigurationException}.
         */
        public Builder clock(Clock source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /** Sets a pool of connections to use instead of the store's own; the store does not close it. */
        public Builder dataSource(DataSource pool) {
            this.dataSource = Objects.requireNonNull(pool, "pool");
            return this;
        }

        /** Sets the provider to open with, whatever the scheme and without looking for providers. */
        public Builder provider(StoreProvider store) {
            this.provider = Objects.requireNonNull(store, "store");
            return this;
        }

        /**
         * Sets how long one operation, or one transaction with its repetitions, may wait for locks and connections and be
         * retried before it gives up, and how long an engine may work at one statement of it; 30 seconds if not set. The
         * running time of the caller's own function is not cut, nor is a change of the schema.
         */
        public Builder timeout(Duration limit) {
            this.timeout = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /**
         * Sets how many UTF-8 bytes a document's body may have; 16 MiB if not set, 512 MiB at most. Not every engine holds
         * so much: one that holds less than 16 MiB lowers the limit to that, see {@link Store#maxBodyBytes()}; more than 16
         * MiB, and more than the engine holds, is refused when the store is opened.
         */
        public Builder maxBodyBytes(long bytes) {
            this.maxBodyBytes = bytes;
            return this;
        }

        /**
         * Has each call that takes longer logged as a warning of {@code dev.pagurus.store.slow}: what it was, without any
         * value, and where the time went. Up to 20 lines a minute, then how many were left out. Zero, as if not set, for
         * none.
         */
        public Builder slow(Duration limit) {
            this.slow = Objects.requireNonNull(limit, "limit");
            return this;
        }

        /** Sets who is told of each call of the store. */
        public Builder listener(StoreListener told) {
            this.listener = Objects.requireNonNull(told, "told");
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @throws ConfigurationException if the URL or a limit is malformed
         */
        public StoreConfig build() {
            return new StoreConfig(this);
        }
    }
}
