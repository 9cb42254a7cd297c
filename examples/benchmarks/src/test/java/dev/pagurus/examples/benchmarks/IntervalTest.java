package dev.pagurus.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {

    /** By hand: mean 3, standard deviation 1.5811, by the root of 5: 0.7071, times 2.776. */
    @Test
    void theRangeOfFiveValuesIsStudents() {
        Interval interval = Interval.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

        assertThat(interval.mean()).isEqualTo(3);
        assertThat(interval.low()).isCloseTo(1.0371, within(1e-4));
        assertThat(interval.high()).isCloseTo(4.9629, within(1e-4));
    }

    @Test
    void twiceAsFastAndHalfAsFastAreLevelTogether() {
        Interval interval = Interval.ofRatios(List.of(2.0, 0.5));

        assertThat(interval.mean()).isCloseTo(1, within(1e-9));
        assertThat(interval.low() * interval.high()).isCloseTo(1, within(1e-9));
    }

    @Test
    void equalRatiosLeaveNoDoubt() {
        Interval interval = Interval.ofRatios(List.of(3.0, 3.0, 3.0));

        assertThat(interval.low()).isCloseTo(3, within(1e-9));
        assertThat(interval.high()).isCloseTo(3, within(1e-9));
        assertThat(interval.isKnown()).isTrue();
    }

    @Test
    void onePairSaysNothingOfItsRange() {
        Interval interval = Interval.ofRatios(List.of(1.5));

        assertThat(interval.mean()).isCloseTo(1.5, within(1e-9));
        assertThat(interval.isKnown()).isFalse();
    }
}
