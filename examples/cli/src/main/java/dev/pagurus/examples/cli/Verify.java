package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a file, or compares two stores. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = {
            "Compares two stores, or checks a file that 'export' has written.",
            "",
            "It reads all of both, each as it is at one moment, and compares each collection's definition, number of"
                    + " documents and content hash. It changes nothing. Exit code 1 means that they are not the same,"
                    + " or that the file is damaged.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  pagurus verify sqlite:data/notes.db postgres://app@host:5432/notes",
            "  pagurus verify notes.zip"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Verify implements Runnable {

    @Parameters(index = "0", paramLabel = "STORE|FILE", description = "URL of a store, or an export to check.")
    private String one;

    @Parameters(index = "1", arity = "0..1", paramLabel = "STORE", description = "URL of the store to compare with.")
    private @Nullable String other;

    @Option(names = "--ask-password", description = "Ask for the password of the first store.")
    private boolean asks;

    @Option(names = "--ask-target-password", description = "Ask for the password of the second store.")
    private boolean asksForOther;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        CopyResult read;
        try (Progress progress = answer.progress()) {
            CopyOptions options = progress.options(false);
            read = other == null ? check(options) : compare(other, options);
        }
        answer.copied(other == null ? "Whole" : "Equal", read, Map.of());
    }

    private CopyResult check(CopyOptions options) {
        if (FileName.isUrl(one)) {
            throw new Refused(
                    Main.WRONG, "One store alone cannot be compared.", "Name a second one, or the file of an export.");
        }
        Path file = Path.of(one);
        FileName.requireThere(file);
        return Stores.check(file, options);
    }

    private CopyResult compare(String second, CopyOptions options) {
        return Stores.compare(
                StoreUrl.asItIs(StoreUrl.config(one, asks, StoreUrl.PASSWORD)),
                StoreUrl.asItIs(StoreUrl.config(second, asksForOther, StoreUrl.TARGET_PASSWORD)),
                options);
    }
}
