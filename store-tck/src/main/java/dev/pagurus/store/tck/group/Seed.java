package dev.pagurus.store.tck.group;

import java.util.Random;

/**
 * What a random test starts from: another number in every run, or the one of {@code -Dpagurus.tck.seed}, which repeats a
 * run that failed.
 *
 * @param value the number
 */
public record Seed(long value) {

    private static final String PROPERTY = "pagurus.tck.seed";

    /** Returns the seed of a test that begins. */
    public static Seed ofThisRun() {
        return new Seed(Long.getLong(PROPERTY, new Random().nextLong()));
    }

    /** Says how to have the same again. */
    public String toRepeat() {
        return "-D" + PROPERTY + "=" + value;
    }
}
