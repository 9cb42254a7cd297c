package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.histories.History;
import dev.pagurus.store.tck.histories.Part;
import dev.pagurus.store.tck.process.Mortal;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Hazards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Group L: a process is killed in the midst of what it does. Where another process can have the database open, it is one that
 * the system kills; elsewhere it is a handle that is cut off.
 */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS, Capability.UNIQUE_INDEXES})
public abstract class CrashClauses extends ClauseGroup {

    private static final int DOCUMENTS = 5;
    private static final int THREADS = 3;
    private static final int LOOKS = 30;

    /** After these it has been at work for a while. */
    private static final int SOME_MESSAGES = 20;

    private static final int MOST_MESSAGES = 180;
    private static final int MOST_SHOWN = 10;

    protected CrashClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.L17)
    void someSerialOrderExplainsWhatIsThereAfterAKill() throws Exception {
        withEachSeed(seed -> killAmongMany(new Random(seed.value()), isOpenMeanwhile(seed)));
    }

    private void killAmongMany(Random random, boolean open) throws Exception {
        History history = new History();
        List<String> ids = new Hazards(random).ids(DOCUMENTS);
        Part survivor = new Part(history, 1, store, ids, random);
        survivor.prepare();
        StoreConfig there = again();
        try (Mortal mortal = Mortal.of(fixture);
                Store doomed = Stores.open(mortal.provider(there), there)) {
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                parts.add(new Part(history, 2 + i, doomed, ids, new Random(random.nextLong())).mayFail());
            }
            if (open) {
                parts.add(survivor);
            } else {
                store.close();
            }
            mortal.endAt(SOME_MESSAGES + random.nextInt(MOST_MESSAGES), Mortal.Moment.any(random));
            Race.run(parts.size(), number -> parts.get(number).playWhile(() -> !mortal.isDead()));
        }
        if (!open) {
            reopen();
        }
        Part heir = new Part(history, 1, store, ids, random);
        heir.playSingles(LOOKS);
        heir.look();
        history.requireSerializable();
    }

    @Proves(Clause.L18)
    void whatAKilledProcessWasAtIsDoneAsAWholeOrNotAtAll() throws Exception {
        withEachSeed(seed -> {
            ReferenceProvider models = new ReferenceProvider();
            StoreConfig asModel = StoreConfig.of("reference:model");
            Works works = new Works(new Random(seed.value()));
            try (Store first = Stores.open(models, asModel);
                    Store model = Stores.open(models, asModel)) {
                works.prepare(first);
                killAtWork(works, new Random(seed.value()), isOpenMeanwhile(seed), model);
            }
        });
    }

    private void killAtWork(Works works, Random random, boolean open, Store model) throws Exception {
        works.prepare(store);
        Works.Work work;
        Map<String, String> before = Works.look(model);
        StoreException failure = null;
        StoreConfig there = again();
        try (Mortal mortal = Mortal.of(fixture);
                Store doomed = Stores.open(mortal.provider(there), there)) {
            if (!open) {
                store.close();
            }
            mortal.endAt(SOME_MESSAGES + random.nextInt(MOST_MESSAGES), Mortal.Moment.any(random));
            work = works.next();
            while (true) {
                try {
                    work.run(doomed);
                } catch (UnavailableException | OutcomeUnknownException e) {
                    if (!mortal.isDead()) {
                        throw e;
                    }
                    failure = e;
                }
                work.run(model);
                if (mortal.isDead()) {
                    break;
                }
                before = Works.look(model);
                work = works.next();
            }
        }
        if (!open) {
            reopen();
        }
        Map<String, String> after = Works.look(model);
        Map<String, String> found = Works.shown(store);
        if (failure == null) {
            assertThat(differences(after, found))
                    .as("what is wrong after %s was answered", work)
                    .isEmpty();
        } else if (!work.isWhole()) {
            requireEach(work, before, after, found);
        } else if (failure instanceof UnavailableException) {
            assertThat(differences(before, found))
                    .as("what is wrong after %s was not done", work)
                    .isEmpty();
        } else if (!found.equals(before)) {
            assertThat(differences(after, found))
                    .as(
                            "what is not done of %s, which was killed, and of which this is done: %s",
                            work, differences(before, found))
                    .isEmpty();
        }
    }

    private static List<String> differences(Map<String, String> wanted, Map<String, String> found) {
        Set<String> keys = new TreeSet<>(wanted.keySet());
        keys.addAll(found.keySet());
        return keys.stream()
                .filter(key -> !Objects.equals(wanted.get(key), found.get(key)))
                .limit(MOST_SHOWN)
                .map(key -> key + " is " + found.get(key) + " and not " + wanted.get(key))
                .toList();
    }

    /** Each document is as it was, or as it was to be. */
    private static void requireEach(
            Works.Work work, Map<String, String> before, Map<String, String> after, Map<String, String> found) {
        Set<String> keys = new TreeSet<>(found.keySet());
        keys.addAll(before.keySet());
        keys.addAll(after.keySet());
        keys.forEach(key -> assertThat(String.valueOf(found.get(key)))
                .as("%s after %s was killed", key, work)
                .isIn(String.valueOf(before.get(key)), String.valueOf(after.get(key))));
    }

    /** A kill, and what is asked after it. */
    private interface Kill {
        void with(Seed seed) throws Exception;
    }

    /** Each has a database of its own, and a process where there are some, which takes its second to start. */
    private void withEachSeed(Kill kill) throws Exception {
        List<Seed> seeds = Seed.several(fixture.severalProcesses() ? 1 : 2);
        for (int i = 0; i < seeds.size(); i++) {
            Seed seed = seeds.get(i);
            if (i > 0) {
                startWith(unchanged -> {});
            }
            try {
                kill.with(seed);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "With a kill by " + seed.toRepeat() + ", which threads may be caught by elsewhere: "
                                + e.getMessage(),
                        e);
            }
        }
    }

    /** With others at work meanwhile, or with nobody there who has it open. */
    private boolean isOpenMeanwhile(Seed seed) {
        return seed.value() % 2 == 0 || !fixture.survivesClose();
    }
}
