package dev.pagurus.store.internal;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UpgradePlan;
import dev.pagurus.store.internal.value.Filling;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoreEngine;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a collection to a mapping's definition. The engine does that in one step or not at all; what is here comes after a
 * refusal: looking through the documents for what the caller is told, or beginning again with those set aside that fail.
 */
final class Definition<T> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private final StoreEngine engine;
    private final Mapping<T> mapping;
    private final CollectionDefinition wanted;
    private boolean aside;
    private Set<Integer> metSteps = Set.of();

    Definition(StoreEngine engine, Mapping<T> mapping) {
        this.engine = engine;
        this.mapping = mapping;
        this.wanted = mapping.definition();
    }

    /** Does it; returns how many documents were brought to the new revision. */
    long make() {
        mapping.requireUpgrades();
        @Nullable String last = null;
        while (true) {
            Filling<T> filling = filling();
            try {
                engine.define(wanted, filling);
                filling.log().end();
                return filling.filled();
            } catch (StoreException e) {
                Filling.@Nullable Failure failure = filling.failure(e);
                // The same refusal again: nothing that was done about it has helped.
                if (failure == null || String.valueOf(e.getMessage()).equals(last)) {
                    throw e;
                }
                last = e.getMessage();
                @Nullable StoreException refusal = refusal(failure);
                if (refusal != null) {
                    throw refusal;
                }
            }
        }
    }

    private Filling<T> filling() {
        return mapping.filling(aside, metSteps);
    }

    /** Does what can be done about a failure; what the caller is told if that is nothing, null if it is worth to begin again. */
    private @Nullable StoreException refusal(Filling.Failure failure) {
        try {
            @Nullable CollectionDefinition stored = engine.definition(wanted.name());
            if (stored == null || stored.revision() != failure.from()) {
                return null;
            }
            if (failure.id().isEmpty()) {
                return unlessMet(stored, failure);
            }
            if (failure.vanishing()) {
                return vanishing(stored, failure);
            }
            if (!aside && mapping.setAside().isPresent()) {
                aside = true;
                return null;
            }
            return unreadable(stored, failure);
        } catch (StoreException e) {
            @Nullable CollectionDefinition now = engine.definition(wanted.name());
            return now == null || now.revision() == failure.from() ? e : null;
        }
    }

    /** A codec that ignores what it does not know, or one without a shape, may have left what the shape does not tell. */
    private @Nullable StoreException unlessMet(CollectionDefinition stored, Filling.Failure failure) {
        UpgradePlan plan = filling().plan(stored);
        Set<Integer> left = new TreeSet<>(plan.unknownSteps());
        engine.forEach(stored, document -> {
            if (!left.isEmpty()) {
                plan.meet(document.body(), left);
            }
        });
        Set<Integer> met = new TreeSet<>(plan.unknownSteps());
        met.removeAll(left);
        if (met.equals(metSteps)) {
            return failure.refusal();
        }
        metSteps = met;
        return null;
    }

    private StoreException unreadable(CollectionDefinition stored, Filling.Failure failure) {
        LOG.info("Collection '{}': the documents that cannot be brought up are counted", wanted.name());
        Counted counted = new Counted();
        Filling<T> filling = filling();
        filling.plan(stored);
        engine.forEach(stored, document -> {
            if (filling.isUnreadable(failure.from(), document.id(), document.body())) {
                counted.add("", document.id());
            }
        });
        return counted.of("") < 2
                ? failure.refusal()
                : new SchemaException(
                        cannot(failure) + " because of " + counted.told("") + ". Of '" + failure.id() + "': "
                                + failure.why()
                                + " Nothing was changed.",
                        failure.refusal().getCause());
    }

    private SchemaException vanishing(CollectionDefinition stored, Filling.Failure failure) {
        LOG.info("Collection '{}': the documents that would lose something are counted", wanted.name());
        Counted counted = new Counted();
        Filling<T> filling = filling();
        UpgradePlan plan = filling.plan(stored);
        engine.forEach(stored, document -> {
            Set<String> paths = new TreeSet<>();
            filling.vanishing(failure.from(), document.id(), document.body())
                    .forEach(path -> paths.add(plan.normal(path)));
            paths.forEach(path -> counted.add(path, document.id()));
        });
        String told = counted.told(path -> {
            int maker = plan.maker(path);
            return maker == 0 ? "" : ", made by upgrade(" + maker + ", ...)";
        });
        return new SchemaException(
                cannot(failure)
                        + ": something would vanish, a property or a part of its value, that the type does not know or"
                        + " an upgrade leaves out, and no step says what becomes of it: "
                        + (told.isEmpty() ? "see document '" + failure.id() + "'. " + failure.why() : told + ".")
                        + " Nothing was changed. Say in Schema.upgrade what becomes of each, such as"
                        + " JsonUpgrade.start().rename(path, name), .drop(path), or .map(path, function) where its value"
                        + " changes; a function names what it leaves out: Upgrade.dropping(function, path), and"
                        + " .map(path, function, path).",
                failure.refusal());
    }

    private String cannot(Filling.Failure failure) {
        return "Collection '" + wanted.name() + "' cannot be brought from revision " + failure.from() + " to "
                + wanted.revision();
    }
}
