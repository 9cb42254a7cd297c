package dev.pagurus.examples.cli;

import dev.pagurus.store.StoreConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one store of a command. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class OneStore {

    @Parameters(
            paramLabel = "STORE",
            description = "URL of the store, such as sqlite:notes.db or postgres://app@host/db.")
    private String url;

    @Option(names = "--ask-password", interactive = true, arity = "0", description = "Ask for the password.")
    private char @Nullable [] password;

    /** Returns a store that is there. */
    StoreConfig existing() {
        return StoreUrl.existing(config());
    }

    /** Returns a store that may have to be made. */
    StoreConfig config() {
        return StoreUrl.config(url, password, StoreUrl.PASSWORD);
    }
}
