package dev.pagurus.store.tck.walk;

import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.group.Shortened;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of random steps that two stores take side by side, in the same time: the one under test, and the reference,
 * which is the contract as a program. Every answer must be the same.
 */
final class Walk {

    /** When all walks begin. */
    static final Instant START = Instant.parse("2026-05-01T08:00:00Z");

    /** How long a walk that fails is made shorter, and then its steps simpler. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** How many steps a failure shows, where they could not be made fewer. */
    private static final int MOST_LINES = 15;

    private final Handles store;
    private final Handles reference;
    private final WalkClock clock;
    private final Terrain terrain;
    private final String name;
    private int tries;

    /** A walk whose collections have names that begin like this. */
    Walk(Handles store, Handles reference, WalkClock clock, Terrain terrain, String name) {
        this.name = name;
        this.store = store;
        this.reference = reference;
        this.clock = clock;
        this.terrain = terrain;
    }

    /** Steps of which the last one is answered differently. */
    private record Failing(List<Step> steps, Difference difference) {}

    /** Takes the steps, and fails with the fewest and simplest of them that are answered differently. */
    void take(List<Step> steps, Seed seed) throws Exception {
        Failing first = first(steps, seed);
        if (first == null) {
            return;
        }
        Failing again = failing(first.steps());
        if (again == null) {
            throw failure(first, seed, "a failure that a second try did not show");
        }
        Failing shortest = shortest(again);
        Failing simplest = simplest(shortest, System.nanoTime() + PATIENCE.toNanos());
        throw failure(
                simplest,
                seed,
                "the last of " + simplest.steps().size() + " steps, of "
                        + first.steps().size());
    }

    private @Nullable Failing first(List<Step> steps, Seed seed) throws Exception {
        try {
            return failing(steps);
        } catch (RuntimeException e) {
            throw new AssertionError("With " + seed.toRepeat() + " a walk could not go on: " + e, e);
        }
    }

    private Failing shortest(Failing failing) {
        List<Step> steps = Shortened.of(failing.steps(), fewer -> fails(fewer) != null, PATIENCE);
        Failing shortest = fails(steps);
        return shortest == null ? failing : shortest;
    }

    /** Has each step say less, the last one first, as long as the walk still fails. */
    private Failing simplest(Failing failing, long end) {
        Failing simplest = failing;
        for (int i = simplest.steps().size() - 1; i >= 0; i--) {
            @Nullable Failing simpler = simplest;
            while (simpler != null && i < simpler.steps().size()) {
                simplest = simpler;
                simpler = simpler(simplest, i, end);
            }
            i = Math.min(i, simplest.steps().size());
        }
        return simplest;
    }

    private @Nullable Failing simpler(Failing failing, int step, long end) {
        Iterator<Step> candidates = failing.steps().get(step).simpler().iterator();
        while (candidates.hasNext() && System.nanoTime() < end) {
            List<Step> others = new ArrayList<>(failing.steps());
            others.set(step, candidates.next());
            Failing simpler = fails(others);
            if (simpler != null) {
                return simpler;
            }
        }
        return null;
    }

    private @Nullable Failing fails(List<Step> steps) {
        try {
            return failing(steps);
        } catch (Exception | AssertionError e) {
            // What the kit itself cannot do is another failure than the one that is looked for.
            return null;
        }
    }

    /** Takes the steps in new collections, and returns those up to the first that is answered differently. */
    private @Nullable Failing failing(List<Step> steps) throws Exception {
        String called = name + "_" + ++tries;
        clock.set(START);
        Side tested = new Side(store, clock, called, terrain);
        Side right = new Side(reference, clock, called, terrain);
        for (int i = 0; i < steps.size(); i++) {
            Object came = steps.get(i).answer(tested);
            Object expected = steps.get(i).answer(right);
            if (!Answer.areEqual(expected, came)) {
                return new Failing(List.copyOf(steps.subList(0, i + 1)), Difference.between(expected, came));
            }
        }
        return null;
    }

    private static AssertionError failure(Failing failing, Seed seed, String which) {
        Difference difference = failing.difference();
        return new AssertionError("With " + seed.toRepeat() + ", in empty collections, " + which + ":\n"
                + lines(failing.steps())
                + (difference.where().isEmpty() ? "" : "\nwhere:    " + difference.where())
                + "\nexpected: " + difference.expected() + "\ncame:     " + difference.came());
    }

    private static String lines(List<Step> steps) {
        int left = Math.max(0, steps.size() - MOST_LINES);
        return (left == 0 ? "" : "  (the seed knows the first " + left + ")\n")
                + steps.stream().skip(left).map(Walk::line).collect(Collectors.joining("\n"));
    }

    private static String line(Step step) {
        return "  " + Shown.time(step.at()) + ", " + step.text();
    }
}
