package dev.pagurus.examples.cli;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives a collection another name. */
@Command(
        name = "rename",
        mixinStandardHelpOptions = true,
        description = {
            "Gives a collection another name. Documents, fields and indexes stay, and nothing is lost: it can be renamed back.",
            "",
            "Applications that use the old name are refused every read and write of it from then on; start the release that"
                    + " uses the new one.",
            ""
        },
        footer = {"", "Example:", "  pagurus rename sqlite:data/notes.db items notes"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Rename implements Runnable {

    @Mixin
    private OneStore store;

    @Parameters(index = "1", paramLabel = "COLLECTION", description = "The collection's name, as 'info' shows it.")
    private String collection;

    @Parameters(index = "2", paramLabel = "NAME", description = "Its new name: up to 40 of a-z, 0-9 and _.")
    private String newName;

    @Mixin
    private Answer answer;

    @Override
    public void run() {
        StoreConfig config = store.asItIs();
        requireAllowed(newName);
        try (Store opened = Stores.open(config)) {
            Drop.find(opened, collection, config);
            opened.rename(collection, newName);
        }
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("store", config.redactedUrl());
        keys.put("collection", newName);
        keys.put("was", collection);
        answer.tell(Main.DONE, keys, out -> out.println("Renamed '" + collection + "' to '" + newName + "'."));
    }

    private static void requireAllowed(String name) {
        try {
            Schema.of(name, Object.class);
        } catch (SchemaException e) {
            // It may be anything, a URL with a password too, so it is not shown.
            throw new Refused(
                    Main.WRONG,
                    "The new name is not allowed: a name is 1 to 40 of a-z, 0-9 and _, starts with a letter, and not with"
                            + " sqlite_, pg_ or pagurus_. Nothing was changed.",
                    "Choose another name.");
        }
    }
}
