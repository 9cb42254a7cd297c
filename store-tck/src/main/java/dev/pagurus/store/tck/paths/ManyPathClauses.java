package dev.pagurus.store.tck.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Group W: documents that are changed and deleted by a query, and what is written while a snapshot is held. */
public abstract class ManyPathClauses extends PathGroup {

    /** So often everything is written anew. */
    private static final int CHURNS = 4;

    protected ManyPathClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W41)
    void whatIsUpdatedByAQueryIsFoundByAllThatItIs() throws Exception {
        each(trial -> {
            trial.fill(trial.size(65, 33, 129));
            updateSome(trial, trial.collection());
            updateSome(trial, trial.collection());
            trial.examine();
        });
    }

    @Proves(Clause.W42)
    @Needs(Capability.TRANSACTIONS)
    void nothingIsLeftOfWhatAQueryDeletes() throws Exception {
        each(trial -> {
            trial.fill(trial.size(1300, 65, 300));
            Wanted before = trial.wanted.copy();
            deleteSome(trial, trial.collection());
            trial.examine();
            // What is done later, for all writes of a while, takes nothing back.
            for (int i = 0; i < CHURNS; i++) {
                churn(trial);
            }
            trial.look();
            // The same ids with less, and what they had is free for others.
            Map<String, Parcel> again = new LinkedHashMap<>();
            for (Document<Parcel> gone : before.documents()) {
                if (!trial.wanted.has(gone.id()) && trial.random.nextInt(3) > 0) {
                    boolean bare = trial.random.nextInt(3) == 0;
                    Parcel less = gone.value().less();
                    again.put(gone.id(), bare ? less.withItem(Item.NOTHING) : less);
                }
            }
            for (Document<Parcel> gone : before.documents()) {
                String other = trial.hazards.idThatIsNot(gone.id());
                if (!trial.wanted.has(gone.id()) && !trial.wanted.has(other) && again.size() % 2 == 0) {
                    again.putIfAbsent(other, gone.value());
                }
            }
            new BulkWrite(trial, again).insertAll(trial.collection(), OnConflict.FAIL);
            trial.examine();
        });
    }

    /** Writes every document anew. */
    private static void churn(Trial trial) {
        Map<String, Parcel> values = new LinkedHashMap<>();
        trial.wanted
                .documents()
                .forEach(document -> values.put(document.id(), document.value().less()));
        new BulkWrite(trial, values).putAll(trial.collection(), OnConflict.FAIL);
    }

    @Proves(Clause.W45)
    @Needs({Capability.SNAPSHOTS, Capability.TRANSACTIONS})
    void aSnapshotAnswersEverythingAsItWas() throws Exception {
        each(trial -> {
            trial.fill(trial.size(700, 64, 150));
            Wanted before = trial.wanted.copy();
            trial.second.collection(before.schema());
            trial.second.snapshot(view -> {
                // Some stores begin with the first read.
                view.collection(before.schema()).query().exists();
                if (trial.wanted.documents().equals(before.documents())) {
                    deleteSome(trial, trial.collection());
                    BulkPathClauses.putMixed(trial, trial.collection(), 50);
                    new Verbs(trial, trial.collection()).use(5);
                }
                trial.examine("the snapshot", view.collection(before.schema()), before);
                return true;
            });
            trial.examine();
        });
    }

    /** Deletes what a filter matches, about half. */
    static void deleteSome(Trial trial, DocumentCollection<Parcel> from) {
        trial.tick();
        Filter<Parcel> filter = filter(trial);
        List<String> ids = matching(trial, filter);
        assertThat(from.where(filter).deleteAll())
                .as("how many deleteAll() of %s deleted", Shown.filter(filter))
                .isEqualTo(ids.size());
        trial.wanted.removeAll(ids);
    }

    /** Changes what a filter matches: they shrink. */
    static void updateSome(Trial trial, DocumentCollection<Parcel> of) {
        trial.tick();
        Filter<Parcel> filter = filter(trial);
        List<String> ids = matching(trial, filter);
        assertThat(of.where(filter).updateAll(ManyPathClauses::changed))
                .as("how many updateAll(...) of %s changed", Shown.filter(filter))
                .isEqualTo(ids.size());
        for (String id : ids) {
            trial.wanted.get(id).ifPresent(old -> trial.wanted.put(id, changed(old.value())));
        }
    }

    private static Parcel changed(Parcel parcel) {
        Item item = parcel.less().item();
        return new Parcel(
                item.withNumber(item.number() == null ? (Long) 7L : null)
                        .withReal(0.1)
                        .withCode(parcel.item().code()),
                parcel.seal(),
                parcel.route());
    }

    private static Filter<Parcel> filter(Trial trial) {
        Filter<Parcel> half = Parcel.NUMBER.gte(0L).or(Parcel.TAGS.isEmpty());
        return switch (trial.random.nextInt(4)) {
            case 0 -> half;
            case 1 -> half.not();
            case 2 -> Parcel.REAL.isNotNull().and(Parcel.FLAG.ne(true));
            default -> Filter.allOf(List.of());
        };
    }

    private static List<String> matching(Trial trial, Filter<Parcel> filter) {
        return Model.list(trial.wanted.documents(), filter, List.of()).stream()
                .map(Document::id)
                .toList();
    }
}
