package dev.pagurus.store.internal.value;

import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.UnknownPropertyException;
import dev.pagurus.store.Upgrades;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Filler;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings documents of older revisions to that of a mapping: the upgrades change the body, the codec must read it, and the
 * extractors give the fields. Remembers the document that it failed on last. Used by one thread.
 */
public final class Filling<T> implements Filler {

    private final Mapping<T> mapping;
    private final Upgrades upgrades;
    private @Nullable Failure failure;

    /**
     * Why a document cannot be brought to the new revision.
     *
     * @param from the revision that it has
     * @param vanishing whether it is a fault of the code: a property would be gone that nobody named
     * @param refusal what the caller is told
     */
    public record Failure(int from, String id, boolean vanishing, StoreException refusal) {}

    Filling(Mapping<T> mapping, Upgrades upgrades) {
        this.mapping = mapping;
        this.upgrades = upgrades;
    }

    @Override
    public Content.Body fill(int from, String id, String body) {
        failure = null;
        upgrades.requireFrom(from);
        try {
            String text = upgrades.apply(from, body);
            if (!text.equals(body)) {
                mapping.checkBody(text, "what the upgrades make of its body");
            }
            return new Content.Body(text, mapping.values(mapping.value(id, text)));
        } catch (UndecodableDocumentException e) {
            throw failed(from, id, e.getCause() instanceof UnknownPropertyException, undecodable(from, e), e);
        } catch (InvalidValueException e) {
            throw failed(from, id, false, sentence(e) + hint(), e);
        } catch (SchemaException e) {
            boolean vanishing = !upgrades.leftOut(from, body).isEmpty();
            throw failed(from, id, vanishing, sentence(e) + (vanishing ? "" : hint()), e);
        }
    }

    private StoreException failed(int from, String id, boolean vanishing, String why, StoreException cause) {
        SchemaException refusal = new SchemaException(
                "Collection '" + mapping.name() + "' cannot be brought from revision " + from + " to "
                        + mapping.definition().revision() + " because of document '" + id + "': " + why
                        + " Nothing was changed.",
                cause);
        failure = new Failure(from, id, vanishing, refusal);
        return refusal;
    }

    private String undecodable(int from, UndecodableDocumentException e) {
        if (e.getCause() instanceof UnknownPropertyException unknown) {
            return sentence(unknown);
        }
        String what = upgrades.isEmpty()
                ? "its body cannot be decoded"
                : "what upgrade(" + from + ", ...) and those behind it make of its body cannot be decoded";
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
            fill(from, id, body);
            return false;
        } catch (SchemaException e) {
            Failure found = failure;
            return found != null && !found.vanishing();
        }
    }

    /** Returns the paths of all properties that a document has and would lose; none if something else fails. */
    public Set<String> vanishing(int from, String id, String body) {
        Set<String> leftOut = upgrades.leftOut(from, body);
        if (!leftOut.isEmpty()) {
            return leftOut;
        }
        Set<String> paths = new TreeSet<>();
        try {
            String text = upgrades.apply(from, body);
            @Nullable String path = unknown(id, text);
            while (path != null && paths.add(path)) {
                text = JsonUpgrade.start().drop(path).apply(text);
                path = unknown(id, text);
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
