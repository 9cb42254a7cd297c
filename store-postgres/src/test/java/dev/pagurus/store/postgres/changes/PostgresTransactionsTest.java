package dev.pagurus.store.postgres.changes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PostgresTransactionsTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 1_000; round++) {
            List<Long> open = new ArrayList<>();
            long next = 1 + random.nextLong(1L << 40);
            for (int i = random.nextInt(40); i > 0; i--) {
                next += 1 + random.nextLong(1L << random.nextInt(1, 40));
                open.add(next);
            }
            PostgresTransactions shown = new PostgresTransactions(next + 1 + random.nextInt(9), open);
            assertThat(PostgresTransactions.parse(shown.text())).isEqualTo(shown);
        }
        assertThat(PostgresTransactions.parse(PostgresTransactions.NONE.text())).isEqualTo(PostgresTransactions.NONE);
    }

    /** Whoever goes on from there sees some again, and misses none. */
    @Test
    void ofMoreThanFitTheLaterOnesCountAsNotShown() {
        SplittableRandom random = new SplittableRandom(2);
        for (int bits : new int[] {1, 5, 10, 20, 40}) {
            List<Long> open = new ArrayList<>();
            long next = 1_000;
            for (int i = 0; i < 20_000; i++) {
                next += 1 + random.nextLong(1L << bits);
                open.add(next);
            }
            PostgresTransactions kept = new PostgresTransactions(next + 1, open).before(next + 1);
            assertThat(kept.text()).hasSizeBetween(3_900, 4_100);
            assertThat(kept.open().size()).isGreaterThan(4_000 / (bits / 5 + 1) - 40);
            assertThat(open).startsWith(kept.open().toArray(Long[]::new));
            assertThat(open.get(kept.open().size())).isEqualTo(kept.next());
        }
    }
}
