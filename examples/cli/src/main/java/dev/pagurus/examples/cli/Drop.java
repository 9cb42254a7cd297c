package dev.pagurus.examples.cli;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes a collection away. */
@Command(
        name = "drop",
        mixinStandardHelpOptions = true,
        description = {
            "Takes a collection away with all its documents. There is no way back but a backup or an export.",
            "",
            "Without --yes it says how many documents that would be, and changes nothing. Applications that use the collection"
                    + " are refused every read and write of it from then on; start the release that does without it.",
            ""
        },
        footer = {"", "Example:", "  pagurus drop --yes sqlite:data/notes.db old_notes"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Drop implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "COLLECTION", description = "The collection's name, as 'info' shows it.")
    private String collection;

    @Option(names = "--yes", description = "Do it.")
    private boolean sure;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        StoreConfig config = store.asItIs();
        try (Store opened = Stores.open(config)) {
            long documents = find(opened, collection, config).documents();
            if (!sure) {
                throw new Refused(
                        Main.REFUSED,
                        String.format(
                                Locale.ROOT,
                                "Collection '%s' of %s holds %,d documents. Nothing was changed.",
                                collection,
                                config.redactedUrl(),
                                documents),
                        "Add --yes to drop it with all of them; save them with 'pagurus export' before, if they may be"
                                + " wanted.");
            }
            opened.drop(collection);
            Map<String, @Nullable Object> keys = new LinkedHashMap<>();
            keys.put("store", config.redactedUrl());
            keys.put("collection", collection);
            keys.put("documents", documents);
            answer.tell(
                    Main.DONE,
                    keys,
                    out -> out.printf(Locale.ROOT, "Dropped '%s' with %,d documents.%n", collection, documents));
        }
    }

    /** Refuses a name that was mistyped. */
    static CollectionSummary find(Store store, String name, StoreConfig config) {
        for (CollectionSummary one : store.summaries()) {
            if (one.name().equals(name)) {
                return one;
            }
        }
        throw new Refused(
                Main.REFUSED,
                "There is no collection " + shown(name) + " in " + config.redactedUrl() + ". Nothing was changed.",
                "Run 'pagurus info' with its URL, which says what there is.");
    }

    /** What cannot be the name of a collection may be anything, a URL with a password too. */
    private static String shown(String name) {
        return name.matches("[a-z][a-z0-9_]{0,39}") ? "'" + name + "'" : "of that name";
    }
}
