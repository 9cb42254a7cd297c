package dev.pagurus.store.tck.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Ids;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Alone;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

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

    @Proves(Clause.V20)
    void aClockOutsideOfTheYears1To9999IsRefused() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2031-05-06T07:08:09Z"));
        startWith(with -> with.clock(clock));
        Document<Item> before = items().insert("a", Item.of("before"));
        for (Instant outside : List.of(
                Instant.parse("0000-12-31T23:59:59.999999999Z"),
                Instant.parse("+10000-01-01T00:00:00Z"),
                Instant.MIN,
                Instant.MAX)) {
            clock.set(outside);
            requireNoWrite(before, "years 1 to 9999");
        }
        clock.set(Instant.parse("9999-12-31T23:59:59.999999999Z"));
        assertThat(items().put("a", Item.of("after")).updatedAt()).isEqualTo("9999-12-31T23:59:59.999999Z");
    }

    @Proves(Clause.V20)
    void aClockThatFailsIsRefused() throws Exception {
        OwnClock clock = new OwnClock();
        startWith(with -> with.clock(clock));
        Document<Item> before = items().insert("a", Item.of("before"));
        clock.now = () -> {
            throw new IllegalStateException("the clock is broken");
        };
        requireNoWrite(before, "the clock is broken");
        clock.now = () -> Instant.EPOCH.plusSeconds(1);
        assertThat(items().put("a", Item.of("after")).updatedAt()).isEqualTo("1970-01-01T00:00:01Z");
    }

    /** A clock that somebody has written, and got wrong. */
    private static final class OwnClock extends Clock {

        private volatile Supplier<Instant> now = () -> Instant.EPOCH;

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private void requireNoWrite(Document<Item> there, String words) {
        DocumentCollection<Item> items = items();
        Item other = Item.of("other");
        List<ThrowingCallable> writes = new ArrayList<>(List.of(
                () -> items.insert("b", other),
                () -> items.put("a", other),
                () -> items.replace(there.withValue(other)),
                () -> items.update("a", found -> other),
                () -> items.query().updateAll(found -> other),
                () -> items.putAll(Stream.of(other, other), item -> Ids.next(), OnConflict.SKIP)));
        if (has(Capability.TRANSACTIONS)) {
            writes.add(() -> store.transaction(tx -> tx.collection(itemSchema()).put("a", other)));
        }
        for (ThrowingCallable write : writes) {
            assertThat(thrown(ConfigurationException.class, write))
                    .as("the message")
                    .hasMessageContaining(words);
        }
        assertThat(items.query().list()).as("what is there").containsExactly(there);
    }

    @Proves(Clause.V13)
    @Alone
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
