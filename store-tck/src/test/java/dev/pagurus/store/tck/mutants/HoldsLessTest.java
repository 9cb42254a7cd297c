package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An engine that holds smaller bodies than others, and says so, is no broken one. */
class HoldsLessTest {

    @Test
    void aStoreThatSaysHowMuchItHoldsKeepsTheClauses() {
        KitRun run = KitRun.of(HoldsLessTck.class, Set.of("V1", "V2", "S22", "E4", "X1", "X10")::contains);
        assertThat(run.failures()).isEmpty();
        assertThat(run.tests()).as("tests that were run").isGreaterThan(12);
    }

    /** The kit, run against it; not a test of its own. */
    static final class HoldsLessTck extends StoreTck {

        private static final StoreFixture FIXTURE =
                Mutant.engine(LimitMutants.HoldsLess::new).fixture("holds-less");

        @Override
        protected StoreFixture fixture() {
            return FIXTURE;
        }
    }
}
