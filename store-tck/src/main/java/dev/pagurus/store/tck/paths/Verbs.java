package dev.pagurus.store.tck.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.Index;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.samples.SeenText;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Each verb for one document, with ids and values that look like those of others, and with what it must answer. */
final class Verbs {

    /** No clock has shown this version since 1970. */
    private static final long NOBODYS_VERSION = 1;

    private final Trial trial;
    private final DocumentCollection<Parcel> collection;
    private final boolean sameClock;

    /** Uses the verbs of a collection of the first handle, which may be that of a transaction. */
    Verbs(Trial trial, DocumentCollection<Parcel> collection) {
        this(trial, collection, true);
    }

    private Verbs(Trial trial, DocumentCollection<Parcel> collection, boolean sameClock) {
        this.trial = trial;
        this.collection = collection;
        this.sameClock = sameClock;
    }

    /** Uses those of a handle that may have a clock of its own. */
    static Verbs elsewhere(Trial trial, DocumentCollection<Parcel> collection) {
        return new Verbs(trial, collection, false);
    }

    /** Uses so many, one after the other. */
    void use(int times) {
        for (int i = 0; i < times; i++) {
            trial.tick();
            if (trial.wanted.documents().isEmpty()) {
                put(trial.hazards.id(), trial.parcels.one());
            } else {
                any();
            }
        }
    }

    /**
     * Puts into the last documents one value each that the first has which has all of them: refused where it is unique. There
     * are as many documents as before; none if there were none.
     */
    void putTaken() {
        if (trial.wanted.documents().isEmpty()) {
            return;
        }
        Parcel theirs = trial.wanted.documents().stream()
                .map(Document::value)
                .filter(Parcel::hasAllThatIsUnique)
                .findFirst()
                .orElseGet(() -> trial.wanted.any(trial.random).value());
        List<String> ids = trial.wanted.ids();
        Collections.reverse(ids);
        Iterator<String> last = ids.iterator();
        for (UnaryOperator<Parcel> taking : List.<UnaryOperator<Parcel>>of(
                parcel -> parcel.withCode(theirs.item().code()),
                parcel -> parcel.withSeal(theirs.seal()),
                parcel -> parcel.withRoute(theirs.route()))) {
            if (last.hasNext()) {
                trial.tick();
                put(last.next(), taking.apply(trial.parcels.unique(trial.parcels.one())));
            }
        }
    }

    /** Puts less in the place of some documents that have tags, so that each loses some. */
    void putLess(int most) {
        List<Document<Parcel>> tagged = trial.wanted.documents().stream()
                .filter(document -> document.value().item().tags() != null
                        && !document.value().item().tags().isEmpty())
                .toList();
        List<Document<Parcel>> some = trial.mixed(tagged);
        for (Document<Parcel> document : some.subList(0, Math.min(most, some.size()))) {
            trial.tick();
            put(document.id(), document.value().less());
        }
    }

    /** Puts the values of some documents under other ids, each as a whole: where they are unique, they may be free or not. */
    void putValues(List<Document<Parcel>> documents, int most) {
        List<Document<Parcel>> some = trial.mixed(documents);
        for (Document<Parcel> document : some.subList(0, Math.min(most, some.size()))) {
            trial.tick();
            put(trial.hazards.idThatIsNot(document.id()), document.value());
        }
    }

    private void any() {
        Document<Parcel> there = trial.wanted.any(trial.random);
        String like = trial.hazards.idThatIsNot(there.id());
        Parcel other = trial.parcels.one();
        switch (trial.random.nextInt(16)) {
            case 0 -> put(like, other);
            case 1 -> put(there.id(), there.value().less());
            case 2 -> put(there.id(), other);
            case 3 -> put(like, taken(there.value(), other));
            case 4 -> insert(like, other);
            case 5 -> insert(there.id(), taken(trial.wanted.any(trial.random).value(), other));
            case 6 -> replace(there, there.version());
            case 7 -> replace(there, trial.random.nextBoolean() ? NOBODYS_VERSION : there.version() - 1);
            case 8 -> update(trial.random.nextBoolean() ? there.id() : like, other);
            case 9 -> compute(trial.random.nextBoolean() ? there.id() : like, other);
            case 10 -> delete(trial.random.nextInt(3) > 0 ? there.id() : like);
            case 11 -> delete(there);
            case 12 -> refuseDelete(there);
            case 13 -> write(there.id(), there.value(), () -> collection.put(there.id(), there.value()));
            case 14 ->
                write(
                        there.id(),
                        there.value(),
                        () -> collection.update(there.id(), same -> same).orElse(null));
            default -> insertWithoutId(other);
        }
    }

    /** The code, the seal or the route of another document, or all of them. */
    private Parcel taken(Parcel from, Parcel to) {
        return switch (trial.random.nextInt(4)) {
            case 0 -> to.withCode(from.item().code());
            case 1 -> to.withSeal(from.seal());
            case 2 -> to.withRoute(from.route());
            default -> to.withUniqueOf(from);
        };
    }

    private void put(String id, Parcel value) {
        write(id, value, () -> collection.put(id, value));
    }

    private void insert(String id, Parcel value) {
        if (trial.wanted.has(id)) {
            assertThat(refused(DuplicateIdException.class, () -> collection.insert(id, value))
                            .id())
                    .as("the id that is named")
                    .isEqualTo(id);
        } else {
            write(id, value, () -> collection.insert(id, value));
        }
    }

    private void replace(Document<Parcel> there, long version) {
        Parcel other = trial.parcels.one();
        if (version == there.version()) {
            write(there.id(), other, () -> collection.replace(there.withValue(other)));
        } else {
            assertThat(refused(VersionConflictException.class, () -> collection.replace(there.id(), version, other))
                            .current())
                    .as("the version that is named")
                    .hasValue(there.version());
        }
    }

    private void update(String id, Parcel value) {
        if (trial.wanted.has(id)) {
            write(id, value, () -> collection.update(id, old -> value).orElse(null));
        } else {
            assertThat(collection.update(id, old -> value))
                    .as("what became of nothing")
                    .isEmpty();
        }
    }

    private void compute(String id, Parcel value) {
        if (trial.random.nextInt(3) > 0) {
            write(
                    id,
                    value,
                    () -> collection.compute(id, old -> Optional.of(value)).orElse(null));
        } else {
            assertThat(collection.compute(id, old -> Optional.empty()))
                    .as("what is there now")
                    .isEmpty();
            trial.wanted.remove(id);
        }
    }

    private void insertWithoutId(Parcel value) {
        Document<Parcel> answer = collection.insert(value);
        assertThat(trial.wanted.has(answer.id()))
                .as("whether the id %s was there", answer.id())
                .isFalse();
        write(answer.id(), value, () -> answer);
    }

    private void delete(Document<Parcel> there) {
        assertThat(
                        trial.random.nextBoolean()
                                ? collection.delete(there)
                                : collection.delete(there.id(), there.version()))
                .as("whether %s was there", SeenText.of(there.id()))
                .isTrue();
        trial.wanted.remove(there.id());
    }

    private void refuseDelete(Document<Parcel> there) {
        VersionConflictException refused = refused(VersionConflictException.class, () -> {
            collection.delete(there.id(), there.version() - 1);
            return there;
        });
        assertThat(refused.current()).as("the version that is named").hasValue(there.version());
    }

    private void delete(String id) {
        assertThat(collection.delete(id))
                .as("whether %s was there", SeenText.of(id))
                .isEqualTo(trial.wanted.has(id));
        trial.wanted.remove(id);
    }

    private interface Writing {
        @Nullable
        Document<Parcel> run();
    }

    /** Writes, or is refused where a unique value is taken: by the first such index. */
    private void write(String id, Parcel value, Writing writing) {
        Optional<Index<Parcel>> index = trial.wanted.violated(id, value);
        if (index.isEmpty()) {
            Document<Parcel> answer = writing.run();
            if (sameClock) {
                trial.wanted.put(id, value, answer);
            } else {
                trial.wanted.putElsewhere(id, value, answer);
            }
            return;
        }
        UniqueViolationException refused = refused(UniqueViolationException.class, writing);
        assertThat(refused.id()).as("the id that is named").isEqualTo(id);
        assertThat(refused.index())
                .as("the index that is named")
                .isEqualTo(index.get().name());
        assertThat(refused.fields())
                .as("the fields that are named")
                .containsExactlyElementsOf(index.get().terms().stream()
                        .map(term -> term.field().name())
                        .toList());
    }

    private static <X extends StoreException> X refused(Class<X> type, Writing writing) {
        try {
            throw new AssertionError("A write that must be refused by " + type.getSimpleName() + " was done: "
                    + Shown.of(writing.run()));
        } catch (StoreException e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            throw e;
        }
    }
}
