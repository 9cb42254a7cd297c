package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Ids;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Group W: versions and times, by a clock that stands still unless a test moves it. */
public abstract class VersionClauses extends ClauseGroup {

    /** Has nanoseconds, which no store keeps. */
    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09.123456789Z");

    private static final Instant START = NOW.truncatedTo(ChronoUnit.MICROS);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Item ITEM = Item.of("item");
    private static final int WRITERS = 8;

    private final SettableClock clock = new SettableClock(NOW);

    protected VersionClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Override
    protected void configure(StoreConfig.Builder config) {
        config.clock(clock);
    }

    @Proves(Clause.W8)
    void everyOverwriteKeepsTheCreationTime() {
        items().insert("a", ITEM);
        for (Document<Item> written : writeInEveryWay()) {
            assertThat(written.createdAt()).isEqualTo(START);
        }
        assertThat(existing(items(), "a").createdAt()).isEqualTo(START);
    }

    @Proves(Clause.W8)
    void aBulkPutKeepsTheCreationTime() {
        items().insert("a", ITEM);
        move(HOUR);
        items().putAll(Stream.of(ITEM), item -> "a", OnConflict.FAIL);
        assertThat(existing(items(), "a").createdAt()).isEqualTo(START);
    }

    @Proves(Clause.W9)
    void versionsGrowWhileTheClockStandsStill() {
        requireGrowing(Duration.ZERO);
    }

    @Proves(Clause.W9)
    void versionsGrowWhenTheClockGoesBack() {
        requireGrowing(HOUR.negated());
    }

    @Proves(Clause.W9)
    @Needs(Capability.TRANSACTIONS)
    void versionsGrowInsideOfATransaction() {
        long inserted = items().insert("a", ITEM).version();
        store.runTransaction(tx -> {
            long first = tx.collection(itemSchema()).put("a", ITEM).version();
            long second = tx.collection(itemSchema()).put("a", ITEM).version();
            assertThat(first).isGreaterThan(inserted);
            assertThat(second).isGreaterThan(first);
        });
    }

    @Proves(Clause.W9)
    void versionsGrowBetweenHandlesWhoseClocksDiffer() throws Exception {
        Clock late = Clock.fixed(NOW.minus(HOUR), ZoneOffset.UTC);
        Store other = second(config -> config.clock(late));
        long ahead = items().insert("a", ITEM).version();
        long behind = other.collection(itemSchema()).put("a", ITEM).version();
        assertThat(behind).isGreaterThan(ahead);
        assertThat(items().put("a", ITEM).version()).isGreaterThan(behind);
    }

    @Proves(Clause.W10)
    void anInsertTakesVersionAndTimesFromTheClock() {
        Document<Item> inserted = items().insert("a", ITEM);
        assertThat(inserted.version()).isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, START));
        assertThat(inserted.createdAt()).isEqualTo(START);
        assertThat(inserted.updatedAt()).isEqualTo(START);
    }

    @Proves(Clause.W10)
    void anOverwriteTakesTheVersionFromTheClockThatHasMovedOn() {
        items().insert("a", ITEM);
        Instant expected = START;
        for (Document<Item> written : writeInEveryWay()) {
            expected = expected.plus(HOUR);
            assertThat(written.updatedAt()).isEqualTo(expected);
        }
    }

    @Proves(Clause.W10)
    void timesCanBeAskedFor() {
        items().insert("a", ITEM);
        move(HOUR);
        items().insert("b", ITEM);
        items().put("a", ITEM);
        assertThat(items().where(itemSchema().createdAt().after(START)).list())
                .extracting(Document::id)
                .containsExactly("b");
        assertThat(items().where(itemSchema().updatedAt().eq(START.plus(HOUR))).count())
                .isEqualTo(2);
    }

    @Proves(Clause.W11)
    void aDocumentThatIsCreatedAgainTakesTheClock() {
        items().insert("a", ITEM);
        items().put("a", ITEM);
        items().put("a", ITEM);
        items().delete("a");
        move(HOUR);
        Document<Item> again = items().insert("a", ITEM);
        assertThat(again.updatedAt()).isEqualTo(START.plus(HOUR));
        move(HOUR);
        items().compute("a", found -> Optional.empty());
        assertThat(items().put("a", ITEM).createdAt())
                .isEqualTo(START.plus(HOUR).plus(HOUR));
    }

    @Proves(Clause.W34)
    void anOldVersionDoesNotMatchADocumentThatIsCreatedAgain() {
        List<Consumer<String>> waysToDelete = new ArrayList<>(List.of(
                id -> items().delete(id),
                id -> items().delete(existing(items(), id)),
                id -> items().compute(id, found -> Optional.empty())));
        List<Function<String, Document<Item>>> waysToCreate = new ArrayList<>(List.of(
                id -> items().insert(id, ITEM),
                id -> items().put(id, ITEM),
                id -> items().compute(id, found -> Optional.of(ITEM)).orElseThrow(),
                id -> inBulk(id, items().insertAll(Stream.of(ITEM, ITEM), ids(id), OnConflict.FAIL)),
                id -> inBulk(id, items().putAll(Stream.of(ITEM, ITEM), ids(id), OnConflict.FAIL))));
        if (has(Capability.TRANSACTIONS)) {
            waysToDelete.add(id -> items().query().deleteAll());
            waysToDelete.add(id -> items().where(Item.TEXT.eq("item")).deleteAll());
            waysToDelete.add(
                    id -> store.transaction(tx -> tx.collection(itemSchema()).delete(id)));
            waysToDelete.add(id ->
                    store.transaction(tx -> tx.collection(itemSchema()).query().deleteAll()));
            waysToCreate.add(
                    id -> store.transaction(tx -> tx.collection(itemSchema()).insert(id, ITEM)));
            waysToCreate.add(
                    id -> store.transaction(tx -> tx.collection(itemSchema()).put(id, ITEM)));
        }
        Consumer<String> delete = waysToDelete.get(0);
        Function<String, Document<Item>> create = waysToCreate.get(0);
        waysToDelete.forEach(way -> requireNewVersion(way, create));
        waysToCreate.forEach(way -> requireNewVersion(delete, way));
    }

    /** The clock is set back to where the document was written, which would give it the same version again. */
    private void requireNewVersion(Consumer<String> delete, Function<String, Document<Item>> create) {
        items().query().list().forEach(document -> items().delete(document));
        Instant now = clock.instant().plus(HOUR).plus(HOUR);
        clock.set(now);
        Document<Item> old = items().insert("a", ITEM);
        delete.accept("a");
        assertThat(items().exists("a")).as("whether it is there").isFalse();
        move(HOUR);
        clock.set(now);
        Document<Item> again = create.apply("a");
        assertThat(again.version()).as("the version of what was created again").isGreaterThan(old.version());
        assertThat(again.createdAt()).as("when it was created").isEqualTo(old.createdAt());
        thrown(VersionConflictException.class, () -> items().replace(old.withValue(ITEM)));
        delete.accept("a");
        move(HOUR.negated());
        assertThat(create.apply("a").version())
                .as("the version, an hour before")
                .isGreaterThan(again.version());
        clock.set(now);
    }

    /** Gives the second of two items an id of its own. */
    private static Function<Item, String> ids(String id) {
        AtomicInteger count = new AtomicInteger();
        return item -> count.getAndIncrement() == 0 ? id : Ids.next();
    }

    private Document<Item> inBulk(String id, BulkResult result) {
        assertThat(result.written()).as("documents written").isEqualTo(2);
        return existing(items(), id);
    }

    @Proves(Clause.W35)
    void aVersionThatNoDocumentHasIsAConflict() throws Exception {
        Document<Item> there = items().insert("a", ITEM);
        List<Long> strange = List.of(
                Long.MIN_VALUE,
                -(1L << 62),
                -1L,
                0L,
                1L << 53,
                (1L << 60) + 1,
                1L << 62,
                Long.MAX_VALUE - 1,
                Long.MAX_VALUE);
        for (long version : strange) {
            thrown(VersionConflictException.class, () -> items().replace("a", version, ITEM));
            thrown(VersionConflictException.class, () -> items().replace("missing", version, ITEM));
            thrown(VersionConflictException.class, () -> items().delete("a", version));
            assertThat(items().delete("missing", version))
                    .as("whether it was there")
                    .isFalse();
        }
        Race.run(WRITERS, number -> {
            for (long version : strange) {
                String mine = "mine" + number;
                long last = items().put(mine, ITEM).version();
                thrown(VersionConflictException.class, () -> items().replace(mine, version, ITEM));
                assertThat(items().replace(mine, last, ITEM).version())
                        .as("the next version")
                        .isGreaterThan(last);
            }
        });
        assertThat(existing(items(), "a").version()).as("the version").isEqualTo(there.version());
    }

    @Proves(Clause.W27)
    void idsThatAreMadeAreUnique() throws Exception {
        List<Set<String>> made = Race.results(4, number -> {
            Set<String> mine = new HashSet<>();
            for (int i = 0; i < 2000; i++) {
                mine.add(Ids.next());
            }
            return mine;
        });
        Set<String> all = new HashSet<>();
        made.forEach(all::addAll);
        assertThat(all).as("different ids of those that four threads made").hasSize(4 * 2000);
    }

    @Proves(Clause.W27)
    void documentsWithMadeIdsComeInTheOrderOfTheirInsertion() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            ids.add(items().insert(ITEM).id());
        }
        assertThat(items().query().list()).extracting(Document::id).isEqualTo(ids);
    }

    private void requireGrowing(Duration step) {
        List<Long> versions = new ArrayList<>();
        versions.add(items().insert("a", ITEM).version());
        move(step);
        for (Document<Item> written : writeInEveryWay(step)) {
            versions.add(written.version());
        }
        assertThat(versions).isSorted().doesNotHaveDuplicates();
        assertThat(existing(items(), "a").version()).isEqualTo(versions.get(versions.size() - 1));
    }

    private List<Document<Item>> writeInEveryWay() {
        return writeInEveryWay(HOUR);
    }

    /** Overwrites document a by each verb, and moves the clock before each. */
    private List<Document<Item>> writeInEveryWay(Duration step) {
        DocumentCollection<Item> items = items();
        List<Document<Item>> written = new ArrayList<>();
        move(step);
        written.add(items.put("a", ITEM));
        move(step);
        written.add(items.replace(written.get(0)));
        move(step);
        written.add(items.replace("a", written.get(1).version(), ITEM));
        move(step);
        written.add(items.update("a", found -> ITEM).orElseThrow());
        move(step);
        written.add(items.compute("a", found -> found).orElseThrow());
        move(step);
        items.query().updateAll(found -> ITEM);
        written.add(existing(items, "a"));
        return written;
    }

    private void move(Duration step) {
        clock.set(clock.instant().plus(step));
    }
}
