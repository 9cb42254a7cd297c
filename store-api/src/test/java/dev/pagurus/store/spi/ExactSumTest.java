package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Sums of doubles beside decimals, which hold every double as it is. */
class ExactSumTest {

    private static final MathContext EXACT = new MathContext(2_000);

    @Test
    void isTheExactSumRoundedOnce() {
        Random random = new Random(19);
        for (int round = 0; round < 400; round++) {
            int spread = random.nextInt(2_040) + 1;
            List<Double> numbers = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                int exponent = random.nextInt(spread) - Math.min(spread, 1_074);
                numbers.add(Math.scalb(random.nextInt(3) == 0 ? 1.0 : random.nextDouble() - 0.5, exponent));
            }
            if (round % 2 == 0) {
                // Almost nothing is left of large ones.
                numbers.addAll(numbers.stream()
                        .limit(numbers.size() / 2)
                        .map(number -> -number)
                        .toList());
            }
            BigDecimal exact = numbers.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
            int count = 1 + random.nextInt(7);
            ExactSum sum = sum(numbers);
            Collections.shuffle(numbers, random);
            assertThat(sum(numbers)).as("in another order").isEqualTo(sum).hasSameHashCodeAs(sum);
            assertThat(sum.value()).as("the sum of %s", numbers).isEqualTo(exact.doubleValue());
            assertThat(sum.dividedBy(count))
                    .as("%s divided by %d", numbers, count)
                    .isEqualTo(exact.divide(BigDecimal.valueOf(count), EXACT).doubleValue() + 0.0);
        }
    }

    @Test
    void roundsHalfToEvenAtEveryEnd() {
        assertThat(sum(List.of(1.0, 0x1p-53)).value()).isEqualTo(1.0);
        assertThat(sum(List.of(1.0 + 0x1p-52, 0x1p-53)).value()).isEqualTo(1.0 + 0x1p-51);
        assertThat(sum(List.of(Double.MIN_VALUE)).dividedBy(2)).isZero();
        assertThat(Double.toString(sum(List.of(-Double.MIN_VALUE)).dividedBy(2)))
                .isEqualTo("0.0");
        assertThat(sum(List.of(Double.MIN_VALUE * 3)).dividedBy(2)).isEqualTo(Double.MIN_VALUE * 2);
        assertThat(sum(List.of(Double.MAX_VALUE, 0x1p969)).value()).isEqualTo(Double.MAX_VALUE);
        assertThat(sum(List.of(Double.MAX_VALUE, 0x1p970)).value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sum(List.of(-Double.MAX_VALUE, -Double.MAX_VALUE)).dividedBy(2))
                .isEqualTo(-Double.MAX_VALUE);
        assertThat(sum(List.of()).value()).isEqualTo(0.0);
    }

    @Test
    void infinitiesAreAsInEverySum() {
        assertThat(sum(List.of(1.0, Double.POSITIVE_INFINITY)).value())
                .isInfinite()
                .isPositive();
        assertThat(sum(List.of(Double.NEGATIVE_INFINITY)).dividedBy(3))
                .isInfinite()
                .isNegative();
        assertThat(sum(List.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))
                        .value())
                .isNaN();
    }

    @Test
    void partsAddUpToTheWhole() {
        ExactSum whole = sum(List.of(3.0, -0.5, 0x1p-1074, Double.POSITIVE_INFINITY));
        ExactSum parts = new ExactSum()
                .add(sum(List.of(0x1p-1074, Double.POSITIVE_INFINITY)))
                .add(BigInteger.valueOf(5), -1);
        assertThat(parts).isEqualTo(whole);
        assertThat(sum(List.of(2.5)))
                .isEqualTo(new ExactSum().add(BigInteger.valueOf(5), -1))
                .isNotEqualTo(whole);
    }

    private static ExactSum sum(List<Double> numbers) {
        ExactSum sum = new ExactSum();
        numbers.forEach(sum::add);
        return sum;
    }
}
