package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** An engine that holds smaller bodies than others, and says so, is no broken one. */
class HoldsLessTest {

    @Test
    void aStoreThatSaysHowMuchItHoldsKeepsTheClauses() {
        MutantTck.use(Mutant.engine(LimitMutants.HoldsLess::new).fixture("holds-less"));
        KitRun run = KitRun.of(MutantTck.class, Set.of("V1", "V2", "S22", "E4", "X1", "X10")::contains);
        assertThat(run.failures()).isEmpty();
        assertThat(run.tests()).as("tests that were run").isGreaterThan(12);
    }
}
