package dev.pagurus.examples.cli;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stores that a command was given, as they may be shown.
 *
 * @param stores in the order in which they were typed
 */
record Typed(List<String> stores) {

    Typed {
        stores = List.copyOf(stores);
    }

    static Typed of(List<String> arguments) {
        List<String> stores = new ArrayList<>();
        for (String argument : arguments) {
            if (FileName.isUrl(argument)) {
                try {
                    stores.add(StoreConfig.of(argument).redactedUrl());
                } catch (ConfigurationException e) {
                    // Then there is nothing that could be shown.
                }
            }
        }
        return new Typed(stores);
    }

    /** Returns the store that a message is about. */
    String storeIn(String message) {
        @Nullable String found = longest(message, false);
        return found != null ? found : stores.isEmpty() ? "STORE" : stores.get(0);
    }

    /** The same for a server. */
    @Nullable
    String serverIn(String message) {
        return longest(message, true);
    }

    /** Of two that begin alike, the whole one is meant. */
    private @Nullable String longest(String message, boolean server) {
        @Nullable String found = null;
        for (String store : stores) {
            boolean wanted = message.contains(store) && !(server && store.startsWith("sqlite:"));
            if (wanted && (found == null || store.length() > found.length())) {
                found = store;
            }
        }
        return found;
    }

    boolean isFirst(String store) {
        return stores.indexOf(store) == 0;
    }
}
