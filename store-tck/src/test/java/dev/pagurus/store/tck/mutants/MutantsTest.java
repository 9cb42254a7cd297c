package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.Clause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every clause has a mutant, and every mutant is caught, by each clause that it declares and in words. */
@Tag("mutants")
class MutantsTest {

    /** Tests that wait for other threads leave room. */
    private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    /** How often each mutant runs; 0 if nothing is said. */
    private static final int RUNS_ASKED = Integer.getInteger("pagurus.mutants.runs", 0);

    /** How often a mutant whose bug is a race runs. */
    private static final int RUNS = RUNS_ASKED > 0 ? RUNS_ASKED : Boolean.getBoolean("pagurus.long") ? 5 : 2;

    /** A race that slipped through runs so many times, of which one may miss it. */
    private static final int RUNS_PER_MISS = 20;

    /** Names of mutants or of their classes; all of them if nothing is said. */
    private static final String ASKED = System.getProperty("pagurus.mutants", "");

    private static final MutantReport REPORT = new MutantReport();

    @TestFactory
    Stream<DynamicTest> everyMutantIsCaught() {
        ExecutorService crowd = Executors.newFixedThreadPool(AT_ONCE);
        ExecutorService alone = Executors.newSingleThreadExecutor();
        Map<Mutation, Future<String>> looks = new HashMap<>();
        List<Mutation> asked = asked();
        asked.stream()
                .filter(mutation -> !mutation.mustBeAlone())
                .forEach(mutation -> looks.put(mutation, crowd.submit(look(mutation))));
        return asked.stream()
                .sorted((one, other) -> Boolean.compare(one.mustBeAlone(), other.mustBeAlone()))
                .map(mutation -> DynamicTest.dynamicTest(
                        mutation.name(),
                        () -> await(looks.computeIfAbsent(mutation, last -> alone.submit(look(last))))))
                .onClose(() -> {
                    crowd.shutdown();
                    alone.shutdown();
                });
    }

    @Test
    void everyClauseHasAMutant() {
        Set<Clause> broken = new HashSet<>();
        Mutation.all().forEach(mutation -> broken.addAll(mutation.clauses()));
        assertThat(Arrays.stream(Clause.values()).filter(clause -> !broken.contains(clause)))
                .as("clauses that no mutant breaks")
                .isEmpty();
    }

    /** Two of one name would write into the same file, at the same time. */
    @Test
    void noTwoMutantsHaveOneName() {
        assertThat(Mutation.all()).extracting(Mutation::name).doesNotHaveDuplicates();
    }

    @AfterAll
    static void report() throws Exception {
        REPORT.write();
    }

    private static List<Mutation> asked() {
        Set<String> names = Set.of(ASKED.split(","));
        return Mutation.all().stream()
                .filter(mutation -> !mutation.clauses().isEmpty())
                .filter(mutation -> ASKED.isEmpty() || mutation.isOneOf(names))
                .toList();
    }

    private static Callable<String> look(Mutation mutation) {
        return () -> {
            int runs = mutation.isRace() ? RUNS : Math.max(1, RUNS_ASKED);
            List<AssertionError> misses = new ArrayList<>();
            long started = System.nanoTime();
            for (int i = 0; i < runs; i++) {
                try {
                    mutation.requireCaught();
                } catch (AssertionError e) {
                    misses.add(e);
                    runs = mutation.isRace() ? Math.max(runs, RUNS_PER_MISS) : runs;
                }
            }
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
            REPORT.add(mutation, runs - misses.size(), runs, took);
            if (misses.size() > (mutation.isRace() ? runs / RUNS_PER_MISS : 0)) {
                AssertionError first = misses.get(0);
                throw new AssertionError(misses.size() + " of " + runs + " runs: " + first.getMessage(), first);
            }
            return mutation.name();
        };
    }

    private static void await(Future<String> look) throws Exception {
        try {
            look.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError missed) {
                throw missed;
            }
            throw e;
        }
    }
}
