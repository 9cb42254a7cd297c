package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Document;
import dev.pagurus.store.Index;
import dev.pagurus.store.Schema;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.tck.samples.SeenText;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What must be in a collection, and what a write of the contract makes of it. */
final class Wanted {

    private final TreeMap<String, Document<Parcel>> documents = new TreeMap<>();
    private final Clock clock;
    private Schema<Parcel> schema;
    /** The greatest version that was deleted, by whichever handle. */
    private long deleted;

    /**
     * Knows of nothing.
     *
     * @param clock that of the store
     */
    Wanted(Clock clock, Schema<Parcel> schema) {
        this.clock = clock;
        this.schema = schema;
    }

    /** Returns the same, to go another way from here. */
    Wanted copy() {
        Wanted copy = new Wanted(clock, schema);
        copy.documents.putAll(documents);
        copy.deleted = deleted;
        return copy;
    }

    Schema<Parcel> schema() {
        return schema;
    }

    /** The collection has another definition from now on. */
    void is(Schema<Parcel> raised) {
        schema = raised;
    }

    List<Document<Parcel>> documents() {
        return new ArrayList<>(documents.values());
    }

    List<String> ids() {
        return new ArrayList<>(documents.keySet());
    }

    Optional<Document<Parcel>> get(String id) {
        return Optional.ofNullable(documents.get(id));
    }

    boolean has(String id) {
        return documents.containsKey(id);
    }

    /** Returns a document that is there. */
    Document<Parcel> any(Random random) {
        List<Document<Parcel>> all = documents();
        return all.get(random.nextInt(all.size()));
    }

    /** Returns what a store makes of a write: the creation time stays, and the version is the clock's, or one more. */
    Document<Parcel> written(String id, Parcel value) {
        long now = Micros.now(clock);
        Document<Parcel> old = documents.get(id);
        return old == null
                ? new Document<>(id, now, Micros.toInstant(now), value)
                : new Document<>(id, Math.max(now, old.version() + 1), old.createdAt(), value);
    }

    /** A write was made, as a call without answer for each document makes it. */
    void put(String id, Parcel value) {
        documents.put(id, written(id, value));
    }

    /** A write was answered by this, which must be what a write makes. */
    void put(String id, Parcel value, @Nullable Document<Parcel> answer) {
        Document<Parcel> right = written(id, value);
        if (answer != null && !has(id) && answer.version() > right.version() && answer.version() <= deleted + 1) {
            // A handle creates above what it has deleted, which another clock may have given.
            right = new Document<>(id, answer.version(), right.createdAt(), value);
        }
        if (!right.equals(answer)) {
            throw new AssertionError("A write was answered wrongly: " + Shown.difference(right, answer));
        }
        documents.put(id, right);
    }

    /** A handle whose clock may be another one has answered a write by this. */
    void putElsewhere(String id, Parcel value, @Nullable Document<Parcel> answer) {
        Document<Parcel> old = documents.get(id);
        boolean right = answer != null
                && answer.id().equals(id)
                && answer.value().equals(value)
                && (old == null
                        || (answer.version() > old.version()
                                && answer.createdAt().equals(old.createdAt())));
        if (answer == null || !right) {
            throw new AssertionError("A write of " + SeenText.of(id) + ", " + value + ", over " + Shown.of(old)
                    + " was answered wrongly: " + Shown.of(answer));
        }
        documents.put(id, answer);
    }

    void remove(String id) {
        Document<Parcel> removed = documents.remove(id);
        if (removed != null) {
            deleted = Math.max(deleted, removed.version());
        }
    }

    void removeAll(Collection<String> ids) {
        ids.forEach(this::remove);
    }

    /** Returns the unique index that does not allow a write, the first one declared; empty if all do. */
    Optional<Index<Parcel>> violated(String id, Parcel value) {
        for (Index<Parcel> index : schema.indexes()) {
            boolean complete =
                    index.terms().stream().allMatch(term -> term.field().extract(value) != null);
            if (index.unique()
                    && complete
                    && documents.values().stream().anyMatch(other -> collide(index, id, value, other))) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** Returns documents that a definition with unique indexes would not allow beside those before them. */
    List<Document<Parcel>> against(Schema<Parcel> next) {
        Set<List<Object>> taken = new HashSet<>();
        List<Document<Parcel>> against = new ArrayList<>();
        for (Document<Parcel> document : documents.values()) {
            boolean allowed = true;
            for (Index<Parcel> index : next.indexes()) {
                List<Object> values = new ArrayList<>(List.of(index.name()));
                for (Index.Term<Parcel> term : index.terms()) {
                    Object value = term.field().extract(document.value());
                    if (value != null) {
                        values.add(value);
                    }
                }
                boolean complete = values.size() == 1 + index.terms().size();
                allowed &= !index.unique() || !complete || taken.add(values);
            }
            if (!allowed) {
                against.add(document);
            }
        }
        return against;
    }

    private static boolean collide(Index<Parcel> index, String id, Parcel value, Document<Parcel> other) {
        return !other.id().equals(id)
                && index.terms().stream().allMatch(term -> {
                    Object mine = term.field().extract(value);
                    return mine != null && mine.equals(term.field().extract(other.value()));
                });
    }

    /** Returns the documents by id, those of a list. */
    static Map<String, Document<Parcel>> byId(Collection<Document<Parcel>> documents) {
        Map<String, Document<Parcel>> byId = new TreeMap<>();
        documents.forEach(document -> byId.put(document.id(), document));
        return byId;
    }
}
