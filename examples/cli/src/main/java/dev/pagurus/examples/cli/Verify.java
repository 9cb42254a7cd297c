package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks a file, or compares two stores. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compares two stores by counts and content hashes, or checks a file that export has written.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Verify implements Runnable {

    @Parameters(index = "0", paramLabel = "STORE|FILE", description = "URL of a store, or an export to check.")
    private String one;

    @Parameters(index = "1", arity = "0..1", paramLabel = "STORE", description = "URL of the store to compare with.")
    private @Nullable String other;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Progress progress = Progress.of(command.commandLine().getErr());
        CopyResult result = other == null
                ? Stores.check(Path.of(one), progress.options(false))
                : Stores.compare(
                        StoreUrl.existing(StoreUrl.config(one, null, StoreUrl.PASSWORD)),
                        StoreUrl.existing(StoreUrl.config(other, null, StoreUrl.TARGET_PASSWORD)),
                        progress.options(false));
        progress.done(
                other == null ? "Whole" : "Equal", result, command.commandLine().getOut());
    }
}
