package dev.pagurus.store.tck.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.samples.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A collection that somebody has in hand, and that is not there any more. */
final class Gone {

    private static final Item ITEM = Item.of("item").withNumber(1).tagged("tag");

    private Gone() {}

    /** Requires that each call is refused, on the store itself, in a transaction and in a snapshot. */
    static void requireRefused(
            Store store,
            Schema<Item> schema,
            DocumentCollection<Item> held,
            Document<Item> read,
            boolean transactions,
            boolean snapshots) {
        writes(read, transactions).forEach((name, write) -> {
            requireRefused(name, schema, () -> write.accept(held));
            if (transactions) {
                requireRefused(
                        name + " in a transaction",
                        schema,
                        () -> store.runTransaction(tx -> write.accept(tx.collection(schema))));
            }
        });
        reads().forEach((name, reading) -> {
            requireRefused(name, schema, () -> reading.accept(held));
            if (transactions) {
                requireRefused(
                        name + " in a transaction",
                        schema,
                        () -> store.runTransaction(tx -> reading.accept(tx.collection(schema))));
            }
            if (snapshots) {
                requireRefused(
                        name + " in a snapshot",
                        schema,
                        () -> store.<Boolean, RuntimeException>snapshot(view -> {
                            reading.accept(view.collection(schema));
                            return true;
                        }));
            }
        });
    }

    private static void requireRefused(String name, Schema<Item> schema, ThrowingCallable call) {
        assertThatThrownBy(call, name)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining(schema.name())
                .hasMessageContaining("dropped or renamed");
    }

    private static Map<String, Consumer<DocumentCollection<Item>>> writes(Document<Item> read, boolean transactions) {
        Map<String, Consumer<DocumentCollection<Item>>> writes = new LinkedHashMap<>();
        writes.put("insert", items -> items.insert("new", ITEM));
        writes.put("put", items -> items.put("a", ITEM));
        writes.put("replace", items -> items.replace(read.withValue(ITEM)));
        writes.put("update", items -> items.update("a", found -> ITEM));
        writes.put("compute", items -> items.compute("a", found -> Optional.of(ITEM)));
        writes.put("delete", items -> items.delete("a"));
        writes.put("delete of a version", items -> items.delete(read));
        writes.put("updateAll", items -> items.query().updateAll(found -> ITEM));
        writes.put("insertAll", items -> items.insertAll(Stream.of(ITEM), item -> "new", OnConflict.SKIP));
        writes.put("putAll", items -> items.putAll(Stream.of(ITEM), item -> "a", OnConflict.FAIL));
        writes.put("claim", items -> items.query().limit(3).claim(found -> ITEM));
        if (transactions) {
            writes.put("deleteAll", items -> items.query().deleteAll());
        }
        return writes;
    }

    private static Map<String, Consumer<ReadableCollection<Item>>> reads() {
        Map<String, Consumer<ReadableCollection<Item>>> reads = new LinkedHashMap<>();
        reads.put("get", items -> items.get("a"));
        reads.put("get of what never was", items -> items.get("never"));
        reads.put("getAll", items -> items.getAll(List.of("a", "b")));
        reads.put("exists", items -> items.exists("a"));
        reads.put("count", items -> items.query().count());
        reads.put("list", items -> items.query().limit(3).list());
        reads.put("first", items -> items.query().first());
        reads.put("page", items -> items.query().page());
        reads.put("stream", items -> {
            try (Stream<Document<Item>> documents = items.query().stream()) {
                documents.forEach(document -> {});
            }
        });
        reads.put("select", items -> items.query().select(Item.TEXT, Item.TAGS).list());
        reads.put("countBy", items -> items.query().countBy(Item.TEXT));
        reads.put("aggregate", items -> items.query().aggregate(Item.NUMBER.sum()));
        reads.put("groups", items -> items.query().groupBy(Item.TAGS).aggregate(Item.REAL.sum()));
        reads.put("distinct", items -> items.query().distinct(Item.TEXT));
        reads.put("countBy of a many-field", items -> items.query().countBy(Item.TAGS));
        reads.put("search by text", items -> items.where(Item.TEXT.eq("item")).first());
        reads.put(
                "search by tag", items -> items.where(Item.TAGS.contains("tag")).count());
        reads.put(
                "order",
                items -> items.query().orderBy(Item.NUMBER.desc()).limit(1).list());
        return reads;
    }
}
