package dev.pagurus.examples.cli;

import dev.pagurus.store.StoreConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The two stores of a command. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class TwoStores {

    @Parameters(index = "0", paramLabel = "SOURCE", description = "URL of the store to read from.")
    private String source;

    @Parameters(index = "1", paramLabel = "TARGET", description = "URL of the other store.")
    private String target;

    @Option(
            names = "--ask-password",
            interactive = true,
            arity = "0",
            description = "Ask for the password of the source.")
    private char @Nullable [] password;

    @Option(
            names = "--ask-target-password",
            interactive = true,
            arity = "0",
            description = "Ask for the password of the target.")
    private char @Nullable [] targetPassword;

    StoreConfig source() {
        return StoreUrl.existing(StoreUrl.config(source, password, StoreUrl.PASSWORD));
    }

    StoreConfig target() {
        return StoreUrl.config(target, targetPassword, StoreUrl.TARGET_PASSWORD);
    }
}
