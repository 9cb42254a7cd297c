package dev.pagurus.store.tck.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Hazards;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.MeaningTexts;
import dev.pagurus.store.tck.samples.Model;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One way that is gone once: a collection of its own, what must be there, and the handles that are asked. */
final class Trial {

    /** Not whole milliseconds. */
    private static final int MOST_MICROS = 2500;

    final Seed seed;
    final Store store;
    final Store second;
    final Random random;
    final Parcels parcels;
    final Hazards hazards;
    private final SettableClock clock;
    private final boolean longLists;
    private boolean meaningTexts;
    Wanted wanted;

    /**
     * Begins one.
     *
     * @param clock that of the first handle
     * @param longLists whether the store declares snapshots
     */
    Trial(Seed seed, Store store, Store second, SettableClock clock, Wanted wanted, boolean longLists) {
        this.seed = seed;
        this.store = store;
        this.second = second;
        this.random = new Random(seed.value());
        this.parcels = new Parcels(random);
        this.hazards = parcels.hazards();
        this.clock = clock;
        this.wanted = wanted;
        this.longLists = longLists;
    }

    /** The collection, as the first handle has it. */
    DocumentCollection<Parcel> collection() {
        return store.collection(wanted.schema());
    }

    /** The collection, as the second handle has it. */
    DocumentCollection<Parcel> seconds() {
        return second.collection(wanted.schema());
    }

    /** Has some time pass. */
    void tick() {
        clock.set(clock.instant().plus(1 + random.nextInt(MOST_MICROS), ChronoUnit.MICROS));
    }

    /** Inserts so many documents. */
    void fill(int count) {
        new BulkWrite(this, parcels.some(count)).insertAll(collection(), OnConflict.FAIL);
    }

    /** Inserts a document for each text that means something to somebody, which it has wherever a text may be. */
    void fillWithMeaningTexts() {
        Map<String, Parcel> values = new LinkedHashMap<>();
        for (String text : MeaningTexts.ALL) {
            Item item = Item.of(text).tagged(text).withCode(text).withPayload(text);
            values.put(text, new Parcel(item, null, new Parcel.Route(text, text)));
        }
        new BulkWrite(this, values).insertAll(collection(), OnConflict.FAIL);
        meaningTexts = true;
    }

    /** Says whether its documents are those that are always the same. */
    boolean isOfMeaningTexts() {
        return meaningTexts;
    }

    /** Returns how many documents there shall be: with the seeds 1 and 2 a certain number, with others any. */
    int size(int withFirst, int withSecond, int most) {
        int any = hazards.size(most);
        return seed.value() == 1 ? withFirst : seed.value() == 2 ? withSecond : any;
    }

    /** Returns these in no order. */
    <V> List<V> mixed(List<V> all) {
        List<V> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, random);
        return mixed;
    }

    /** Asks the first handle how many documents there are, and how many have no value of each field. */
    void look() {
        List<Document<Parcel>> documents = wanted.documents();
        assertThat(collection().query().count()).as("documents").isEqualTo(documents.size());
        for (Field<Parcel, ?> field : FieldQuestions.fields(wanted.schema())) {
            Filter<Parcel> none = FieldQuestions.none(field);
            assertThat(collection().where(none).count())
                    .as("of %s documents those without a value of %s", documents.size(), field)
                    .isEqualTo(documents.stream()
                            .filter(document -> Model.matches(none, document))
                            .count());
        }
    }

    /** Asks both handles everything. */
    void examine() {
        if (longLists) {
            assertThat(store.summaries().stream()
                            .filter(summary ->
                                    summary.name().equals(wanted.schema().name()))
                            .map(CollectionSummary::documents))
                    .as("the documents that the store's summary tells")
                    .containsExactly((long) wanted.documents().size());
        }
        Map<String, ReadableCollection<Parcel>> handles = new LinkedHashMap<>();
        handles.put("the first handle", collection());
        handles.put("the second handle", seconds());
        examine(handles);
    }

    /** Asks everything of a collection. */
    void examine(String who, ReadableCollection<Parcel> collection) {
        examine(Map.of(who, collection));
    }

    /** Asks everything of a collection that is as it was then. */
    void examine(String who, ReadableCollection<Parcel> collection, Wanted then) {
        new Questions(then, random, hazards, longLists).ask(Map.of(who, collection));
    }

    private void examine(Map<String, ReadableCollection<Parcel>> handles) {
        new Questions(wanted, random, hazards, longLists).ask(handles);
    }
}
