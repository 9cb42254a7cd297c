package dev.pagurus.store.tck.states;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Documents that hand on their values, so that every state has every value once, and whoever sees two states sees one
 * twice, or not at all. Each move is a transaction that takes a document from each of twenty stretches of the ids and
 * gives its value to the one from the next stretch; the last value goes to an id that nobody has, and the first document
 * goes. Most documents stay as they are, and so do the least numbers. A value has the time of its last move, which is the
 * one thing in it that changes.
 */
final class Exchange {

    /** Of these many stretches each move takes one document: whatever part of an answer is of another state, it shows. */
    private static final int STRETCHES = 20;

    private static final Instant MOVED = Instant.parse("2100-01-01T00:00:00Z");

    /** One of so many documents moves. */
    private static final int ONE_OF = 13;

    private final List<Schema<Item>> schemas;
    private final int documents;
    private final Random random;
    private final List<List<Place>> stretches = new ArrayList<>();
    private final Map<Place, Item> held = new LinkedHashMap<>();
    private Place free;

    /** Where a document is or may be. */
    private record Place(Schema<Item> schema, String id) {}

    /**
     * Plans it.
     *
     * @param schemas of the collections that the documents are in, in equal shares
     * @param documents how many there are in all; some hundreds at least
     * @param seed says which move
     */
    Exchange(List<Schema<Item>> schemas, int documents, long seed) {
        this.schemas = schemas;
        this.documents = documents;
        this.random = new Random(seed);
        this.free = new Place(schemas.get(0), id(documents / 2) + "a");
        IntStream.range(0, STRETCHES).forEach(each -> stretches.add(new ArrayList<>()));
        for (int i = 0; i < documents; i++) {
            if (isMoving(i)) {
                stretches.get(stretch(i)).add(place(i));
                held.put(place(i), item(i));
            }
        }
    }

    /** Stores the documents as they are at first. */
    Exchange fill(Store store) {
        for (int share = 0; share < schemas.size(); share++) {
            int number = share;
            store.collection(schemas.get(share))
                    .insertAll(
                            IntStream.range(0, documents)
                                    .filter(i -> i % schemas.size() == number)
                                    .mapToObj(Exchange::item),
                            item -> id(Objects.requireNonNull(item.number()).intValue()),
                            OnConflict.FAIL);
        }
        return this;
    }

    /** Makes one move; for one thread at a time. */
    private void move(Store store, long number) {
        Place goes = free;
        List<Place> chosen = new ArrayList<>();
        stretches.forEach(stretch -> chosen.add(stretch.get(random.nextInt(stretch.size()))));
        Map<Place, Item> gets = new LinkedHashMap<>();
        for (int i = 0; i < STRETCHES; i++) {
            Place next = i + 1 < STRETCHES ? chosen.get(i + 1) : goes;
            gets.put(next, Objects.requireNonNull(held.get(chosen.get(i))).withTime(MOVED.plusSeconds(number)));
        }
        Place left = chosen.get(0);
        store.runTransaction(tx -> {
            tx.collection(left.schema()).delete(left.id());
            write(tx, gets, number);
        });
        held.remove(left);
        held.putAll(gets);
        stretches.get(0).remove(left);
        stretches.get(0).add(goes);
        free = left;
    }

    /** In one way after the other. */
    private void write(Transaction tx, Map<Place, Item> gets, long number) {
        if (number % 3 == 2) {
            for (Schema<Item> schema : schemas) {
                Map<Item, String> ids = new LinkedHashMap<>();
                gets.forEach((place, item) -> {
                    if (place.schema().equals(schema)) {
                        ids.put(item, place.id());
                    }
                });
                tx.collection(schema)
                        .putAll(ids.keySet().stream(), item -> Objects.requireNonNull(ids.get(item)), OnConflict.FAIL);
            }
            return;
        }
        gets.forEach((place, item) -> {
            DocumentCollection<Item> items = tx.collection(place.schema());
            if (number % 3 == 1 && items.update(place.id(), old -> item).isPresent()) {
                return;
            }
            items.put(place.id(), item);
        });
    }

    /** Begins to move on another thread. */
    Others start(Store store) {
        return new Others(number -> move(store, number));
    }

    /**
     * Fails if no state has this answer.
     *
     * @param before the answer before anything moved
     */
    void requireOneState(Reading reading, Answer before, Answer came) {
        String difference =
                reading.equals(Reading.COUNT_BY_TIME) ? differenceOfTimes(came) : before.differenceOfValues(came);
        if (difference != null) {
            throw new AssertionError("The " + reading + " is of no one state: " + difference + ".");
        }
    }

    /** The groups change, but each document is in one. */
    private @Nullable String differenceOfTimes(Answer came) {
        long sum = 0;
        for (Object documentsOfATime : ((Map<?, ?>) came.rest()).values()) {
            sum += (Long) documentsOfATime;
        }
        return sum == documents ? null : "the groups of " + documents + " documents have " + sum + " in all";
    }

    /** Returns the ids of all documents that move, and where they may come to be; fewer than a filter may take. */
    List<String> movingIds() {
        List<String> ids = new ArrayList<>();
        stretches.forEach(stretch -> stretch.forEach(place -> ids.add(place.id())));
        ids.add(free.id());
        return ids;
    }

    /** Returns the ids of all documents, and where one may come to be. */
    List<String> ids() {
        List<String> ids = new ArrayList<>();
        IntStream.range(0, documents).forEach(i -> ids.add(id(i)));
        ids.add(id(documents / 2) + "a");
        return ids;
    }

    /** Returns the ids of documents that nobody writes. */
    List<String> stayingIds() {
        return IntStream.range(0, documents)
                .filter(i -> !isMoving(i))
                .mapToObj(Exchange::id)
                .toList();
    }

    /** Returns what readings ask about, of these ids. */
    Question question(List<String> ids) {
        int moving = IntStream.range(documents / 2, documents)
                .filter(this::isMoving)
                .findFirst()
                .orElseThrow();
        return new Question(id(0), ids, item(moving));
    }

    private Place place(int i) {
        return new Place(schemas.get(i % schemas.size()), id(i));
    }

    private int stretch(int i) {
        return (int) ((long) i * STRETCHES / documents);
    }

    private boolean isMoving(int i) {
        return i % ONE_OF == ONE_OF - 1;
    }

    private static String id(int i) {
        return String.format(Locale.ROOT, "d%06d", i);
    }

    /** Each has its number for itself, its text with one other, and one of its tags with three; its time tells its moves. */
    private static Item item(int i) {
        return Item.ofNumber(i)
                .withText("text " + i / 2)
                .tagged("all", "tag " + i / 4)
                .withTime(Instant.ofEpochSecond(i));
    }
}
