package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Between which ways is chosen, and how far each step looks. Measured on PostgreSQL 18, all in memory: an entry that is
 * walked takes 0.5 to 1.1 µs, as the documents lie in the table; a document of a set or of a way 0.5; an entry that is
 * looked at 0.06.
 *
 * @param inOrder the way in the order asked for
 * @param ways those that have more of the filter
 * @param alone whether there is one way to the filter in all
 * @param howFar how many entries each step walks
 * @param far whether these are the steps after the first one
 * @param decide whether there is a decision after them in any case
 */
record PostgresSteps(
        Optional<IndexPath.Stretch> inOrder,
        List<PostgresWay> ways,
        boolean alone,
        List<Integer> howFar,
        boolean far,
        boolean decide) {

    /** An entry that is walked takes as long as 10 to 20 that are looked at, which need no look into the table. */
    private static final int LOOKS = 8;

    /** An index of a many-field gives its whole set, whose documents are looked at. */
    private static final int LOOKS_AT_VALUES = 2;

    private static final int FIRST_WALK = 80;
    private static final int WALK_FOR_EACH = 4;
    private static final int MANY = 1000;
    private static final int WIDER = 4;
    private static final int STEPS = 6;

    /** From this step on a many-field's set is made in any case: what was walked has taken as long. */
    private static final int ANY_SET = 3;

    /** How far is looked where no order counts: documents, of which each index's way may have fewer. */
    private static final List<Integer> COUNTED = List.of(512, 4096, 32_768);

    /** How far is walked where only the order has an index. */
    private static final List<Integer> WALKED = List.of(1000, 8000, 64_000);

    static PostgresSteps of(PostgresSearch search, IndexPaths paths, boolean far) {
        Optional<IndexPath.Stretch> inOrder =
                PostgresWay.findsNothing(search.filter()) ? Optional.empty() : paths.inOrder();
        List<PostgresWay> all = PostgresWay.of(paths);
        List<PostgresWay> ways = all.stream()
                .filter(way -> inOrder.filter(led -> led.bounds().containsAll(way.bounds()))
                        .isEmpty())
                .filter(way -> inOrder.isPresent() || all.size() > 1)
                .toList();
        return new PostgresSteps(
                inOrder,
                ways,
                all.size() == 1 && !ways.isEmpty(),
                howFar(search, inOrder.isPresent(), !ways.isEmpty(), far),
                far,
                far || ways.isEmpty() || search.order().isEmpty());
    }

    private static List<Integer> howFar(PostgresSearch search, boolean isInOrder, boolean hasWays, boolean far) {
        if (!hasWays) {
            return isInOrder ? WALKED : List.of();
        }
        if (search.order().isEmpty()) {
            return COUNTED;
        }
        List<Integer> all = new ArrayList<>();
        int walk = Math.max(FIRST_WALK, WALK_FOR_EACH * Math.min(search.limit(), MANY));
        for (int i = 0; i < STEPS; i++) {
            all.add(walk);
            walk = Math.multiplyExact(walk, WIDER);
        }
        return far ? all.subList(1, STEPS) : all.subList(0, 1);
    }

    /** Returns how many entries of a way to the filter, or documents of a set, a step looks at. */
    int looks(int step, boolean ofValues) {
        return Math.multiplyExact(howFar.get(step), ofValues ? LOOKS_AT_VALUES : LOOKS);
    }

    /** Whether a step is so short that it need not be held against the size of the table. */
    boolean isFirst(int step) {
        return step == 0 && !far;
    }

    /** Its whole set is made for the first look; not before long if there is another way that may have few. */
    boolean lookAtValues(int step) {
        return mayMakeAnySet(step)
                || (decide && !far && step == howFar.size() - 1)
                || ways.stream().allMatch(PostgresWay::isOfValues);
    }

    /** Whether it does not matter any more how large a set is. */
    boolean mayMakeAnySet(int step) {
        return far && step + 1 >= ANY_SET;
    }
}
