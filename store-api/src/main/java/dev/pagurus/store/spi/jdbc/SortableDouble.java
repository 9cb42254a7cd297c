package dev.pagurus.store.spi.jdbc;

/**
 * Numbers as integers that are ordered as the numbers are, infinities included, for engines that have no infinities or round
 * what they are given.
 */
public final class SortableDouble {

    private SortableDouble() {}

    /**
     * Returns the integer for a number; -0.0 is 0.0.
     *
     * @throws IllegalArgumentException if it is NaN, which no field holds
     */
    public static long toLong(double number) {
        if (Double.isNaN(number)) {
            throw new IllegalArgumentException("NaN has no place in an order.");
        }
        return number == 0 ? 0 : turned(Double.doubleToRawLongBits(number));
    }

    /** Returns the number that {@link #toLong} has made an integer of. */
    public static double toDouble(long sortable) {
        return Double.longBitsToDouble(turned(sortable));
    }

    /** The bits of negative numbers rise as the numbers fall. */
    private static long turned(long bits) {
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }
}
