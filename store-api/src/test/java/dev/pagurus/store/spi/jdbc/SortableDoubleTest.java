package dev.pagurus.store.spi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SortableDoubleTest {

    private static final double[] EDGES = {
        Double.NEGATIVE_INFINITY,
        -Double.MAX_VALUE,
        -1.5,
        -Double.MIN_NORMAL,
        -Double.MIN_VALUE,
        0.0,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        Math.nextDown(1.0),
        1.0,
        1L << 53,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY
    };

    @Test
    void integersAreOrderedAsTheirNumbersAreAndComeBack() {
        for (int i = 0; i < EDGES.length; i++) {
            assertThat(SortableDouble.toDouble(SortableDouble.toLong(EDGES[i]))).isEqualTo(EDGES[i]);
            assertThat(i == 0 || SortableDouble.toLong(EDGES[i - 1]) < SortableDouble.toLong(EDGES[i]))
                    .as("%s", EDGES[i])
                    .isTrue();
        }
        Random random = new Random(14);
        for (int i = 0; i < 10_000; i++) {
            double one = Double.longBitsToDouble(random.nextLong());
            double other = Double.longBitsToDouble(random.nextLong());
            if (!Double.isNaN(one) && !Double.isNaN(other)) {
                assertThat(Long.compare(SortableDouble.toLong(one), SortableDouble.toLong(other)))
                        .as("%s and %s", one, other)
                        .isEqualTo(Double.compare(one, other));
            }
        }
    }

    @Test
    void thereIsOneZeroAndNoNaN() {
        assertThat(SortableDouble.toLong(-0.0)).isEqualTo(SortableDouble.toLong(0.0));
        assertThatThrownBy(() -> SortableDouble.toLong(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }
}
