package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.postgres.sql.PostgresServed;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Condition.Operator;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresServedTest {

    private static final Sort ID = new Sort("id", false);
    private static final Sort STATUS = new Sort("status", false);
    private static final Sort DUE = new Sort("due", false);
    private static final Condition OPEN = new Condition.Compare("status", Operator.EQ, "open");
    private static final Condition LATER = new Condition.Compare("due", Operator.GT, 5L);

    private static final CollectionDefinition TICKETS = new CollectionDefinition(
            "tickets",
            1,
            List.of(
                    new FieldDefinition("status", FieldKind.TEXT, 1),
                    new FieldDefinition("due", FieldKind.LONG, 1),
                    new FieldDefinition("title", FieldKind.TEXT, 1)),
            List.of(
                    new IndexDefinition("status_due", false, List.of(STATUS, DUE)),
                    new IndexDefinition("title", true, List.of(new Sort("title", false)))));

    private static boolean isServed(Condition filter, Sort... order) {
        return PostgresServed.byAnIndex(new Scan(TICKETS, filter, List.of(order), List.of(Range.ALL), 20, 1000));
    }

    private static Condition and(Condition... conditions) {
        return new Condition.And(List.of(conditions));
    }

    @Test
    void equalFieldsThenTheOrderAreAnIndex() {
        assertThat(isServed(Condition.EVERYTHING, ID)).isTrue();
        assertThat(isServed(Condition.EVERYTHING, new Sort("id", true))).isTrue();
        assertThat(isServed(new Condition.Compare("id", Operator.GTE, "a"), ID)).isTrue();
        assertThat(isServed(Condition.EVERYTHING, STATUS, DUE, ID)).isTrue();
        assertThat(isServed(OPEN, DUE, ID)).isTrue();
        assertThat(isServed(and(OPEN, LATER), DUE, ID)).isTrue();
        assertThat(isServed(OPEN, new Sort("due", true), new Sort("id", true))).isTrue();
    }

    @Test
    void whatReadsOtherDocumentsBetweenIsNone() {
        assertThat(isServed(OPEN, ID)).as("the index has due before the id").isFalse();
        assertThat(isServed(LATER, ID)).isFalse();
        assertThat(isServed(Condition.EVERYTHING, DUE, ID)).isFalse();
        assertThat(isServed(LATER, STATUS, DUE, ID))
                .as("bounds of the second field")
                .isFalse();
        assertThat(isServed(and(OPEN, new Condition.IsNull("title")), DUE, ID)).isFalse();
        assertThat(isServed(new Condition.Compare("status", Operator.NE, "open"), STATUS, DUE, ID))
                .isFalse();
        assertThat(isServed(OPEN, DUE, new Sort("id", true)))
                .as("mixed directions")
                .isFalse();
        assertThat(isServed(Condition.EVERYTHING, new Sort("title", false), ID))
                .as("a unique index ends without the id")
                .isFalse();
    }
}
