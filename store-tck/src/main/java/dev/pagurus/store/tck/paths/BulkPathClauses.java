package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Group W: bulk writes of any number, by values that break stores. */
public abstract class BulkPathClauses extends PathGroup {

    private static final int MOST = 5000;

    protected BulkPathClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W37)
    void whatIsInsertedInBulkIsFoundByAllThatItIs() throws Exception {
        each(trial -> {
            trial.fill(trial.size(2001, 128, MOST));
            List<String> ids = new ArrayList<>(
                    trial.wanted.ids().subList(0, trial.wanted.ids().size() / 3));
            ids.addAll(likeSome(trial, 20));
            ids = trial.mixed(ids);
            new BulkWrite(trial, trial.parcels.of(ids)).insertAll(trial.collection(), onConflict(trial));
            trial.examine();
        });
    }

    @Proves(Clause.W38)
    void whatIsPutInBulkIsFoundByAllThatItIs() throws Exception {
        each(trial -> {
            trial.fill(trial.size(501, 129, 300));
            Map<String, Parcel> values = new LinkedHashMap<>();
            for (String id : trial.mixed(trial.wanted.ids())) {
                values.put(id, trial.wanted.any(trial.random).value().less());
            }
            values.putAll(trial.parcels.of(likeSome(trial, 40)));
            new BulkWrite(trial, values).putAll(trial.collection(), onConflict(trial));
            trial.examine();
        });
    }

    @Proves(Clause.W39)
    @Needs(Capability.UNIQUE_INDEXES)
    void aBulkWriteTellsEachViolationAsItIs() throws Exception {
        each(trial -> {
            trial.fill(trial.size(65, 256, 129));
            putMixed(trial, trial.collection(), 100);
            new BulkWrite(trial, mixed(trial, 40)).insertAll(trial.collection(), onConflict(trial));
            trial.examine();
        });
    }

    /** Puts documents of which some are new, some give up their unique values, and some ask for those of others. */
    static void putMixed(Trial trial, DocumentCollection<Parcel> into, int count) {
        new BulkWrite(trial, mixed(trial, count)).putAll(into, OnConflict.FAIL);
    }

    private static Map<String, Parcel> mixed(Trial trial, int count) {
        Map<String, Parcel> values = new LinkedHashMap<>();
        if (trial.wanted.documents().isEmpty()) {
            return values;
        }
        for (int i = 0; i < count; i++) {
            Document<Parcel> there = trial.wanted.any(trial.random);
            Parcel theirs = there.value();
            Parcel one = trial.parcels.one();
            String like = trial.hazards.idThatIsNot(there.id());
            switch (trial.random.nextInt(9)) {
                case 0 -> values.put(like, one);
                case 1 -> values.put(there.id(), theirs.less());
                case 2 -> values.put(there.id(), one.withUniqueOf(theirs));
                case 3 -> values.put(like, one.withCode(theirs.item().code()));
                case 4 -> values.put(like, one.withSeal(theirs.seal()));
                case 5 -> values.put(like, one.withUniqueOf(theirs));
                case 6 -> values.put(like, one.withRoute(theirs.route()));
                case 7 -> {
                    // Two that are new ask for the same.
                    Parcel first = trial.parcels.unique(one);
                    values.put(like, first);
                    values.put(
                            trial.hazards.idThatIsNot(like), trial.parcels.one().withUniqueOf(first));
                }
                default -> {
                    // One gives up what the next one takes.
                    values.put(there.id(), one);
                    values.put(like, trial.parcels.one().withUniqueOf(theirs));
                }
            }
        }
        return values;
    }

    /** Ids that are not there and look like some that are. */
    private static List<String> likeSome(Trial trial, int most) {
        List<String> like = new ArrayList<>();
        for (String id : trial.mixed(trial.wanted.ids())) {
            String other = trial.hazards.idThatIsNot(id);
            if (like.size() < most && !trial.wanted.has(other) && !like.contains(other)) {
                like.add(other);
            }
        }
        return like;
    }

    private static OnConflict onConflict(Trial trial) {
        return trial.random.nextBoolean() ? OnConflict.SKIP : OnConflict.FAIL;
    }
}
