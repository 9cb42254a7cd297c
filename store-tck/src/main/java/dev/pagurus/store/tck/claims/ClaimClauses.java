package dev.pagurus.store.tck.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Store;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group K: what a claim takes, changes and returns. */
public abstract class ClaimClauses extends ClaimGroup {

    protected ClaimClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.K1)
    void theFirstOfTheQueryAreChangedAndReturned() throws Exception {
        fill(0, 30);
        List<Document<Item>> before = free(store).list();
        List<Document<Item>> claimed = free(store).limit(7).claim(piece -> taken(piece, "me"));
        assertThat(ids(claimed)).as("what was claimed").isEqualTo(ids(0, 7));
        DocumentCollection<Item> there = work(second());
        for (int i = 0; i < 7; i++) {
            Document<Item> now = claimed.get(i);
            Document<Item> old = before.get(i);
            assertThat(now.value()).as("its value").isEqualTo(taken(piece(i), "me"));
            assertThat(now.version()).as("its version").isGreaterThan(old.version());
            assertThat(now.createdAt()).as("its creation time").isEqualTo(old.createdAt());
            assertThat(existing(there, now.id())).as("what others find").isEqualTo(now);
        }
        assertThat(ids(free(store).list())).as("what is left").isEqualTo(ids(7, 30));
        assertThat(there.where(Item.TEXT.eq("me")).count())
                .as("found by its new field")
                .isEqualTo(7);
    }

    @Proves(Clause.K1)
    void aClaimOfMoreThanThereIsTakesAll() {
        for (int pieces : List.of(0, 1, 700)) {
            fill(0, pieces);
            assertThat(ids(free(store).limit(1_000).claim(piece -> taken(piece, "me"))))
                    .as("what was claimed of %d", pieces)
                    .isEqualTo(ids(0, pieces));
            assertThat(free(store).limit(1_000).claim(piece -> taken(piece, "me")))
                    .as("what was left")
                    .isEmpty();
            store.collection(itemSchema()).query().stream().toList().forEach(work(store)::delete);
        }
    }

    @Proves(Clause.K1)
    void oneCallClaimsEachDocumentOnce() {
        fill(0, 300);
        for (int limit : List.of(2, 299, 300, 1_000)) {
            // All that is changed matches still.
            List<Document<Item>> claimed = free(store).limit(limit).claim(piece -> piece.withText("limit " + limit));
            assertThat(ids(claimed)).as("what was claimed").isEqualTo(ids(0, Math.min(limit, 300)));
        }
    }

    @Proves(Clause.K1)
    void oneIsClaimedWhateverTheLimit() {
        assertThat(free(store).claimFirst(piece -> taken(piece, "me")))
                .as("where nothing is")
                .isEmpty();
        fill(0, 3);
        Optional<Document<Item>> first = free(store).limit(2).claimFirst(piece -> taken(piece, "me"));
        assertThat(first).map(Document::id).contains(id(0));
        assertThat(first).contains(existing(work(store), id(0)));
        assertThat(ids(free(store).list())).as("what is left").isEqualTo(ids(1, 3));
    }

    @Proves(Clause.K1)
    void bodiesThatFillAChunkAreClaimedToo() {
        String payload = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            work(store).put(id(i), piece(i).withPayload(payload));
        }
        assertThat(ids(free(store).limit(18).claim(piece -> taken(piece, "me"))))
                .as("what was claimed")
                .isEqualTo(ids(0, 18));
    }

    @Proves(Clause.K3)
    void whoIsAloneGetsWhatWasWrittenJustBefore() throws Exception {
        Store other = second();
        fill(100, 110);
        // Each comes before all others, by the one handle or the other.
        for (int i = 40; i > 0; i--) {
            DocumentCollection<Item> writer = work(i % 2 == 0 ? store : other);
            writer.put(id(i), piece(i));
            Store claimer = i % 3 == 0 ? store : other;
            assertThat(free(claimer).claimFirst(piece -> taken(piece, "me")))
                    .as("claimed right after it was written")
                    .map(Document::id)
                    .contains(id(i));
        }
        for (int i = 100; i < 110; i++) {
            work(store).update(id(i), piece -> taken(piece, "somebody"));
            Optional<Document<Item>> next = free(other).claimFirst(piece -> taken(piece, "me"));
            assertThat(next.map(Document::id))
                    .as("claimed right after the one before was taken")
                    .isEqualTo(i < 109 ? Optional.of(id(++i)) : Optional.empty());
        }
    }

    @Proves(Clause.K5)
    void whoLostItCannotEndIt() throws Exception {
        fill(0, 2);
        DocumentCollection<Item> mine = work(store);
        for (int i = 0; i < 2; i++) {
            Document<Item> late =
                    free(store).claimFirst(piece -> taken(piece, "me")).orElseThrow();
            // The lease is over, and another one takes it.
            Document<Item> theirs = work(second())
                    .where(Item.TEXT.eq("me"))
                    .orderBy(Item.TIME.asc())
                    .claimFirst(piece -> taken(piece, "another"))
                    .orElseThrow();
            assertThat(theirs.id()).isEqualTo(late.id());
            assertThatThrownBy(() -> mine.replace(late)).isInstanceOf(VersionConflictException.class);
            assertThatThrownBy(() -> mine.delete(late)).isInstanceOf(VersionConflictException.class);
            assertThat(existing(mine, late.id())).as("what is there").isEqualTo(theirs);
            assertThat(mine.delete(theirs))
                    .as("whether it was deleted by who has it")
                    .isTrue();
            assertThat(mine.delete(late)).as("whether it was deleted again").isFalse();
        }
    }

    @Proves(Clause.K6)
    void theStoresClockGivesVersions() throws Exception {
        Store other = second();
        long allowed = Micros.of(Instant.EPOCH.plus(Duration.ofSeconds(1)));
        Instant last = Instant.EPOCH;
        for (int i = 0; i < 5; i++) {
            Store by = i % 2 == 0 ? store : other;
            Instant before = by.now();
            long version =
                    work(i % 3 == 0 ? store : other).put("v" + i, Item.NOTHING).version();
            Instant after = by.now();
            // A server's clock is reckoned on from when it was asked.
            assertThat(version)
                    .as("a version that was given between %s and %s", before, after)
                    .isBetween(Micros.of(before) - allowed, Micros.of(after) + allowed);
            assertThat(before).as("the time, as one handle says it").isBeforeOrEqualTo(after);
            assertThat(before).as("the time").isAfter(last.minusSeconds(1));
            last = after;
        }
    }

    @Proves(Clause.K6)
    void aClockThatWasGivenIsTheStores() throws Exception {
        Instant time = Instant.parse("2031-02-03T04:05:06.123456789Z");
        SettableClock clock = new SettableClock(time);
        startWith(config -> config.clock(clock));
        assertThat(store.now()).isEqualTo(Instant.parse("2031-02-03T04:05:06.123456Z"));
        clock.advanceSeconds(100);
        assertThat(store.now()).isEqualTo(Instant.parse("2031-02-03T04:06:46.123456Z"));
        clock.set(time);
        assertThat(store.now()).isEqualTo(Instant.parse("2031-02-03T04:05:06.123456Z"));
    }

    @Proves(Clause.K7)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionsClaimIsUndoneWithIt() throws Exception {
        fill(0, 20);
        Store other = second();
        RuntimeException undo = new IllegalStateException("undo");
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    DocumentCollection<Item> inside = tx.collection(itemSchema());
                    inside.put(id(500), piece(-1));
                    List<Document<Item>> claimed = inside.where(Item.COLOR.eq(Item.Color.RED))
                            .orderBy(Item.TIME.asc())
                            .limit(5)
                            .claim(piece -> taken(piece, "me"));
                    List<String> wanted = new ArrayList<>(List.of(id(500)));
                    wanted.addAll(ids(0, 4));
                    assertThat(ids(claimed)).as("claimed inside").isEqualTo(wanted);
                    assertThat(inside.where(Item.TEXT.eq("me")).count())
                            .as("seen inside")
                            .isEqualTo(5);
                    assertThat(inside.where(Item.COLOR.eq(Item.Color.RED))
                                    .orderBy(Item.TIME.asc())
                                    .claimFirst(piece -> taken(piece, "me")))
                            .map(Document::id)
                            .contains(id(4));
                    throw undo;
                }))
                .isSameAs(undo);
        assertThat(ids(free(other).list())).as("what is left after that").isEqualTo(ids(0, 20));
        store.runTransaction(tx -> assertThat(ids(tx.collection(itemSchema())
                        .where(Item.COLOR.eq(Item.Color.RED))
                        .orderBy(Item.TIME.asc())
                        .limit(3)
                        .claim(piece -> taken(piece, "me"))))
                .isEqualTo(ids(0, 3)));
        assertThat(ids(free(other).list())).as("what is left").isEqualTo(ids(3, 20));
    }

    @Proves(Clause.K9)
    void whatTheFunctionThrowsChangesNothing() {
        fill(0, 10);
        List<Document<Item>> before = work(store).query().list();
        RuntimeException failure = new IllegalStateException("no");
        assertThatThrownBy(() -> free(store).limit(5).claim(piece -> {
                    if (number(piece) == 3) {
                        throw failure;
                    }
                    return taken(piece, "me");
                }))
                .isSameAs(failure);
        assertThatThrownBy(() -> free(store).limit(5).claim(piece -> number(piece) == 3 ? null : taken(piece, "me")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(id(3));
        assertThat(work(store).query().list()).as("what is there").isEqualTo(before);
        // Nothing of that keeps the next one from them.
        assertThat(ids(free(store).limit(10).claim(piece -> taken(piece, "me"))))
                .isEqualTo(ids(0, 10));
    }

    @Proves(Clause.K9)
    void whatWasClaimedBeforeAFailureIsReturned() {
        fill(0, 700);
        List<Document<Item>> claimed = free(store).limit(700).claim(piece -> {
            if (number(piece) == 690) {
                throw new IllegalStateException("no");
            }
            return taken(piece, "me");
        });
        List<Document<Item>> changed = work(store).where(Item.TEXT.eq("me")).orderBy(Item.TIME.asc()).stream()
                .toList();
        assertThat(claimed).as("what was returned").isEqualTo(changed).isNotEmpty();
    }

    @Proves(Clause.K9)
    @Needs(Capability.UNIQUE_INDEXES)
    void whatIsRefusedIsThrownUnlessSomeWereClaimed() {
        fill(0, 3);
        work(store).put("x", Item.NOTHING.withCode("one"));
        assertThatThrownBy(
                        () -> free(store).claimFirst(piece -> taken(piece, "me").withCode("one")))
                .isInstanceOf(UniqueViolationException.class);
        List<Document<Item>> claimed = free(store).limit(3).claim(piece -> {
            Item changed = taken(piece, "me");
            return number(piece) == 1 ? changed.withCode("one") : changed;
        });
        List<String> all = work(store).where(Item.TEXT.eq("me")).orderBy(Item.TIME.asc()).stream()
                .map(Document::id)
                .toList();
        assertThat(ids(claimed)).as("what was claimed beside what was refused").isEqualTo(all);
        assertThat(all).contains(id(0)).doesNotContain(id(1));
    }

    @Proves(Clause.K9)
    void claimsThatMakeNoSenseAreRefused() {
        fill(0, 3);
        String cursor = free(store).limit(1).page().nextCursor();
        assertThatThrownBy(() -> free(store).claim(piece -> piece))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> free(store).limit(1).startAfter(cursor).claim(piece -> piece))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cursor");
        assertThatThrownBy(() -> free(store).startAfter(cursor).claimFirst(piece -> piece))
                .isInstanceOf(IllegalStateException.class);
        assertThat(IntStream.range(0, 3)
                        .allMatch(i -> existing(work(store), id(i)).value().equals(piece(i))))
                .as("whether all is as it was")
                .isTrue();
    }
}
