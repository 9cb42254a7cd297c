package dev.pagurus.examples.cli;

import dev.pagurus.store.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Copies a whole store. */
@Command(
        name = "copy",
        mixinStandardHelpOptions = true,
        description = {
            "Copies a whole store to another one of any kind, and compares them.",
            "The source may be in use. If it breaks off, run it again: it goes on where it stopped."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Copy implements Runnable {

    @Mixin
    private TwoStores stores;

    @Option(names = "--overwrite", description = "Overwrite what the target holds.")
    private boolean overwrite;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Progress progress = Progress.of(command.commandLine().getErr());
        progress.done(
                "Copied and found equal",
                Stores.copy(stores.source(), stores.target(), progress.options(overwrite)),
                command.commandLine().getOut());
    }
}
