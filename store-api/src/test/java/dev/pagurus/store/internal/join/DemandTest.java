package dev.pagurus.store.internal.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Condition.Operator;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose candidates are also another caller's: whatever matches the one filter matches the other. */
class DemandTest {

    private static final CollectionDefinition JOBS = new CollectionDefinition("jobs", 1, List.of(), List.of());

    @Test
    void whoAskedForTheTimeBeforeServesWhoAskedLater() {
        requireServes(at(Operator.LT, 10), at(Operator.LT, 11), false);
        requireServes(at(Operator.LTE, 10), at(Operator.LTE, 11), false);
        requireServes(at(Operator.GT, 11), at(Operator.GT, 10), false);
        requireServes(at(Operator.GTE, 11), at(Operator.GTE, 10), false);
        requireServes(at(Operator.LT, 10), at(Operator.LT, 10), true);
    }

    @Test
    void whatIsEqualMustBeTheSame() {
        requireNone(at(Operator.EQ, 10), at(Operator.EQ, 11));
        requireNone(at(Operator.NE, 10), at(Operator.NE, 11));
        requireNone(at(Operator.LT, 10), at(Operator.LTE, 10));
        requireNone(at(Operator.LT, 10), new Condition.Compare("other", Operator.LT, 11L));
        requireNone(new Condition.Compare("at", Operator.LT, "a"), new Condition.Compare("at", Operator.LT, "b"));
        requireServes(at(Operator.EQ, 10), at(Operator.EQ, 10), true);
        requireServes(new Condition.IsNull("at"), new Condition.IsNull("at"), true);
    }

    @Test
    void allPartsMustServe() {
        Condition open = new Condition.Compare("state", Operator.EQ, "open");
        Condition done = new Condition.Compare("state", Operator.EQ, "done");
        requireServes(and(open, at(Operator.LT, 10)), and(open, at(Operator.LT, 11)), false);
        requireServes(or(open, at(Operator.LT, 10)), or(open, at(Operator.LT, 11)), false);
        requireNone(and(open, at(Operator.LT, 10)), and(done, at(Operator.LT, 11)));
        requireNone(and(open, at(Operator.LT, 10)), and(at(Operator.LT, 10)));
        requireNone(and(open, at(Operator.LT, 10)), or(open, at(Operator.LT, 10)));
        requireNone(and(at(Operator.LT, 10), at(Operator.GT, 5)), and(at(Operator.LT, 9), at(Operator.GT, 4)));
    }

    @Test
    void theOrderMustBeTheSame() {
        Demand one = demand(Condition.EVERYTHING, new Sort("id", false));
        assertThat(one.serves(demand(Condition.EVERYTHING, new Sort("id", true))))
                .isFalse();
        assertThat(one.serves(demand(Condition.EVERYTHING, new Sort("id", false))))
                .isTrue();
    }

    private static void requireServes(Condition one, Condition other, boolean both) {
        assertThat(demand(one).serves(demand(other)))
                .as("%s for %s", one, other)
                .isTrue();
        assertThat(demand(other).serves(demand(one)))
                .as("%s for %s", other, one)
                .isEqualTo(both);
    }

    private static void requireNone(Condition one, Condition other) {
        assertThat(demand(one).serves(demand(other)))
                .as("%s for %s", one, other)
                .isFalse();
        assertThat(demand(other).serves(demand(one)))
                .as("%s for %s", other, one)
                .isFalse();
    }

    private static Demand demand(Condition filter) {
        return demand(filter, new Sort("id", false));
    }

    private static Demand demand(Condition filter, Sort order) {
        return new Demand(new Scan(JOBS, filter, List.of(order), List.of(Range.ALL), 1, Scan.CHUNK_BYTES), Set.of());
    }

    private static Condition at(Operator operator, long value) {
        return new Condition.Compare("at", operator, value);
    }

    private static Condition and(Condition... parts) {
        return new Condition.And(List.of(parts));
    }

    private static Condition or(Condition... parts) {
        return new Condition.Or(List.of(parts));
    }
}
