package dev.pagurus.examples.cli;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Saves a database in its engine's own form. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = "Saves an SQLite database to a file while it is in use, and checks the file.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Backup implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
    private Path file;

    @Option(names = "--overwrite", description = "Overwrite the file if it exists.")
    private boolean overwrite;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        try (Store opened = Stores.open(store.existing())) {
            opened.backup(file, overwrite);
        }
        PrintWriter out = command.commandLine().getOut();
        out.println("Saved to " + file + ".");
        out.flush();
    }
}
