package dev.pagurus.store.tck.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Supplier;

/** Group V, points in time. */
public abstract class InstantClauses extends ClauseGroup {

    protected InstantClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.V11)
    void instantsAreFlooredToMicroseconds() {
        assertThat(stored("2024-02-29T12:30:00.123456999Z")).isEqualTo("2024-02-29T12:30:00.123456Z");
        assertThat(stored("1970-01-01T00:00:00.000000999Z")).isEqualTo("1970-01-01T00:00:00Z");
    }

    @Proves(Clause.V11)
    void instantsBefore1970AreFlooredToo() {
        assertThat(stored("1969-12-31T23:59:59.999999001Z")).isEqualTo("1969-12-31T23:59:59.999999Z");
        assertThat(stored("1582-10-14T00:00:00.000000001Z")).isEqualTo("1582-10-14T00:00:00Z");
    }

    @Proves(Clause.V11)
    void whatIsComparedWithIsFlooredAsWell() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING.withTime(Instant.parse("2024-01-01T00:00:00.000001500Z")));
        assertThat(items.where(Item.TIME.eq(Instant.parse("2024-01-01T00:00:00.000001999Z")))
                        .count())
                .isOne();
        assertThat(items.where(Item.TIME.before(Instant.parse("2024-01-01T00:00:00.000001999Z")))
                        .count())
                .isZero();
    }

    @Proves(Clause.V12)
    void theYears1To9999AreStored() {
        assertThat(stored("0001-01-01T00:00:00Z")).isEqualTo("0001-01-01T00:00:00Z");
        assertThat(stored("9999-12-31T23:59:59.999999999Z")).isEqualTo("9999-12-31T23:59:59.999999Z");
    }

    @Proves(Clause.V12)
    void otherYearsAreRefused() {
        DocumentCollection<Item> items = items();
        for (Instant outside : List.of(
                Instant.parse("0000-12-31T23:59:59.999999999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"),
                Instant.MIN,
                Instant.MAX)) {
            assertThatThrownBy(() -> items.put("a", Item.NOTHING.withTime(outside)))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("'time'", "'items'", "years 1 to 9999");
        }
        assertThat(items.exists("a")).as("items.exists('a')").isFalse();
    }

    @Proves(Clause.V12)
    void otherYearsCanBeComparedWith() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.each(Samples.TIMES, Item.NOTHING::withTime));
        long all = Samples.TIMES.size();
        assertThat(items.where(Item.TIME.after(Instant.MIN)).count()).isEqualTo(all);
        assertThat(items.where(Item.TIME.before(Instant.MAX)).count()).isEqualTo(all);
        assertThat(items.where(Item.TIME.eq(Instant.MAX).or(Item.TIME.lte(Instant.MIN)))
                        .count())
                .isZero();
    }

    @Proves(Clause.V13)
    void theTimeZoneOfTheMachineDoesNotMatter() throws Exception {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            List<Item> written = Samples.each(Samples.TIMES, Item.NOTHING::withTime);
            Samples.store(items(), written);
            TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
            DocumentCollection<Item> elsewhere = second().collection(itemSchema());
            assertThat(elsewhere.where(Item.TIME.isNotNull()).countBy(Item.TIME).keySet())
                    .containsExactlyElementsOf(Samples.TIMES);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Proves(Clause.V13)
    void creationTimesDoNotDependOnTheTimeZoneEither() throws Exception {
        Instant now = Instant.parse("2024-10-27T01:30:00.123456Z");
        startWith(with -> with.clock(Clock.fixed(now, ZoneOffset.ofHours(5))));
        assertThat(items().insert("a", Item.NOTHING).createdAt()).isEqualTo(now);
        assertThat(items().where(itemSchema().createdAt().eq(now)).count()).isOne();
    }

    /** Stores an instant and returns what the field's column then holds. */
    private String stored(String instant) {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING.withTime(Instant.parse(instant)));
        return items.query().countBy(Item.TIME).keySet().iterator().next().toString();
    }
}
