package dev.pagurus.store.tck.walk;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.group.Shortened;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.serial.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of random steps that two stores take side by side, in the same time: the one under test, and the reference,
 * which is the contract as a program. Every answer must be the same.
 */
final class Walk {

    private static final Instant START = Instant.parse("2026-05-01T08:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Store store;
    private final Store reference;
    private final SettableClock clock;
    private final boolean unique;
    private int collections;

    /**
     * Prepares two stores.
     *
     * @param clock the clock of both
     * @param unique whether the items have a unique index
     */
    Walk(Store store, Store reference, SettableClock clock, boolean unique) {
        this.store = store;
        this.reference = reference;
        this.clock = clock;
        this.unique = unique;
    }

    /**
     * One step.
     *
     * @param at when it is
     * @param operations one, or those of a transaction
     * @param transaction whether they are a transaction
     * @param givesUp whether the transaction ends in an exception
     */
    record Step(Instant at, List<WalkOperation> operations, boolean transaction, boolean givesUp) {
        @Override
        public String toString() {
            String all = operations.stream().map(WalkOperation::text).collect(Collectors.joining("; "));
            return at + " " + (transaction ? "transaction { " + all + (givesUp ? "; gives up }" : " }") : all);
        }
    }

    /** Says that the answers of a step differ. */
    private record Difference(int step, String came, String expected) {}

    /** Returns the steps of a seed, always the same; time mostly goes on, and sometimes back. */
    static List<Step> steps(Seed seed, int count, boolean transactions) {
        Random random = new Random(seed.value());
        List<Step> steps = new ArrayList<>();
        Instant now = START;
        for (int i = 0; i < count; i++) {
            now = now.plusMillis(random.nextInt(7) == 0 ? -3 : 5);
            boolean transaction = transactions && random.nextInt(3) == 0;
            List<WalkOperation> operations = IntStream.range(0, transaction ? 1 + random.nextInt(4) : 1)
                    .mapToObj(each -> WalkOperation.of(random.nextLong(), transactions))
                    .toList();
            steps.add(new Step(now, operations, transaction, random.nextInt(4) == 0));
        }
        return steps;
    }

    /** Takes the steps, and fails with the fewest of them that are answered differently. */
    public void take(List<Step> steps, Seed seed) {
        Difference first = difference(steps);
        if (first == null) {
            return;
        }
        List<Step> failing = steps.subList(0, first.step() + 1);
        List<Step> shortest = Shortened.of(failing, fewer -> difference(fewer) != null, PATIENCE);
        Difference difference = difference(shortest);
        if (difference == null) {
            throw failure(failing, first, seed, "a failure that a second try did not show");
        }
        throw failure(shortest, difference, seed, "the last of " + shortest.size() + " steps, of " + failing.size());
    }

    private static AssertionError failure(List<Step> steps, Difference difference, Seed seed, String which) {
        return new AssertionError("With " + seed.toRepeat() + ", in an empty collection, " + which + ":\n"
                + steps.stream().map(step -> "  " + step).collect(Collectors.joining("\n"))
                + "\nexpected: " + difference.expected() + "\ncame:     " + difference.came());
    }

    /** Takes the steps in a new collection, and returns where the answers first differ. */
    private @Nullable Difference difference(List<Step> steps) {
        String name = "walk_" + ++collections;
        Schema<Item> schema = unique ? Item.schema(name) : Item.schemaWithoutUnique(name);
        clock.set(START);
        DocumentCollection<Item> items = store.collection(schema);
        DocumentCollection<Item> expected = reference.collection(schema);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            clock.set(step.at());
            String came = answer(store, items, schema, step);
            String answer = answer(reference, expected, schema, step);
            if (!came.equals(answer)) {
                return new Difference(i, came, answer);
            }
        }
        String left = items.query().list().toString();
        String wanted = expected.query().list().toString();
        return left.equals(wanted) ? null : new Difference(steps.size() - 1, "left " + left, "left " + wanted);
    }

    private static String answer(Store store, DocumentCollection<Item> items, Schema<Item> schema, Step step) {
        if (!step.transaction()) {
            return step.operations().get(0).answer(items);
        }
        List<String> answers = new ArrayList<>();
        try {
            store.runTransaction(tx -> {
                answers.clear();
                DocumentCollection<Item> inside = tx.collection(schema);
                step.operations().forEach(operation -> answers.add(operation.answer(inside)));
                if (step.givesUp()) {
                    throw new World.Aborted();
                }
            });
        } catch (World.Aborted e) {
            answers.add("gave up");
        }
        return String.join("; ", answers);
    }
}
