package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fills a store from a file. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Fills a store from a file that 'export' has written, and compares them.",
            "",
            "The file is checked before anything is changed. While it is under way, and when it has broken off,"
                    + " applications cannot open the store. Run it again then: it goes on where it stopped.",
            ""
        },
        footer = {"", "Example:", "  pagurus import postgres://app@host:5432/notes notes.zip"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Import implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "FILE", converter = FileName.class, description = "The file to read.")
    private Path file;

    @Option(
            names = "--overwrite",
            description = "Bring a store that holds documents to what the file holds. Only what differs is written;"
                    + " collections that the file does not have stay.")
    private boolean overwrite;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        FileName.requireThere(file);
        CopyResult imported;
        try (Progress progress = answer.progress()) {
            imported = Stores.importFrom(file, store.config(), progress.options(overwrite));
        }
        answer.copied("Imported and found equal", imported, Map.of());
    }
}
