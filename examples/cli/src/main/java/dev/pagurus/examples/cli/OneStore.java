package dev.pagurus.examples.cli;

import dev.pagurus.store.StoreConfig;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The one store of a command. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class OneStore {

    @Parameters(
            index = "0",
            paramLabel = "STORE",
            description = "URL of the store, such as sqlite:data/notes.db or postgres://app@host:5432/notes.")
    private String url;

    @Option(names = "--ask-password", description = "Ask for the password.")
    private boolean asks;

    /** Returns a store that is there, and stays as it is. */
    StoreConfig asItIs() {
        return StoreUrl.asItIs(config());
    }

    /** Returns a store that may have to be made. */
    StoreConfig config() {
        return StoreUrl.config(url, asks, StoreUrl.PASSWORD);
    }
}
