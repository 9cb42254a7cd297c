package dev.pagurus.store.tck.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShortenedTest {

    private static final List<Integer> HUNDRED = IntStream.range(0, 100).boxed().toList();
    private static final Duration LONG = Duration.ofSeconds(10);

    @Test
    void whatIsNotNeededIsLeftOut() {
        assertThat(Shortened.of(HUNDRED, some -> some.containsAll(List.of(7, 42, 99)), LONG))
                .containsExactly(7, 42, 99);
        assertThat(Shortened.of(HUNDRED, some -> some.contains(0), LONG)).containsExactly(0);
    }

    @Test
    void whatIsNeededAsAWholeStays() {
        assertThat(Shortened.of(HUNDRED, some -> some.size() == 100, LONG)).isEqualTo(HUNDRED);
        assertThat(Shortened.of(List.of(1), some -> true, LONG)).containsExactly(1);
    }

    @Test
    void itEndsWhenTheTimeIsOver() {
        assertThat(Shortened.of(HUNDRED, some -> some.contains(5), Duration.ZERO))
                .isEqualTo(HUNDRED);
    }
}
