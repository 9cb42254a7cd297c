package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Upgrade;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.schemas.Letters.First;
import dev.pagurus.store.tck.schemas.Letters.Third;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Group S: upgrades that change what is in the documents. */
public abstract class BodyUpgradeClauses extends ClauseGroup {

    /** More than a batch of any engine that was met so far. */
    private static final int DOCUMENTS = 1_100;

    private static final Upgrade TEN_TIMES = body -> body.repeat(10);

    protected BodyUpgradeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    public void fill() {
        store.collection(Letters.FIRST)
                .insertAll(
                        IntStream.range(0, DOCUMENTS).mapToObj(Letters::first),
                        letter -> "l" + letter.price(),
                        OnConflict.FAIL);
    }

    @Proves(Clause.S28)
    void everyBodyAndItsFieldsAreThoseOfTheNewRevision() throws Exception {
        Store other = second();
        for (DocumentCollection<Third> letters :
                List.of(store.collection(Letters.THIRD), other.collection(Letters.THIRD))) {
            requireAll(letters);
            assertThat(letters.where(Letters.HEADLINE.eq("letter 7 1 2")).list())
                    .extracting(Document::id)
                    .containsExactly("l7");
            assertThat(letters.where(Letters.CENTS.gte(DOCUMENTS / 2)).count()).isEqualTo(DOCUMENTS / 2);
            assertThat(letters.where(Letters.HEADLINE.startsWith("letter ").and(Letters.CENTS.eq(7)))
                            .count())
                    .isEqualTo(1);
        }
        store.collection(Letters.THIRD).update("l7", found -> new Third("other", 7, "card"));
        assertThat(existing(other.collection(Letters.THIRD), "l7").value()).isEqualTo(new Third("other", 7, "card"));
    }

    @Proves(Clause.S28)
    void idVersionAndCreationTimeStay() {
        store.collection(Letters.FIRST).update("l7", found -> new First("letter 7", null, 7));
        List<String> before =
                identities(store.collection(Letters.FIRST).query().stream().toList());
        assertThat(identities(store.collection(Letters.THIRD).query().stream().toList()))
                .as("ids, versions and creation times")
                .isEqualTo(before);
    }

    @Proves(Clause.S28)
    void aCollectionWithoutFieldsIsUpgradedToo() throws Exception {
        Schema<String> plain = Schema.of("plain", Letters.RAW);
        store.collection(plain).insert("a", "{\"x\":1}");
        store.collection(plain).insert("b", "{\"y\":1}");
        Schema<String> next = plain.revision(2).upgrade(1, JsonUpgrade.start().rename("x", "z"));
        for (Store handle : List.of(store, second())) {
            assertThat(existing(handle.collection(next), "a").value()).isEqualTo("{\"z\":1}");
            assertThat(existing(handle.collection(next), "b").value()).isEqualTo("{\"y\":1}");
        }
    }

    @Proves(Clause.S28)
    void bodiesGrowAndShrink() {
        Schema<String> sizes = Schema.of("sizes", Letters.RAW);
        List<Integer> lengths = List.of(1, 100, 1_999, 2_500, 9_000, 100_000);
        lengths.forEach(length -> store.collection(sizes).insert("s" + length, "x".repeat(length)));
        TextField<String> size = TextField.of("size", text -> String.valueOf(text.length()));
        DocumentCollection<String> grown =
                store.collection(sizes.index(size).revision(2).upgrade(1, TEN_TIMES));
        DocumentCollection<String> shrunk = store.collection(sizes.index(size)
                .revision(3)
                .upgrade(1, TEN_TIMES)
                .upgrade(2, body -> body.substring(0, body.length() / 10)));
        for (int length : lengths) {
            assertThat(existing(shrunk, "s" + length).value()).isEqualTo("x".repeat(length));
            assertThat(shrunk.where(size.eq(String.valueOf(length))).count()).isEqualTo(1);
        }
        assertThatThrownBy(() -> grown.where(size.eq("10")).count()).isInstanceOf(SchemaException.class);
    }

    @Proves(Clause.S29)
    void eachRevisionGoesThroughItsOwnFunctions() {
        DocumentCollection<Letters.Second> second = store.collection(Letters.SECOND);
        assertThat(existing(second, "l7").value()).isEqualTo(new Letters.Second("letter 7 1", 7));
        second.insert("new", new Letters.Second("new", 9_000));
        DocumentCollection<Third> third = store.collection(Letters.THIRD);
        assertThat(existing(third, "l7").value()).isEqualTo(Letters.third(7));
        assertThat(existing(third, "new").value()).isEqualTo(new Third("new 2", 9_000, "letter"));
        assertThat(third.query().count()).isEqualTo(DOCUMENTS + 1);
    }

    @Proves(Clause.S29)
    void whoOpensItAgainUpgradesNothing() throws Exception {
        store.collection(Letters.THIRD);
        requireAll(second().collection(Letters.THIRD));
        store.collection(Letters.THIRD).insert("new", new Third("new", -1, "card"));
        assertThat(existing(reopen().collection(Letters.THIRD), "new").value()).isEqualTo(new Third("new", -1, "card"));
    }

    /** Which of its documents the new revision has is said by the number behind each: all of them, or none. */
    @Proves(Clause.S30)
    @Needs(Capability.SNAPSHOTS)
    void aReaderSeesAllOfTheOldOrAllOfTheNew() throws Exception {
        Store upgrading = second();
        DocumentCollection<First> reading = store.collection(Letters.FIRST);
        AtomicBoolean done = new AtomicBoolean();
        CountDownLatch started = new CountDownLatch(1);
        Elsewhere<Integer> reader = Elsewhere.start(() -> {
            int reads = 0;
            while (!done.get()) {
                try {
                    assertThat(reading.query().list())
                            .as("what who knows the old revision finds while it is upgraded")
                            .hasSize(DOCUMENTS)
                            .allSatisfy(found -> assertThat(found.value().price())
                                    .isEqualTo(Long.parseLong(found.id().substring(1))));
                    reads++;
                } catch (SchemaException e) {
                    break;
                } finally {
                    started.countDown();
                }
            }
            return reads;
        });
        Elsewhere.await(started);
        DocumentCollection<Third> upgraded = upgrading.collection(Letters.THIRD);
        requireAll(upgraded);
        requireAll(store.collection(Letters.THIRD));
        done.set(true);
        assertThat(reader.result()).as("how often it was read").isPositive();
    }

    @Proves(Clause.S30)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotKeepsTheBodiesThatItBeganWith() throws Exception {
        Store upgrading = second();
        Elsewhere<Boolean> upgrade = store.snapshot(view -> {
            List<Document<First>> before =
                    view.collection(Letters.FIRST).query().list();
            Elsewhere<Boolean> running = Elsewhere.start(() -> {
                upgrading.collection(Letters.THIRD);
                return true;
            });
            // An engine may have the upgrade wait for the snapshot.
            running.within(Duration.ofMillis(300));
            assertThat(view.collection(Letters.FIRST).query().list()).isEqualTo(before);
            assertThat(existing(view.collection(Letters.FIRST), "l7").value()).isEqualTo(Letters.first(7));
            return running;
        });
        assertThat(upgrade.result()).as("upgrade.result()").isTrue();
        requireAll(upgrading.collection(Letters.THIRD));
    }

    @Proves(Clause.S30)
    void whatIsWrittenUntilTheUpgradeIsUpgradedToo() throws Exception {
        Store upgrading = second();
        DocumentCollection<First> old = store.collection(Letters.FIRST);
        CountDownLatch started = new CountDownLatch(1);
        Elsewhere<Integer> writer = Elsewhere.start(() -> {
            int written = 0;
            try {
                while (true) {
                    old.put("l" + (DOCUMENTS + written), Letters.first(DOCUMENTS + written));
                    old.put("l" + written % DOCUMENTS, Letters.first(written % DOCUMENTS));
                    written++;
                    started.countDown();
                }
            } catch (SchemaException e) {
                return written;
            }
        });
        Elsewhere.await(started);
        DocumentCollection<Third> upgraded = upgrading.collection(Letters.THIRD);
        int written = writer.result();
        for (Document<Third> found : upgraded.query().stream().toList()) {
            int number = Integer.parseInt(found.id().substring(1));
            assertThat(found.value()).as("document '%s'", found.id()).isEqualTo(Letters.third(number));
            assertThat(number).as("numbers of what was written").isLessThanOrEqualTo(DOCUMENTS + written);
        }
        assertThat(upgraded.query().count()).isBetween((long) DOCUMENTS + written, DOCUMENTS + written + 1L);
        assertThat(upgraded.where(Letters.CENTS.gte(DOCUMENTS)).count()).isBetween((long) written, written + 1L);
    }

    @Proves(Clause.S31)
    void severalHandlesUpgradeAtOnceAndEachDocumentOnce() throws Exception {
        List<Store> handles = new ArrayList<>(List.of(store, second(), second()));
        Race.run(6, number -> requireAll(handles.get(number % 3).collection(Letters.THIRD)));
        requireAll(store.collection(Letters.THIRD));
    }

    @Proves(Clause.S31)
    void severalHandlesUpgradeToDifferentRevisionsAtOnce() throws Exception {
        List<Store> handles = new ArrayList<>(List.of(store, second(), second(), second()));
        for (int round = 0; round < 8; round++) {
            String name = "round_" + round;
            store.collection(Letters.firstOf(name)).insert("l7", Letters.first(7));
            Schema<Third> third =
                    Letters.thirdOf(name).upgrade(1, Letters.TO_SECOND).upgrade(2, Letters.TO_THIRD);
            Schema<Letters.Second> second = Letters.secondOf(name);
            Race.run(4, number -> {
                try {
                    Schema<?> next = number < 2 ? third : second;
                    handles.get(number).collection(next);
                } catch (SchemaException e) {
                    assertThat(number)
                            .as("who is refused, with: %s", e.getMessage())
                            .isGreaterThan(1);
                    assertThat(e).hasMessageContaining("revision 3");
                }
            });
            assertThat(existing(store.collection(third), "l7").value())
                    .as("round %s", round)
                    .isEqualTo(Letters.third(7));
        }
    }

    @Proves(Clause.S39)
    void aBodyThatNoFunctionChangesStaysByteForByte() {
        Schema<String> raw = Schema.of("raw", Letters.RAW);
        String odd = " {\"a\" : 1.50,\t\"b\":\"\\u00e9\" }\n";
        store.collection(raw).insert("odd", odd);
        store.collection(raw).insert("other", "{\"x\":1}");
        store.collection(raw).insert("empty", "{}");
        TextField<String> length = TextField.of("length", text -> "" + text.length());
        DocumentCollection<String> upgraded = store.collection(raw.index(length)
                .revision(3)
                .upgrade(1, JsonUpgrade.start().rename("x", "z").drop("nowhere"))
                .upgrade(2, Upgrade.NONE));
        assertThat(existing(upgraded, "odd").value()).isEqualTo(odd);
        assertThat(existing(upgraded, "empty").value()).isEqualTo("{}");
        assertThat(existing(upgraded, "other").value()).isEqualTo("{\"z\":1}");
        assertThat(upgraded.where(length.eq("" + odd.length())).count()).isEqualTo(1);
    }

    private static void requireAll(DocumentCollection<Third> letters) {
        List<Document<Third>> found = letters.query().stream().toList();
        assertThat(found).as("documents after the upgrade").hasSize(DOCUMENTS);
        for (Document<Third> one : found) {
            int number = Integer.parseInt(one.id().substring(1));
            assertThat(one.value()).as("document '%s'", one.id()).isEqualTo(Letters.third(number));
        }
    }

    private static <T> List<String> identities(List<Document<T>> documents) {
        return documents.stream()
                .map(one -> one.id() + " " + one.version() + " " + one.createdAt())
                .toList();
    }
}
