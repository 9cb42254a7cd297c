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
        description = {
            "Saves an SQLite database to another SQLite file, and checks that file.",
            "",
            "The database may be in use; the file has its name only when it is whole. To copy the file of a database that"
                    + " is open with other tools can give a damaged one. For PostgreSQL, use pg_dump, or 'export'.",
            ""
        },
        footer = {"", "Example:", "  pagurus backup sqlite:data/notes.db /backups/notes-monday.db"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Backup implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "FILE", converter = FileName.class, description = "The file to write.")
    private Path file;

    @Option(names = "--overwrite", description = "Replace the file if it exists.")
    private boolean overwrite;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        FileName.requireFree(file, overwrite);
        try (Store opened = Stores.open(store.asItIs())) {
            opened.backup(file, overwrite);
        }
        PrintWriter out = command.commandLine().getOut();
        out.println("Saved to " + file + ".");
        out.flush();
    }
}
