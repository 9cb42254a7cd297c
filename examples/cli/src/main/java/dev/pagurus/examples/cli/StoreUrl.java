package dev.pagurus.examples.cli;

import dev.pagurus.store.StoreConfig;
import java.io.Console;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that was named on the command line, and where its password comes from. */
final class StoreUrl {

    /** A user with a password, or an option that was not begun with a '?', taken for a part of a path. */
    private static final Pattern SECRET = Pattern.compile(":.*@|[;&?#,].*=", Pattern.DOTALL);

    /** Of the one store, or of the source. */
    static final String PASSWORD = "PAGURUS_PASSWORD";

    static final String TARGET_PASSWORD = "PAGURUS_TARGET_PASSWORD";

    /** The stores that are in the jar. */
    private static final Set<String> SCHEMES = Set.of("sqlite", "postgres", "postgresql");

    private StoreUrl() {}

    /**
     * Returns how to open a store.
     *
     * @param asks whether the password is to be asked for
     * @param variable which environment variable may hold it otherwise
     */
    static StoreConfig config(String url, boolean asks, String variable) {
        StoreConfig config = StoreConfig.of(url);
        if (!SCHEMES.contains(config.scheme())) {
            throw new Refused(
                    Main.WRONG,
                    "There is no store for the scheme '" + config.scheme() + "' of " + config.redactedUrl() + ".",
                    "Use sqlite: for a file, or postgres: for a database of a server.");
        }
        if (config.scheme().equals("sqlite")) {
            // A file has none, and one command may name a file and a server.
            return config;
        }
        @Nullable String password = asks ? ask(config, variable) : System.getenv(variable);
        return password == null || password.isEmpty()
                ? config
                : config.toBuilder().password(password).build();
    }

    private static String ask(StoreConfig config, String variable) {
        @Nullable Console console = terminal();
        char @Nullable [] typed =
                console == null ? null : console.readPassword("Password of %s: ", config.redactedUrl());
        if (typed == null) {
            throw new Refused(
                    Main.WRONG,
                    "There is no terminal to ask for the password of " + config.redactedUrl() + " at.",
                    "Give it in the environment variable " + variable + ".");
        }
        return new String(typed);
    }

    @SuppressWarnings("SystemConsoleNull") // it is, before Java 22; later there is a console where there is no terminal
    private static @Nullable Console terminal() {
        @Nullable Console console = System.console();
        if (console == null) {
            return null;
        }
        try {
            boolean terminal = (Boolean) Console.class.getMethod("isTerminal").invoke(console);
            return terminal ? console : null;
        } catch (ReflectiveOperationException e) {
            return console;
        }
    }

    /**
     * Returns a store that is opened as it is. Otherwise a mistyped path would become a new database, somebody else's
     * database would get tables of ours, and one whose application is older than this program would be upgraded under it.
     */
    static StoreConfig asItIs(StoreConfig config) {
        if (config.scheme().equals("sqlite")) {
            Path file = DatabaseFile.of(config).file();
            FileName.requireThere(
                    file, SECRET.matcher(file.toString()).find() ? config.redactedUrl() : file.toString());
        }
        String url = config.url();
        int question = url.indexOf('?');
        String address = question < 0 ? url : url.substring(0, question);
        String options = question < 0 ? "" : url.substring(question + 1);
        StoreConfig.Builder builder = StoreConfig.builder(Stream.concat(
                        Stream.of(options.split("&")).filter(one -> !one.isEmpty() && !one.startsWith("migrate=")),
                        Stream.of("migrate=validate"))
                .collect(Collectors.joining("&", address + "?", "")));
        if (config.password() != null) {
            builder.password(config.password());
        }
        return builder.build();
    }
}
