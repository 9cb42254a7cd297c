package dev.pagurus.store.internal.value;

import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.UnknownPropertyException;
import dev.pagurus.store.UpgradePlan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Filler;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings documents of older revisions to that of a mapping: the upgrades change the body, the codec must read it, without losing
 * anything, and the extractors give the fields. Remembers what it failed on last. Used by one thread.
 */
public final class Filling<T> implements Filler {

    private final Mapping<T> mapping;
    private final @Nullable CollectionDefinition aside;
    private final Set<Integer> metSteps;
    private final AsideLog log;
    private @Nullable UpgradePlan plan;
    private @Nullable Failure failure;
    private @Nullable Next next;
    private long filled;

    /**
     * Why a document cannot be brought to the new revision.
     *
     * @param from the revision that it has
     * @param id the document; empty if it is none, but the steps of an upgrade that work on nothing
     * @param vanishing whether it is a fault of the code: something would be gone that nobody named
     * @param why what is wrong, and what to do about it
     * @param refusal what the caller is told
     */
    public record Failure(int from, String id, boolean vanishing, String why, StoreException refusal) {}

    /**
     * Makes one.
     *
     * @param aside where documents go that fail, null if they refuse the change
     * @param metSteps the steps that work on what some document has, though the stored shape does not know of it
     */
    Filling(Mapping<T> mapping, @Nullable CollectionDefinition aside, Set<Integer> metSteps) {
        this.mapping = mapping;
        this.aside = aside;
        this.metSteps = metSteps;
        this.log = new AsideLog(mapping.name(), mapping.definition().revision(), aside);
    }

    @Override
    public @Nullable CollectionDefinition aside() {
        return aside;
    }

    /** Returns how many documents were brought to the new revision. */
    public long filled() {
        return filled;
    }

    /** Returns what names the documents that are set aside. */
    public AsideLog log() {
        return log;
    }

    @Override
    public void begin(CollectionDefinition stored) {
        failure = null;
        filled = 0;
        log.begin();
        UpgradePlan begun = plan(stored);
        Set<Integer> unknown = new TreeSet<>(begun.unknownSteps());
        unknown.removeAll(metSteps);
        if (!unknown.isEmpty()) {
            SchemaException refusal = new SchemaException(cannot(stored.revision()) + ": " + begun.told(unknown)
                    + " No document has that. Nothing was changed. Mend the path, or leave the step out.");
            failure = new Failure(stored.revision(), "", false, "", refusal);
            throw refusal;
        }
    }

    /** Takes note of what is stored. */
    public UpgradePlan plan(CollectionDefinition stored) {
        try {
            UpgradePlan made = mapping.plan(stored.revision(), stored.shape());
            plan = made;
            return made;
        } catch (SchemaException e) {
            String said = sentence(e);
            throw said.contains("Nothing was changed")
                    ? e
                    : new SchemaException(cannot(stored.revision()) + ": " + said + " Nothing was changed.", e);
        }
    }

    private UpgradePlan plan(int from) {
        @Nullable UpgradePlan known = plan;
        if (known == null || known.from() != from) {
            known = mapping.plan(from, null);
            plan = known;
        }
        return known;
    }

    @Override
    public boolean setsAside(int from, String id, String body) {
        try {
            next = null;
            next = new Next(body, bodyOf(from, id, body));
            return false;
        } catch (SchemaException e) {
            @Nullable Failure found = failure;
            if (aside == null || found == null || found.vanishing()) {
                throw e;
            }
            log.add(id);
            return true;
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // only what was made of this very text
    public Content.Body fill(int from, String id, String body) {
        filled++;
        @Nullable Next made = next;
        next = null;
        return made != null && made.of() == body ? made.body() : bodyOf(from, id, body);
    }

    /** What was made of a body when that was asked whether it can be. */
    private record Next(String of, Content.Body body) {}

    private Content.Body bodyOf(int from, String id, String body) {
        failure = null;
        UpgradePlan upgrades = plan(from);
        try {
            String text = upgrades.apply(body);
            if (!text.equals(body)) {
                mapping.checkBody(text, "what the upgrades make of its body");
            }
            T value = mapping.value(id, text);
            Set<String> lost = lost(upgrades, id, text, value);
            if (!lost.isEmpty()) {
                String path = lost.iterator().next();
                throw failed(from, id, true, "The codec reads '" + path + "' and does not write what is there.", null);
            }
            return new Content.Body(text, mapping.values(value));
        } catch (UndecodableDocumentException e) {
            throw failed(from, id, e.getCause() instanceof UnknownPropertyException, undecodable(from, e), e);
        } catch (InvalidValueException e) {
            throw failed(from, id, false, Mapping.withoutQuotes(e) + hint(), e);
        } catch (SchemaException e) {
            if (failure != null) {
                throw e;
            }
            boolean vanishing = !upgrades.leftOut(body).isEmpty();
            throw failed(from, id, vanishing, sentence(e) + (vanishing ? "" : hint()), e);
        }
    }

    private Set<String> lost(UpgradePlan upgrades, String id, String text, T value) {
        return upgrades.rereads() ? UpgradePlan.lost(text, mapping.body(id, value)) : Set.of();
    }

    private SchemaException failed(int from, String id, boolean vanishing, String why, @Nullable StoreException cause) {
        SchemaException refusal = new SchemaException(
                cannot(from) + " because of document '" + id + "': " + why + " Nothing was changed.", cause);
        failure = new Failure(from, id, vanishing, why, refusal);
        return refusal;
    }

    private String cannot(int from) {
        return "Collection '" + mapping.name() + "' cannot be brought from revision " + from + " to "
                + mapping.definition().revision();
    }

    private String undecodable(int from, UndecodableDocumentException e) {
        if (e.getCause() instanceof UnknownPropertyException unknown) {
            return sentence(unknown);
        }
        String what = mapping.hasUpgrades()
                ? "what upgrade(" + from + ", ...) and those behind it make of its body cannot be decoded"
                : "its body cannot be decoded";
        return what + " (" + e.reason() + ")." + hint();
    }

    private static String sentence(Throwable e) {
        return String.valueOf(e.getMessage());
    }

    private String hint() {
        return " Mend the upgrade, the codec or the document; or have such documents set aside: Schema.setAside(\""
                + mapping.name() + "_aside\").";
    }

    /** Returns what this failed on, if that is why a call threw this; an engine in another process throws a copy. */
    public @Nullable Failure failure(StoreException thrown) {
        Failure last = failure;
        return last != null && String.valueOf(last.refusal().getMessage()).equals(thrown.getMessage()) ? last : null;
    }

    /** Says whether a document is one to be set aside. */
    public boolean isUnreadable(int from, String id, String body) {
        try {
            bodyOf(from, id, body);
            return false;
        } catch (SchemaException e) {
            Failure found = failure;
            return found != null && !found.vanishing();
        }
    }

    /** Returns the paths of all that a document has and would lose; none if something else fails. */
    public Set<String> vanishing(int from, String id, String body) {
        UpgradePlan upgrades = plan(from);
        Set<String> leftOut = upgrades.leftOut(body);
        if (!leftOut.isEmpty()) {
            return leftOut;
        }
        Set<String> paths = new TreeSet<>();
        try {
            String text = upgrades.apply(body);
            @Nullable String path = unknown(id, text);
            while (path != null && paths.add(path)) {
                text = JsonUpgrade.start().drop(path).apply(text);
                path = unknown(id, text);
            }
            if (path == null) {
                paths.addAll(lost(upgrades, id, text, mapping.value(id, text)));
            }
        } catch (Exception e) {
            // Then there is something else to say of it, by a call that fills.
            return paths;
        }
        return paths;
    }

    private @Nullable String unknown(String id, String text) {
        try {
            mapping.value(id, text);
            return null;
        } catch (UndecodableDocumentException e) {
            return e.getCause() instanceof UnknownPropertyException unknown ? unknown.path() : null;
        }
    }
}
