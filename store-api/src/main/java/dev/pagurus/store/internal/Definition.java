package dev.pagurus.store.internal;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.value.Filling;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoreEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a collection to a mapping's definition. The engine does that in one step or not at all; what is here comes after a
 * refusal: counting the documents that would lose a property, and setting aside those that cannot be read, to begin again.
 */
final class Definition<T> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private static final int NAMED = 2;
    private static final int MOST_PATHS = 10;

    private final StoreEngine engine;
    private final Mapping<T> mapping;
    private final Supplier<Retry> patience;
    private final CollectionDefinition wanted;

    /**
     * Makes one.
     *
     * @param patience a new one for each transaction
     */
    Definition(StoreEngine engine, Mapping<T> mapping, Supplier<Retry> patience) {
        this.engine = engine;
        this.mapping = mapping;
        this.patience = patience;
        this.wanted = mapping.definition();
    }

    /** Does it. */
    void make() {
        mapping.requireUpgrades();
        @Nullable String last = null;
        while (true) {
            Filling<T> filling = mapping.filling();
            try {
                engine.define(wanted, filling);
                return;
            } catch (StoreException e) {
                Filling.@Nullable Failure failure = filling.failure(e);
                // The same refusal again: nothing that was done about it has helped.
                if (failure == null || String.valueOf(e.getMessage()).equals(last) || !isMended(failure)) {
                    throw e;
                }
                last = e.getMessage();
            }
        }
    }

    /**
     * Does what can be done about a refusal, and says whether it is worth to begin again.
     *
     * @throws SchemaException if properties would vanish
     */
    private boolean isMended(Filling.Failure failure) {
        @Nullable CollectionDefinition stored = engine.definition(wanted.name());
        if (stored == null || stored.revision() != failure.from()) {
            return true;
        }
        if (!failure.vanishing() && mapping.setAside().isEmpty()) {
            return false;
        }
        try {
            if (failure.vanishing()) {
                throw vanishing(stored, failure);
            }
            return new Aside<>(engine, mapping, stored, mapping.setAside().orElseThrow(), patience).move();
        } catch (StoreException e) {
            @Nullable CollectionDefinition now = engine.definition(wanted.name());
            if (now == null || now.revision() == failure.from()) {
                throw e;
            }
            return true;
        }
    }

    private static final class Losers {
        private final List<String> ids = new ArrayList<>();
        private long count;
    }

    private SchemaException vanishing(CollectionDefinition stored, Filling.Failure failure) {
        LOG.info("Collection '{}': the documents that would lose a property are counted", wanted.name());
        Map<String, Losers> losers = new TreeMap<>();
        Filling<T> filling = mapping.filling();
        engine.forEach(stored, document -> {
            Set<String> paths = filling.vanishing(failure.from(), document.id(), document.body());
            for (String path : paths) {
                Losers found = losers.computeIfAbsent(path, any -> new Losers());
                found.count++;
                if (found.ids.size() < NAMED) {
                    found.ids.add("'" + document.id() + "'");
                }
            }
        });
        List<String> told = new ArrayList<>();
        losers.forEach((path, found) -> told.add("'" + path + "' of " + found.count
                + (found.count == 1 ? " document (" : " documents (") + String.join(", ", found.ids) + ")"));
        if (told.size() > MOST_PATHS) {
            int more = told.size() - MOST_PATHS;
            told.subList(MOST_PATHS, told.size()).clear();
            told.add(more + " more");
        }
        return new SchemaException(
                "Collection '" + wanted.name() + "' cannot be brought from revision " + failure.from() + " to "
                        + wanted.revision()
                        + ": properties would vanish, which the type does not know or an upgrade leaves"
                        + " out, and nothing names them: "
                        + (told.isEmpty() ? "see document '" + failure.id() + "'" : String.join(", ", told))
                        + ". Nothing was changed. Say in Schema.upgrade what becomes of each, such as"
                        + " JsonUpgrade.start().rename(path, name) or .drop(path); a function names what it leaves out with"
                        + " Upgrade.dropping.",
                failure.refusal());
    }
}
