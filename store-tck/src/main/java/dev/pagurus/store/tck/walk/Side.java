package dev.pagurus.store.tck.walk;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of the two that take a walk: its handles, what each of them knows of the collections, and what it remembers. */
final class Side {

    /** Longer than a walk lasts by its clock. */
    private static final Duration KEPT = Duration.ofDays(1);

    /** One document of three is there for some steps of the walk, each of which takes ten milliseconds. */
    private static final InstantField<Item> END = InstantField.of("end_of_it", item -> {
        Long number = item.number();
        return number == null || number % 3 != 0 ? null : Walk.START.plusMillis(Math.floorMod(number, 1000L));
    });

    private final Handles handles;
    private final WalkClock clock;
    private final String name;
    private final Terrain terrain;
    private final List<List<Schema<Item>>> known = new ArrayList<>();
    private final List<Schema<Item>> newest = new ArrayList<>();
    private final Map<Integer, FeedReader> readers = new HashMap<>();
    private List<Memory> memories = new ArrayList<>();

    /** Makes new collections, known to each handle. */
    Side(Handles handles, WalkClock clock, String name, Terrain terrain) {
        this.handles = handles;
        this.clock = clock;
        this.name = name;
        this.terrain = terrain;
        for (int i = 0; i < terrain.land().collections(); i++) {
            newest.add(schema(Shape.STANDARD, name + "_" + i, 1));
            memories.add(new Memory());
        }
        for (int handle = 0; handle < terrain.land().handles(); handle++) {
            known.add(new ArrayList<>(newest));
            newest.forEach(store(handle)::collection);
        }
    }

    private Schema<Item> schema(Shape shape, String called, int revision) {
        Schema<Item> schema = shape.schema(called, revision, terrain.unique());
        if (terrain.expiry()) {
            return schema.expiresAt(END);
        }
        return terrain.feed() ? schema.changes(KEPT) : schema;
    }

    Store store(int handle) {
        return handles.get(handle);
    }

    /** Returns a collection as a handle knows it, which may be of an old revision. */
    DocumentCollection<Item> collection(int handle, int collection) {
        return store(handle).collection(schema(handle, collection));
    }

    Schema<Item> schema(int handle, int collection) {
        return known.get(handle).get(collection);
    }

    /** Returns all collections, as a handle knows them. */
    List<Schema<Item>> schemas(int handle) {
        return known.get(handle);
    }

    /** Returns one of those who read their changes; the late one begins with the state. */
    FeedReader reader(int number) {
        return readers.computeIfAbsent(number, first -> new FeedReader(number == Fed.LATE));
    }

    Memory memory(int collection) {
        return memories.get(collection);
    }

    /** Returns all that is remembered now, for {@link #rememberOnly}. */
    List<Memory> memories() {
        return memories.stream().map(Memory::copy).toList();
    }

    /** Forgets what was learned since. */
    void rememberOnly(List<Memory> earlier) {
        memories = earlier.stream().map(Memory::copy).toList();
    }

    void setClock(Instant at) {
        clock.set(at);
    }

    /** Brings a collection to another revision, which this handle knows then. */
    String revise(int handle, int collection, Shape shape) {
        Schema<Item> old = newest.get(collection);
        Schema<Item> revised = schema(shape, old.name(), old.revision() + 1);
        store(handle).collection(revised);
        newest.set(collection, revised);
        known.get(handle).set(collection, revised);
        return "revision " + revised.revision();
    }

    /** Has a handle know the newest revision. */
    void follow(int handle, int collection) {
        known.get(handle).set(collection, newest.get(collection));
    }

    void reopen(int handle) throws Exception {
        handles.reopen(handle);
    }

    Terrain terrain() {
        return terrain;
    }

    /** Says whether a collection is one of this walk: the database may hold those of others. */
    boolean owns(String collection) {
        return collection.startsWith(name + "_");
    }
}
