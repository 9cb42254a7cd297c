package dev.pagurus.examples.cli;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Saves a database in its engine's own form. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Saves an SQLite database to another SQLite file, and checks that file.",
            "",
            "The database may be in use; the file has its name only when it is whole. To copy the file of a database that"
                    + " is open with other tools can give a damaged one. Put it back with 'restore'. For PostgreSQL, use pg_dump,"
                    + " or 'export'.",
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

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        StoreConfig config = store.asItIs();
        if (!config.scheme().equals("sqlite")) {
            // Known before a server is asked for anything.
            throw new Refused(
                    Main.WRONG,
                    "'pagurus backup' saves SQLite databases; PostgreSQL has its own means.",
                    "Run: pg_dump --format=custom --schema="
                            + FileName.quoted(config.options().text("schema", "public")) + " --file="
                            + FileName.quoted(file.toString()) + " "
                            + FileName.quoted(config.redactedUrl().replace(":***@", "@"))
                            + " (pg_restore takes it back), or use 'pagurus export', whose file every store imports.");
        }
        FileName.requireFree(file, overwrite);
        try (Store opened = Stores.open(config)) {
            opened.backup(file, overwrite);
        }
        answer.tell(
                Main.DONE,
                new TreeMap<>(Map.of("store", config.redactedUrl(), "file", file.toString())),
                out -> out.println("Saved to " + file + "."));
    }
}
