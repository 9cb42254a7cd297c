package dev.pagurus.examples.benchmarks.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Both ways are measured, by both kinds of demand. */
class ManyTenantsTest {

    @Test
    void everyLineHasFigures() throws Exception {
        List<ManyTenants.Line> lines = ManyTenants.run(ManyTenants.Amounts.QUICK);

        assertThat(lines).hasSize(10).allSatisfy(line -> {
            assertThat(line.stores()).isPositive();
            assertThat(line.field()).isPositive();
        });
    }

    @Test
    void aSteepDemandIsForTheFirst() {
        double[] sums = Demand.STEEP.sums(1_000);
        SplittableRandom random = new SplittableRandom(1);
        int[] tenants =
                IntStream.range(0, 100_000).map(i -> Demand.next(sums, random)).toArray();

        // Of 1,000, the first is asked for by one in ln(1,000) + 0.577.
        assertThat(IntStream.of(tenants).filter(tenant -> tenant == 0).count()).isBetween(12_500L, 14_500L);
        assertThat(IntStream.of(tenants).distinct().count()).isGreaterThan(990);
        assertThat(IntStream.of(tenants)).allMatch(tenant -> tenant >= 0 && tenant < 1_000);
    }
}
