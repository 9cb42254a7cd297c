package dev.pagurus.store.tck.states;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A way to write one document. {@link #script} is all of them; a test holds them against the API.
 *
 * @param name what it is called
 * @param effect what becomes of the document
 * @param place where it is done
 * @param act how it is done
 */
public record Writing(String name, Effect effect, Place place, Act act) {

    private static final Codec<Item> TEXTS = Codec.json(Item.class);

    /** What becomes of the document. */
    public enum Effect {
        COMES,
        CHANGES,
        GOES
    }

    /** Where it is done: on the store itself, or in a transaction of its own. */
    public enum Place {
        STORE,
        STORE_WITH_TRANSACTIONS,
        TRANSACTION
    }

    /** Writes. */
    @FunctionalInterface
    public interface Act {
        /** Writes the document; one that goes has this value still. */
        void write(DocumentCollection<Item> items, String id, Item value);
    }

    private static final List<Writing> ALL = List.of(
            single("insert", Effect.COMES, DocumentCollection::insert),
            single("put of what is there", Effect.CHANGES, DocumentCollection::put),
            single("update", Effect.CHANGES, (items, id, value) -> items.update(id, old -> value)),
            single("delete", Effect.GOES, (items, id, value) -> items.delete(id)),
            single("put", Effect.COMES, DocumentCollection::put),
            single(
                    "replace",
                    Effect.CHANGES,
                    (items, id, value) -> items.replace(found(items, id).withValue(value))),
            single("delete of a document", Effect.GOES, (items, id, value) -> items.delete(found(items, id))),
            single(
                    "insertAll",
                    Effect.COMES,
                    (items, id, value) -> items.insertAll(Stream.of(value), same -> id, OnConflict.FAIL)),
            single(
                    "putAll",
                    Effect.CHANGES,
                    (items, id, value) -> items.putAll(Stream.of(value), same -> id, OnConflict.FAIL)),
            single(
                    "updateAll",
                    Effect.CHANGES,
                    (items, id, value) -> only(items, id).updateAll(old -> value)),
            single(
                    "replace at a version",
                    Effect.CHANGES,
                    (items, id, value) -> items.replace(id, found(items, id).version(), value)),
            single(
                    "replace of the text",
                    Effect.CHANGES,
                    (items, id, value) ->
                            items.raw().replace(id, found(items, id).version(), text(value))),
            single(
                    "delete at a version",
                    Effect.GOES,
                    (items, id, value) -> items.delete(id, found(items, id).version())),
            single(
                    "compute of nothing",
                    Effect.COMES,
                    (items, id, value) -> items.compute(id, old -> Optional.of(value))),
            single("compute", Effect.CHANGES, (items, id, value) -> items.compute(id, old -> Optional.of(value))),
            single("compute to nothing", Effect.GOES, (items, id, value) -> items.compute(id, old -> Optional.empty())),
            single("put of another", Effect.COMES, DocumentCollection::put),
            single(
                    "claim",
                    Effect.CHANGES,
                    (items, id, value) -> only(items, id).limit(3).claim(old -> value)),
            single(
                    "claimFirst",
                    Effect.CHANGES,
                    (items, id, value) -> only(items, id).claimFirst(old -> value)),
            single("delete of what was claimed", Effect.GOES, (items, id, value) -> items.delete(found(items, id))),
            transaction("insert in a transaction", Effect.COMES, DocumentCollection::insert),
            new Writing(
                    "deleteAll",
                    Effect.GOES,
                    Place.STORE_WITH_TRANSACTIONS,
                    (items, id, value) -> only(items, id).deleteAll()),
            transaction(
                    "putAll in a transaction",
                    Effect.COMES,
                    (items, id, value) -> items.putAll(Stream.of(value), same -> id, OnConflict.FAIL)),
            transaction("delete and insert in a transaction", Effect.CHANGES, (items, id, value) -> {
                items.delete(id);
                items.insert(id, value);
            }),
            transaction(
                    "updateAll in a transaction",
                    Effect.CHANGES,
                    (items, id, value) -> only(items, id).updateAll(old -> value)),
            transaction(
                    "claim in a transaction",
                    Effect.CHANGES,
                    (items, id, value) -> only(items, id).limit(3).claim(old -> value)),
            transaction(
                    "deleteAll in a transaction",
                    Effect.GOES,
                    (items, id, value) -> only(items, id).deleteAll()));

    /** Returns all of them that a store has, in an order in which each can be done. */
    public static List<Writing> script(Set<Capability> capabilities) {
        return ALL.stream()
                .filter(writing -> writing.place == Place.STORE || capabilities.contains(Capability.TRANSACTIONS))
                .toList();
    }

    /** Returns as many as it takes to have each effect once. */
    static List<Writing> shortScript() {
        return ALL.subList(0, 4);
    }

    /** Writes in its place. */
    public void write(Store store, Schema<Item> schema, String id, Item value) {
        if (place == Place.TRANSACTION) {
            store.runTransaction(tx -> act.write(tx.collection(schema), id, value));
        } else {
            act.write(store.collection(schema), id, value);
        }
    }

    private static Writing single(String name, Effect effect, Act act) {
        return new Writing(name, effect, Place.STORE, act);
    }

    private static Writing transaction(String name, Effect effect, Act act) {
        return new Writing(name, effect, Place.TRANSACTION, act);
    }

    private static String text(Item value) {
        try {
            return TEXTS.encode(value);
        } catch (Exception e) {
            throw new IllegalStateException("The item " + value + " has no text.", e);
        }
    }

    private static Document<Item> found(DocumentCollection<Item> items, String id) {
        return items.get(id)
                .orElseThrow(() -> new IllegalStateException(
                        "Document '" + id + "', which is there, was not found by the writer."));
    }

    private static Query<Item> only(DocumentCollection<Item> items, String id) {
        return items.where(Item.SCHEMA.id().eq(id));
    }

    @Override
    public String toString() {
        return name;
    }
}
