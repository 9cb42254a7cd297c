package dev.pagurus.store.tck.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.MeaningTexts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Group W: documents that are written one by one, by values that break stores. */
public abstract class VerbPathClauses extends PathGroup {

    private static final int THREADS = 8;
    private static final int OF_EACH = 6;

    protected VerbPathClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W36)
    void whatAVerbWritesIsFoundByAllThatItIs() throws Exception {
        each(trial -> {
            trial.fill(trial.size(64, 9, 65));
            new Verbs(trial, trial.collection()).use(30);
            Verbs.elsewhere(trial, trial.seconds()).use(10);
            new Verbs(trial, trial.collection()).use(5);
            trial.examine();
        });
    }

    /** As an id, a text, a tag and what is unique, beside a document that has nothing. */
    @Proves(Clause.W36)
    void aTextThatIsWrittenLikeSomethingElseIsATextLikeAnyOther() throws Exception {
        go(trials().get(0), trial -> {
            Map<String, Parcel> values = new LinkedHashMap<>();
            values.put("without", new Parcel(Item.NOTHING, null, Parcel.Route.NONE));
            for (String text : MeaningTexts.ALL) {
                Item item = Item.of(text).tagged(text).withCode(text);
                values.put(text, new Parcel(item, (long) values.size(), new Parcel.Route(text, "to")));
            }
            new BulkWrite(trial, values).insertAll(trial.collection(), OnConflict.FAIL);
            for (String id : trial.wanted.ids()) {
                Optional<Document<Parcel>> right = trial.wanted.get(id);
                for (DocumentCollection<Parcel> handle : List.of(trial.collection(), trial.seconds())) {
                    assertThat(handle.get(id)).as("what is got by '%s'", id).isEqualTo(right);
                    assertThat(handle.exists(id))
                            .as("whether '%s' is there", id)
                            .isTrue();
                }
                trial.tick();
                Parcel same = right.orElseThrow().value();
                trial.wanted.put(
                        id, same, trial.collection().update(id, old -> old).orElse(null));
            }
            trial.examine();
        });
    }

    @Proves(Clause.W40)
    void whatManyWriteAtOnceIsFoundByAllThatItIs() throws Exception {
        each(trial -> {
            trial.fill(trial.size(65, 17, 129));
            List<Map<String, Parcel>> work = work(trial);
            trial.tick();
            List<Map<String, Optional<Document<Parcel>>>> told = Race.results(
                    THREADS, number -> write(number % 2 == 0 ? trial.collection() : trial.seconds(), work.get(number)));
            for (int i = 0; i < THREADS; i++) {
                told(trial, work.get(i), told.get(i));
            }
            trial.examine();
        });
    }

    /** For each thread other ids; those that look alike are mostly another thread's. */
    private static List<Map<String, Parcel>> work(Trial trial) {
        List<String> ids = new ArrayList<>(trial.wanted.ids());
        for (String id : trial.wanted.ids()) {
            String like = trial.hazards.idThatIsNot(id);
            if (!ids.contains(like)) {
                ids.add(like);
            }
        }
        List<String> some = trial.mixed(ids).subList(0, Math.min(THREADS * OF_EACH, ids.size()));
        List<Map<String, Parcel>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            work.add(new LinkedHashMap<>());
        }
        for (int i = 0; i < some.size(); i++) {
            work.get(i % THREADS).put(some.get(i), trial.parcels.one());
        }
        return work;
    }

    /** Each value by another verb; a document is deleted where there is nothing to put. */
    private static Map<String, Optional<Document<Parcel>>> write(
            DocumentCollection<Parcel> into, Map<String, Parcel> values) {
        Map<String, Optional<Document<Parcel>>> told = new LinkedHashMap<>();
        values.forEach((id, value) -> {
            switch (told.size() % 4) {
                case 0 -> told.put(id, Optional.of(into.put(id, value)));
                case 1 -> told.put(id, into.compute(id, old -> Optional.of(value)));
                case 2 -> told.put(id, into.update(id, old -> value));
                default -> {
                    into.delete(id);
                    told.put(id, Optional.empty());
                }
            }
        });
        return told;
    }

    private static void told(Trial trial, Map<String, Parcel> values, Map<String, Optional<Document<Parcel>>> answers) {
        int number = 0;
        for (Map.Entry<String, Parcel> entry : values.entrySet()) {
            String id = entry.getKey();
            @Nullable
            Document<Parcel> answer = answers.getOrDefault(id, Optional.empty()).orElse(null);
            int verb = number++ % 4;
            boolean writes = verb < 2 || (verb == 2 && trial.wanted.has(id));
            if (writes) {
                trial.wanted.putElsewhere(id, entry.getValue(), answer);
            } else {
                trial.wanted.remove(id);
            }
        }
    }

    @Proves(Clause.W43)
    @Needs(Capability.TRANSACTIONS)
    void whatATransactionWritesIsFoundByAllThatItIs() throws Exception {
        each(trial -> {
            trial.fill(trial.size(33, 127, 129));
            Wanted before = trial.wanted;
            trial.store.runTransaction(tx -> {
                trial.wanted = before.copy();
                everything(trial, tx.collection(before.schema()));
                trial.examine("the transaction", tx.collection(before.schema()));
            });
            trial.examine();
        });
    }

    @Proves(Clause.W44)
    @Needs(Capability.TRANSACTIONS)
    void whatIsRolledBackLeavesNothing() throws Exception {
        each(trial -> {
            trial.fill(trial.size(64, 31, 129));
            Wanted before = trial.wanted;
            thrown(
                    GivenUp.class,
                    () -> trial.store.runTransaction(tx -> {
                        trial.wanted = before.copy();
                        everything(trial, tx.collection(before.schema()));
                        throw new GivenUp();
                    }));
            Wanted givenUp = trial.wanted;
            trial.wanted = before;
            trial.examine();
            // What was given up stands in nobody's way.
            Verbs verbs = new Verbs(trial, trial.collection());
            verbs.putValues(givenUp.documents(), 20);
            verbs.use(10);
            trial.examine();
        });
    }

    /** Each verb that there is, those that are refused too. */
    private static void everything(Trial trial, DocumentCollection<Parcel> inside) {
        ManyPathClauses.deleteSome(trial, inside);
        new Verbs(trial, inside).use(20);
        ManyPathClauses.updateSome(trial, inside);
        BulkPathClauses.putMixed(trial, inside, 20);
    }

    private static final class GivenUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
