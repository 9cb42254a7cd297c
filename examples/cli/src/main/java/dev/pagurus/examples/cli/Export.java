package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a whole store to a file. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a whole store to one file that any store can import: a ZIP of JSON Lines, which people and other"
                    + " programs can read.",
            "",
            "It is the state of the store at one moment; the store may be in use. The file has its name only when it is"
                    + " whole.",
            ""
        },
        footer = {"", "Example:", "  pagurus export sqlite:data/notes.db notes.zip"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Export implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "FILE", converter = FileName.class, description = "The file to write.")
    private Path file;

    @Option(names = "--overwrite", description = "Replace the file if it is an export.")
    private boolean overwrite;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        FileName.requireFree(file, overwrite);
        if (overwrite && Files.exists(file) && !FileName.isExport(file)) {
            throw new Refused(
                    Main.REFUSED,
                    "The file " + file + " exists and is no export. Nothing was changed.",
                    "Name another file; only an export is overwritten by one.");
        }
        CopyResult exported;
        try (Store opened = Stores.open(store.asItIs());
                Progress progress = answer.progress()) {
            exported = opened.exportTo(file, progress.options(overwrite));
        }
        answer.copied("Exported", exported, Map.of());
    }
}
