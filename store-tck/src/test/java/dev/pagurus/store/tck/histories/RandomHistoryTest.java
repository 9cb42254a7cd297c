package dev.pagurus.store.tck.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.mutants.OddEngine;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Hazards;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole histories on the reference engine: none is refused, and hardly changed they all are. */
class RandomHistoryTest {

    private static final int SEEDS = 2;

    private final Store store = Stores.open(new ReferenceProvider(), StoreConfig.of("reference:histories"));

    /** Calls take their time before and after they happen, so that what overlaps has happened in any order. */
    private static final class Late extends ReferenceProvider {

        private static final int LONGEST_NANOS = 200_000;

        @Override
        protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
            return OddEngine.of(super.open(database, config), call -> {
                pause();
                try {
                    return call.make();
                } finally {
                    pause();
                }
            });
        }

        private static void pause() {
            if (ThreadLocalRandom.current().nextInt(4) == 0) {
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(LONGEST_NANOS));
            }
        }
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void noSerialHistoryIsRefused() {
        for (Seed seed : Seed.several(SEEDS)) {
            History history = serial(seed.value(), 120);
            assertThatCode(history::requireSerializable)
                    .as("with %s", seed.toRepeat())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void noHistoryOfManyThreadsOnTheReferenceIsRefused() throws Exception {
        for (Seed seed : Seed.several(SEEDS)) {
            requireFine(seed, store);
            try (Store late = Stores.open(new Late(), StoreConfig.of("reference:late"))) {
                requireFine(seed, late);
            }
        }
    }

    private static void requireFine(Seed seed, Store store) throws Exception {
        History history = new History();
        List<Part> parts = parts(history, seed.value(), 6, store);
        parts.get(0).prepare();
        Race.run(parts.size(), number -> parts.get(number).play(40));
        Race.run(parts.size(), number -> parts.get(number).playSingles(40));
        parts.get(0).look();
        assertThatCode(history::requireSerializable)
                .as("with %s", seed.toRepeat())
                .doesNotThrowAnyException();
    }

    /** In a serial history there is one version that each read can have seen. */
    @Test
    void aVersionThatIsSeenAtAnotherTimeIsFound() {
        for (Seed seed : Seed.several(SEEDS)) {
            Random random = new Random(seed.value());
            History history = serial(seed.value(), 60);
            List<Step.Saw> seen = seen(history);
            int changed = 0;
            for (Deed deed : committed(history)) {
                for (int i = 0; i < deed.steps().size(); i++) {
                    Step before = deed.steps().get(i);
                    if (before instanceof Step.Saw saw && isShownByOthers(history, saw) && changed < 30) {
                        Step.Saw other = seen.get(random.nextInt(seen.size()));
                        if (other.id().equals(saw.id()) && !Objects.equals(other.stamp(), saw.stamp())) {
                            deed.steps().set(i, other);
                            requireFound(history, seed);
                            deed.steps().set(i, before);
                            changed++;
                        }
                    }
                }
            }
            assertThat(changed).as("how many were changed").isPositive();
        }
    }

    @Test
    void whatIsMissedAtAnotherTimeIsFound() {
        for (Seed seed : Seed.several(SEEDS)) {
            History history = serial(seed.value(), 60);
            int changed = 0;
            for (Deed deed : committed(history)) {
                for (int i = 0; i < deed.steps().size(); i++) {
                    Step before = deed.steps().get(i);
                    if (before instanceof Step.Saw saw && isShownByOthers(history, saw) && changed < 30) {
                        deed.steps()
                                .set(
                                        i,
                                        new Step.Matched(
                                                "get", mark -> mark.key().equals(saw.id()), 0, 0));
                        requireFound(history, seed);
                        deed.steps().set(i, before);
                        changed++;
                    }
                }
            }
            assertThat(changed).as("how many were changed").isPositive();
        }
    }

    @Test
    void aWriteThatIsSeenAndDoneByNobodyIsFound() {
        for (Seed seed : Seed.several(SEEDS)) {
            History history = serial(seed.value(), 60);
            Set<Long> seen = new HashSet<>();
            seen(history).forEach(saw -> seen.add(saw.stamp()));
            for (Deed deed : committed(history)) {
                List<Step> steps = List.copyOf(deed.steps());
                if (deed.steps()
                        .removeIf(step -> step instanceof Step.Wrote wrote
                                && seen.contains(wrote.mark().stamp()))) {
                    requireFound(history, seed);
                    deed.steps().clear();
                    deed.steps().addAll(steps);
                }
            }
        }
    }

    /** Of a version that nothing else shows nobody knows the place, if what showed it is changed. */
    private static boolean isShownByOthers(History history, Step.Saw saw) {
        return saw.document() != null
                && committed(history).stream()
                        .flatMap(deed -> deed.steps().stream())
                        .anyMatch(step -> step != saw && Objects.equals(stampShown(step), saw.stamp()));
    }

    private static @Nullable Long stampShown(Step step) {
        if (step instanceof Step.Wrote wrote && wrote.stored() != null) {
            return wrote.mark().stamp();
        }
        return step instanceof Step.Saw saw && saw.document() != null ? saw.stamp() : null;
    }

    private static void requireFound(History history, Seed seed) {
        assertThatThrownBy(history::requireSerializable)
                .as("a history that was changed, with %s", seed.toRepeat())
                .isInstanceOf(AssertionError.class);
    }

    private static List<Deed> committed(History history) {
        return history.deeds().stream()
                .filter(deed -> deed.fate() == Deed.Fate.COMMITTED)
                .toList();
    }

    private static List<Step.Saw> seen(History history) {
        return committed(history).stream()
                .flatMap(deed -> deed.steps().stream())
                .flatMap(step ->
                        step instanceof Step.Saw saw && saw.document() != null ? Stream.of(saw) : Stream.empty())
                .toList();
    }

    private History serial(long seed, int times) {
        History history = new History();
        List<Part> parts = parts(history, seed, 2, store);
        parts.get(0).prepare();
        for (int i = 0; i < times; i++) {
            parts.get(i % 2).play(1);
        }
        parts.get(0).look();
        return history;
    }

    private static List<Part> parts(History history, long seed, int count, Store store) {
        List<String> ids = new Hazards(new Random(seed)).ids(5);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parts.add(new Part(history, i + 1, store, ids, new Random(seed + i)));
        }
        return parts;
    }
}
