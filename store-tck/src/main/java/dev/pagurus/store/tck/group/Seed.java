package dev.pagurus.store.tck.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a random test starts from: some numbers that are the same in every run, so that what was caught once is caught in
 * every run, and another one each time. {@code -Dpagurus.tck.seed} repeats one that failed, and {@code
 * -Dpagurus.tck.walks} takes so many new ones where there would be one.
 *
 * @param value the number
 */
public record Seed(long value) {

    private static final String PROPERTY = "pagurus.tck.seed";
    private static final String TIMES = "pagurus.tck.walks";

    /** Returns the seed of a test that begins. */
    public static Seed ofThisRun() {
        return new Seed(Long.getLong(PROPERTY, new Random().nextLong()));
    }

    /**
     * Returns the seeds of a test that begins: 1, 2 and so on, and {@link #times()} new ones; only the one that is asked
     * for, if one is.
     *
     * @param fixed how many are the same in every run
     */
    public static List<Seed> several(int fixed) {
        if (Long.getLong(PROPERTY) != null) {
            return List.of(ofThisRun());
        }
        List<Seed> seeds = new ArrayList<>();
        for (int i = 1; i <= fixed; i++) {
            seeds.add(new Seed(i));
        }
        for (int i = 0; i < times(); i++) {
            seeds.add(ofThisRun());
        }
        return seeds;
    }

    /** Returns how many times as much a random test shall do as in everyday use: 1 unless more is asked for. */
    public static int times() {
        return Math.max(1, Integer.getInteger(TIMES, 1));
    }

    /** Says how to have the same again. */
    public String toRepeat() {
        return "-D" + PROPERTY + "=" + value;
    }
}
