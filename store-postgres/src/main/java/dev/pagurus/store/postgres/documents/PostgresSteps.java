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
 * @param first the number of the first of them
 * @param decide whether there is a decision after them in any case
 */
record PostgresSteps(
        Optional<IndexPath.Stretch> inOrder,
        List<PostgresWay> ways,
        boolean alone,
        List<Integer> howFar,
        int first,
        boolean decide) {

    /** An entry that is walked takes as long as 6 to 20 that are looked at, which need no look into the table. */
    private static final int LOOKS = 4;

    /** The same where the walk has found nothing at all, and so may be long. */
    private static final int LOOKS_FOR_NOTHING = 32;

    /** So few are gone to without any walk. */
    static final int RARE = 320;

    private static final int WALK_FOR_EACH = 40;

    /** The same where only sets tell what is rare: less is walked, for nothing was looked at before. */
    private static final int WALK_BEFORE_SETS = 3;

    private static final int FEWEST = 20;
    private static final int MANY = 1000;
    private static final int WIDER = 4;
    private static final int STEPS = 6;

    /** A set is read on from step to step, but what is walked is walked again. */
    private static final int WIDER_WITH_SETS = 10;

    private static final int STEPS_WITH_SETS = 5;

    /** The steps before this one are asked for one by one, this one with all that follow. */
    private static final int LAST_ASKED_FOR = 3;

    /** The same with a many-field, whose set each statement would make anew. */
    private static final int LAST_WITH_VALUES = 1;

    /** From this step on a many-field's set is made though another way may have few: what was walked has taken as long. */
    private static final int ANY_SET = 3;

    /** A document on a way takes as long as so many entries that are walked; those of a set come as they lie in the table. */
    private static final int DOCUMENT = 2;

    /** How far is looked where no order counts: documents, of which each index's way may have fewer. */
    private static final List<Integer> COUNTED = List.of(512, 4096, 32_768);

    /** How far is walked where only the order has an index. */
    private static final List<Integer> WALKED = List.of(1000, 8000, 64_000);

    static PostgresSteps of(PostgresSearch search, IndexPaths paths, int first) {
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
                howFar(search, inOrder.isPresent(), ways, first),
                first,
                first == last(ways) || ways.isEmpty() || search.order().isEmpty());
    }

    private static List<Integer> howFar(PostgresSearch search, boolean isInOrder, List<PostgresWay> ways, int first) {
        if (ways.isEmpty()) {
            return isInOrder ? WALKED : List.of();
        }
        if (search.order().isEmpty()) {
            return COUNTED;
        }
        List<Integer> all = new ArrayList<>();
        boolean sets = ways.stream().allMatch(PostgresWay::isOfValues);
        int walk = Math.max(FEWEST, Math.min(search.limit(), MANY)) * (sets ? WALK_BEFORE_SETS : WALK_FOR_EACH);
        for (int i = 0; i < (sets ? STEPS_WITH_SETS : STEPS); i++) {
            all.add(walk);
            walk = Math.multiplyExact(walk, sets ? WIDER_WITH_SETS : WIDER);
        }
        return all.subList(first, first == last(ways) ? all.size() : first + 1);
    }

    private static int last(List<PostgresWay> ways) {
        return ways.stream().anyMatch(PostgresWay::isOfValues) ? LAST_WITH_VALUES : LAST_ASKED_FOR;
    }

    /** Returns how many entries of a way to the filter, or documents of a set, a step looks at, at most. */
    int looks(int step, boolean ofValues) {
        int times = inOrder.isPresent() && !ofValues ? LOOKS_FOR_NOTHING : LOOKS;
        return Math.multiplyExact(howFar.get(step), times);
    }

    /** The same where the walk has found some. */
    int looksAfterSome(int step) {
        return Math.multiplyExact(howFar.get(step), LOOKS);
    }

    /** Returns up to how many documents a way is worth looking for, times how many the walk has found. */
    long worthLooking(int step, int limit, boolean ofValues) {
        return (long) limit * howFar.get(step) / (ofValues ? 1 : DOCUMENT);
    }

    /**
     * Returns the condition that it is worth to make a many-field's set, where it is as dense in the table as in what was
     * walked: what is found later would take longer to walk to.
     *
     * @param rows how many documents there are
     * @param found how many were found by walking
     */
    String worthTheSet(int step, int limit, String rows, String found) {
        long walked = howFar.get(step);
        return DOCUMENT + " * " + rows + " * " + found + " * " + found + " < " + limit * walked * walked;
    }

    /** Whether a step is so short that it need not be held against the size of the table. */
    boolean isFirst(int step) {
        return first + step == 0;
    }

    /** Its whole set is made for the first look; not before long if there is another way that may have few. */
    boolean lookAtValues(int step) {
        return first + step >= ANY_SET
                || (decide && first == 0 && step == howFar.size() - 1)
                || ways.stream().allMatch(PostgresWay::isOfValues);
    }
}
