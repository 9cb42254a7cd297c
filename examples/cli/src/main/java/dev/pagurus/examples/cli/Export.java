package dev.pagurus.examples.cli;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a whole store to a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes a whole store to one file, a ZIP of JSON Lines. The store may be in use.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Export implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
    private Path file;

    @Option(names = "--overwrite", description = "Overwrite the file if it is an export.")
    private boolean overwrite;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Progress progress = Progress.of(command.commandLine().getErr());
        try (Store opened = Stores.open(store.existing())) {
            progress.done(
                    "Exported",
                    opened.exportTo(file, progress.options(overwrite)),
                    command.commandLine().getOut());
        }
    }
}
