package dev.pagurus.store.spi;

import java.io.Serializable;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The exact sum of any number of doubles: the same in whatever order they come, and rounded once, at the end. A double is an
 * integer times a power of two, so the sum is one long integer, kept in digits of 32 bits, no more of them than there are
 * magnitudes. Infinities count as in every sum of doubles. Used by one thread at a time.
 */
public final class ExactSum implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Every double is a multiple of 2 to this power. */
    private static final int LEAST = -1074;

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final int EXPONENT = 0x7ff;
    private static final int DIGIT_BITS = 32;
    private static final long DIGIT = (1L << DIGIT_BITS) - 1;

    /** Each adds at most 33 bits to a digit, which has room for 63. */
    private static final int MOST_UNCARRIED = 1 << 29;

    /** Behind these bits of a quotient, only whether there is anything matters. */
    private static final int QUOTIENT_BITS = 120;

    /** The digit at {@code i} is worth 2^(32 (first + i) - 1074); digits may be negative. */
    private long[] digits = new long[0];

    private int first;
    private int uncarried;

    /** What was added as integers. */
    private BigInteger added = BigInteger.ZERO;

    private boolean positiveInfinity;
    private boolean negativeInfinity;

    /** Starts with zero. */
    public ExactSum() {}

    /** Adds a number, which is not NaN; returns this. */
    public ExactSum add(double number) {
        long bits = Double.doubleToRawLongBits(number);
        int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT;
        if (exponent == EXPONENT) {
            return addInfinity(bits < 0);
        }
        long mantissa = (bits & MANTISSA) | (exponent == 0 ? 0 : MANTISSA + 1);
        int place = Math.max(exponent - 1, 0);
        int shift = place % DIGIT_BITS;
        long low = (mantissa & DIGIT) << shift;
        long high = (mantissa >>> DIGIT_BITS) << shift;
        int at = room(place / DIGIT_BITS);
        long sign = bits < 0 ? -1 : 1;
        digits[at] += sign * (low & DIGIT);
        digits[at + 1] += sign * ((low >>> DIGIT_BITS) + (high & DIGIT));
        digits[at + 2] += sign * (high >>> DIGIT_BITS);
        if (++uncarried == MOST_UNCARRIED) {
            added = exact();
            digits = new long[0];
            uncarried = 0;
        }
        return this;
    }

    /**
     * Adds an integer times a power of two; returns this.
     *
     * @param exponent from -1074 on
     */
    public ExactSum add(BigInteger integer, int exponent) {
        added = added.add(integer.shiftLeft(exponent - LEAST));
        return this;
    }

    /** Adds an infinity; returns this. */
    public ExactSum addInfinity(boolean negative) {
        positiveInfinity |= !negative;
        negativeInfinity |= negative;
        return this;
    }

    /** Adds another sum; returns this. */
    public ExactSum add(ExactSum other) {
        added = added.add(other.exact());
        positiveInfinity |= other.positiveInfinity;
        negativeInfinity |= other.negativeInfinity;
        return this;
    }

    /** Returns the double that is nearest to the sum; of two that are as near, the even one. */
    public double value() {
        return dividedBy(1);
    }

    /**
     * Returns the double that is nearest to the sum divided by a number, for an average; of two that are as near, the even one.
     *
     * @param count positive
     */
    public double dividedBy(long count) {
        if (positiveInfinity || negativeInfinity) {
            return (positiveInfinity ? Double.POSITIVE_INFINITY : 0.0)
                    + (negativeInfinity ? Double.NEGATIVE_INFINITY : 0.0);
        }
        BigInteger sum = exact();
        BigInteger[] quotient = sum.abs().shiftLeft(QUOTIENT_BITS).divideAndRemainder(BigInteger.valueOf(count));
        BigInteger rest = quotient[1].signum() == 0 ? BigInteger.ZERO : BigInteger.ONE;
        double rounded = rounded(quotient[0].shiftLeft(1).or(rest), LEAST - QUOTIENT_BITS - 1);
        // There is one zero, whatever is rounded to it.
        return sum.signum() < 0 && rounded != 0 ? -rounded : rounded;
    }

    /** An integer, which is not negative, times a power of two, rounded: half to even. */
    private static double rounded(BigInteger integer, int exponent) {
        int dropped = Math.max(integer.bitLength() - MANTISSA_BITS - 1, LEAST - exponent);
        BigInteger kept = integer.shiftRight(dropped);
        boolean half = integer.testBit(dropped - 1);
        boolean more = integer.getLowestSetBit() < dropped - 1;
        if (half && (more || kept.testBit(0))) {
            kept = kept.add(BigInteger.ONE);
        }
        return Math.scalb((double) kept.longValue(), exponent + dropped);
    }

    /** Makes room for three digits from a place on, and returns where they are. */
    private int room(int place) {
        int needed = 3;
        if (digits.length == 0) {
            digits = new long[needed];
            first = place;
        } else if (place < first) {
            long[] more = new long[digits.length + first - place];
            System.arraycopy(digits, 0, more, first - place, digits.length);
            digits = more;
            first = place;
        } else if (place + needed > first + digits.length) {
            digits = Arrays.copyOf(digits, place + needed - first);
        }
        return place - first;
    }

    /** Returns the sum as a multiple of 2^-1074. */
    private BigInteger exact() {
        BigInteger sum = BigInteger.ZERO;
        for (int i = digits.length - 1; i >= 0; i--) {
            sum = sum.shiftLeft(DIGIT_BITS).add(BigInteger.valueOf(digits[i]));
        }
        return added.add(sum.shiftLeft(first * DIGIT_BITS));
    }

    /** Whether both are the same number now. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExactSum that
                && positiveInfinity == that.positiveInfinity
                && negativeInfinity == that.negativeInfinity
                && exact().equals(that.exact());
    }

    @Override
    public int hashCode() {
        return exact().hashCode();
    }

    /** Returns the number, rounded. */
    @Override
    public String toString() {
        return Double.toString(value());
    }
}
