package dev.pagurus.examples.cli;

import dev.pagurus.store.Stores;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fills a store from a file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Fills a store from a file that export has written. The file is checked before anything is changed.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Import implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to read.")
    private Path file;

    @Option(names = "--overwrite", description = "Overwrite what the store holds.")
    private boolean overwrite;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Progress progress = Progress.of(command.commandLine().getErr());
        progress.done(
                "Imported and found equal",
                Stores.importFrom(file, store.config(), progress.options(overwrite)),
                command.commandLine().getOut());
    }
}
