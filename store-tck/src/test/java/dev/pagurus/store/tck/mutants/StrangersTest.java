package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Measures the kit with stores that no clause was made for: {@link ToldMutants}, {@link StrangeMutants} and
 * those of later features, {@link OutsideMutants}, {@link GuestMutants} and {@link LateGuestMutants}, or any other.
 *
 * <p>{@code -Dtest=StrangersTest -Dpagurus.mutants.whole=first -Dpagurus.mutants.runs=20} runs the whole kit twenty times
 * against each of them, up to the first failure, and says in {@code target/store-tck/strangers.md} which were caught, how
 * often and by what. {@code whole=all} goes on behind the first failure; {@code -Dpagurus.mutants} names other stores, or
 * classes of them.
 */
class StrangersTest {

    /** Those that the kit does not catch in every run yet. Who makes it catch one names the clause at its method. */
    private static final Set<String> NOT_CAUGHT_YET = Set.of();

    private static final String WHOLE = System.getProperty("pagurus.mutants.whole", "");

    private static final Set<String> ASKED = Set.of(System.getProperty(
                    "pagurus.mutants",
                    "ToldMutants,StrangeMutants,StrangeReportMutants,StrangeExpiryMutants,LateStrangeMutants,"
                            + "NewStrangeReadMutants,NewStrangeWriteMutants,"
                            + "OutsideMutants,GuestMutants,LateGuestMutants")
            .split(","));

    private static final int RUNS = Integer.getInteger("pagurus.mutants.runs", 1);

    /** Tests that wait for other threads leave room. */
    private static final int AT_ONCE = 2 * Runtime.getRuntime().availableProcessors();

    private static final Set<String> ALONE =
            Mutation.ALONE.stream().map(Clause::name).collect(Collectors.toSet());

    /** Those that decide whether a store conforms, and that others in the same JVM do not disturb. */
    private static final Set<String> TOGETHER = Arrays.stream(Clause.values())
            .filter(clause -> clause.level() == Clause.Level.MUST)
            .map(Clause::name)
            .filter(clause -> !ALONE.contains(clause))
            .collect(Collectors.toSet());

    private static final StrangersReport REPORT = new StrangersReport();

    /** What is caught by a clause is caught in each build; the rest is known by name. */
    @Test
    void everyStrangerIsCaughtOrKnown() {
        assertThat(Mutation.all().stream()
                        .filter(mutation -> mutation.clauses().isEmpty())
                        .map(Mutation::name))
                .as("mutants that name no clause")
                .containsExactlyInAnyOrderElementsOf(NOT_CAUGHT_YET);
    }

    /** Runs only if it is asked for, for it takes hours. */
    @TestFactory
    Stream<DynamicTest> theWholeKitCatchesThem() throws ReflectiveOperationException {
        if (WHOLE.isEmpty()) {
            return Stream.of();
        }
        List<Mutation> asked = new ArrayList<>();
        asked.add(new Mutation(StrangersTest.class.getDeclaredMethod("theReferenceItself")));
        Mutation.all().stream().filter(mutation -> mutation.isOneOf(ASKED)).forEach(asked::add);
        ExecutorService crowd = Executors.newFixedThreadPool(AT_ONCE);
        List<CompletableFuture<Integer>> misses = asked.stream()
                .map(mutation -> CompletableFuture.supplyAsync(() -> misses(mutation), crowd))
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(misses.toArray(CompletableFuture[]::new));
        return Stream.iterate(0, i -> i < asked.size(), i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(asked.get(i).name(), () -> {
                    all.join();
                    judge(asked.get(i), misses.get(i).join());
                }))
                .onClose(crowd::shutdown);
    }

    @Breaks({})
    static Mutant theReferenceItself() {
        return Mutant.provider(new ReferenceProvider());
    }

    /** Runs what can run beside others, and returns in how many runs nothing failed. */
    private static int misses(Mutation mutation) {
        int misses = 0;
        for (int i = 0; i < RUNS; i++) {
            long began = System.nanoTime();
            KitRun run = run(mutation, TOGETHER::contains);
            if (run.failures().isEmpty()) {
                misses++;
            } else {
                REPORT.add(mutation.name(), run.failures(), System.nanoTime() - began);
            }
        }
        return misses;
    }

    private static void judge(Mutation mutation, int misses) {
        for (int i = 0; i < misses; i++) {
            long began = System.nanoTime();
            REPORT.add(mutation.name(), run(mutation, ALONE::contains).failures(), System.nanoTime() - began);
        }
        int caught = REPORT.caught(mutation.name());
        if (mutation.name().equals("theReferenceItself")) {
            assertThat(caught).as("runs in which the reference itself failed").isZero();
        } else if (!NOT_CAUGHT_YET.contains(mutation.name())) {
            assertThat(caught).as("runs in which it was caught").isEqualTo(RUNS);
        } else {
            assertThat(caught)
                    .as(
                            "runs in which it was caught; if in all, name the clause at its method and take it off the list")
                    .isLessThan(RUNS);
        }
    }

    private static KitRun run(Mutation mutation, Predicate<String> clauses) {
        return mutation.run(clauses, WHOLE.equals("all") ? KitRun.Until.THE_END : KitRun.Until.THE_FIRST_FAILURE);
    }
}
