package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Proves;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Group V: documents whose collection is raised to another revision, whatever they are and however many. */
public abstract class UpgradePathClauses extends PathGroup {

    /** How many documents there are when a revision is raised: those where lists of an engine may end. */
    private static final List<Integer> SIZES =
            List.of(1, 2, 64, 100, 127, 128, 255, 256, 257, 499, 500, 501, 512, 999, 1000, 1001, 1024, 2000, 2048);

    /** With other seeds than the first. */
    private static final int FEW_SIZES = 4;

    private static final int ROUNDS = 2;
    private static final int FEW = 20;
    private static final int MANY = 300;

    /** So many writes come before the upgrade begins. */
    private static final int BEFORE = 3;

    protected UpgradePathClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.V21)
    void anyNumberOfDocumentsIsFoundByWhatARevisionDeclares() throws Exception {
        each(trial -> {
            Shapes shapes = shapes(trial);
            trial.wanted.is(shapes.next());
            for (int size : sizes(trial)) {
                int more = size - trial.wanted.documents().size();
                Map<String, Parcel> values = new LinkedHashMap<>();
                for (String id : trial.hazards.ids(Math.max(1, more) + SIZES.size())) {
                    if (values.size() < more && !trial.wanted.has(id)) {
                        Parcel small = trial.parcels.small();
                        values.put(id, trial.random.nextInt(20) == 0 ? trial.parcels.unique(small) : small);
                    }
                }
                new BulkWrite(trial, values).insertAll(trial.collection(), OnConflict.FAIL);
                raise(trial, shapes.next());
                trial.look();
                Verbs verbs = new Verbs(trial, trial.collection());
                verbs.putTaken();
                verbs.putLess(5);
            }
            trial.examine();
        });
    }

    @Proves(Clause.V22)
    void whatIsWrittenWhileARevisionIsRaisedIsFoundByIt() throws Exception {
        each(trial -> {
            Shapes shapes = shapes(trial);
            trial.wanted.is(shapes.next());
            trial.fill(MANY);
            for (int round = 0; round < ROUNDS; round++) {
                Schema<Parcel> next = shapes.next();
                renew(trial, next);
                DocumentCollection<Parcel> old = trial.seconds();
                List<Map.Entry<String, Parcel>> work = new ArrayList<>();
                for (String id : trial.mixed(trial.wanted.ids()).subList(0, 50)) {
                    work.add(Map.entry(id, trial.parcels.one()));
                }
                CountDownLatch begun = new CountDownLatch(BEFORE);
                Elsewhere<List<Document<Parcel>>> writer = Elsewhere.start(() -> writeUntilRefused(old, work, begun));
                Elsewhere.await(begun);
                trial.store.collection(next);
                List<Document<Parcel>> told = writer.result();
                for (int i = 0; i < told.size(); i++) {
                    trial.wanted.putElsewhere(work.get(i % work.size()).getKey(), value(work, i), told.get(i));
                }
                trial.wanted.is(next);
                trial.look();
            }
            trial.examine();
        });
    }

    /** The first handle has it in use, so it is the other one that renames. */
    @Proves(Clause.S48)
    void whatIsMadeAnewUnderTheNameOfAnotherIsLikeNew() throws Exception {
        go(trials().get(0), trial -> {
            trial.fill(FEW);
            Wanted renamed = trial.wanted;
            String name = renamed.schema().name();
            trial.second.rename(name, name + "_renamed");
            renamed.is(Parcel.schema(name + "_renamed", has(Capability.UNIQUE_INDEXES)));
            Wanted anew = renamed.copy();
            anew.removeAll(anew.ids());
            anew.is(Parcel.schema(name, has(Capability.UNIQUE_INDEXES)).revision(2));
            // What is unique in the one is free in the other.
            Map<String, Parcel> same = new LinkedHashMap<>();
            renamed.documents().forEach(document -> same.put(document.id(), document.value()));
            trial.wanted = anew;
            new BulkWrite(trial, same).insertAll(trial.collection(), OnConflict.FAIL);
            for (Wanted each : List.of(anew, renamed)) {
                trial.wanted = each;
                Verbs verbs = new Verbs(trial, trial.collection());
                verbs.putTaken();
                verbs.use(10);
                trial.examine("the handle that wrote", trial.collection());
            }
        });
    }

    private static List<Document<Parcel>> writeUntilRefused(
            DocumentCollection<Parcel> into, List<Map.Entry<String, Parcel>> work, CountDownLatch begun) {
        List<Document<Parcel>> told = new ArrayList<>();
        while (true) {
            int number = told.size();
            try {
                told.add(into.put(work.get(number % work.size()).getKey(), value(work, number)));
            } catch (SchemaException e) {
                return told;
            }
            begun.countDown();
        }
    }

    /** Each write of a document is another one than that before. */
    private static Parcel value(List<Map.Entry<String, Parcel>> work, int number) {
        Parcel value = work.get(number % work.size()).getValue();
        return number / work.size() % 2 == 0 ? value : value.less();
    }

    private Shapes shapes(Trial trial) {
        return new Shapes(trial.wanted.schema().name(), has(Capability.UNIQUE_INDEXES), trial.random);
    }

    private static List<Integer> sizes(Trial trial) {
        return trial.seed.value() == 1
                ? SIZES
                : trial.mixed(SIZES).subList(0, FEW_SIZES).stream().sorted().toList();
    }

    /** Raises the revision; where documents have what a new index forbids, it is refused first, and changes nothing. */
    private static void raise(Trial trial, Schema<Parcel> next) {
        if (!trial.wanted.against(next).isEmpty()) {
            thrown(SchemaException.class, () -> trial.store.collection(next));
            trial.look();
        }
        renew(trial, next);
        trial.store.collection(next);
        trial.wanted.is(next);
    }

    /** Gives others to documents whose unique values would keep the revision from being raised. */
    private static void renew(Trial trial, Schema<Parcel> next) {
        for (Document<Parcel> document : trial.wanted.against(next)) {
            trial.tick();
            Parcel renewed = trial.parcels.unique(document.value());
            trial.wanted.put(document.id(), renewed, trial.collection().put(document.id(), renewed));
        }
    }
}
