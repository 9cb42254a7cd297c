package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Upgrade;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.MayWarn;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group S: documents that cannot be brought to a new revision are set aside. */
@Needs(Capability.TRANSACTIONS)
public abstract class AsideClauses extends ClauseGroup {

    private static final Schema<String> FIRST = Schema.of("docs", Letters.RAW);
    private static final Schema<String> ASIDE = Schema.of("docs_aside", Letters.RAW);

    private static final Upgrade READABLE = body -> {
        if (body.startsWith("bad")) {
            throw new IllegalStateException("bad");
        }
        return body + "!";
    };

    private static final Schema<String> SECOND = FIRST.revision(2).upgrade(1, READABLE);

    /** What ends a program in the middle of its work. */
    private static final class Broken extends Error {

        private static final long serialVersionUID = 1L;
    }

    private static final Instant NOW = Instant.parse("2031-05-06T07:08:09Z");

    private final SettableClock clock = new SettableClock(NOW);

    protected AsideClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Override
    protected void configure(StoreConfig.Builder config) {
        config.clock(clock);
    }

    /** As what was deleted is: however far the clock is set back, and by whichever way the document is written anew. */
    @Proves(Clause.W34)
    @MayWarn
    void whatIsWrittenAnewInItsPlaceHasAGreaterVersion() {
        List<Document<String>> old = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            clock.advanceSeconds(3_600);
            old.add(store.collection(FIRST).put("d" + i, "bad"));
        }
        Schema<String> next = SECOND.setAside("docs_aside");
        DocumentCollection<String> docs = store.collection(next);
        assertThat(docs.query().count()).as("documents that could be upgraded").isZero();
        clock.set(NOW);
        List<Document<String>> anew = List.of(
                docs.insert("d0", "new"),
                docs.put("d1", "new"),
                docs.compute("d2", was -> Optional.of("new")).orElseThrow(),
                store.transaction(tx -> tx.collection(next).put("d3", "new")));
        for (int i = 0; i < anew.size(); i++) {
            assertThat(anew.get(i).version())
                    .as("the version of what was written anew under an id that was set aside")
                    .isGreaterThan(old.get(i).version());
        }
    }

    @Proves(Clause.S36)
    @MayWarn
    void whatCannotBeUpgradedIsSetAsideAsItWas() throws Exception {
        DocumentCollection<String> docs = store.collection(FIRST);
        docs.insertAll(IntStream.range(0, 300).mapToObj(i -> i + " good"), text -> "g" + text, OnConflict.FAIL);
        docs.insertAll(IntStream.range(0, 250).mapToObj(i -> "bad " + i), text -> text, OnConflict.FAIL);
        docs.update("bad 7", text -> text + " again");
        List<Document<String>> before = docs.query().stream().toList();
        assertThatThrownBy(() -> store.collection(SECOND)).isInstanceOf(SchemaException.class);
        assertThat(docs.query().stream().toList())
                .as("documents after a refusal")
                .isEqualTo(before);
        DocumentCollection<String> upgraded = second().collection(SECOND.setAside("docs_aside"));
        assertThat(upgraded.query().stream().toList())
                .hasSize(300)
                .allSatisfy(found -> assertThat(found.value()).endsWith("good!"));
        assertThat(store.collection(ASIDE).query().stream().toList())
                .as("what was set aside")
                .isEqualTo(before.stream()
                        .filter(one -> one.value().startsWith("bad"))
                        .toList());
    }

    @Proves(Clause.S36)
    @MayWarn
    void whatWasSetAsideBeforeStaysBesideAnotherOfItsId() {
        String long255 = "x".repeat(253) + "é";
        Schema<String> third = FIRST.revision(3)
                .upgrade(1, READABLE)
                .upgrade(2, body -> {
                    if (body.startsWith("worse")) {
                        throw new IllegalStateException("worse");
                    }
                    return body;
                })
                .setAside("docs_aside");
        store.collection(FIRST).insert("a", "bad 1");
        store.collection(FIRST).insert(long255, "bad 2");
        DocumentCollection<String> second = store.collection(SECOND.setAside("docs_aside"));
        second.insert("a", "worse 1");
        second.insert("a~2", "worse 2");
        second.insert(long255, "worse 3");
        second.insert("b", "good");
        assertThat(store.collection(third).query().list())
                .extracting(Document::id)
                .containsExactly("b");
        DocumentCollection<String> aside = store.collection(ASIDE);
        assertThat(aside.query().list())
                .extracting(Document::value)
                .containsExactlyInAnyOrder("bad 1", "bad 2", "worse 1", "worse 2", "worse 3");
        assertThat(existing(aside, "a").value()).isEqualTo("bad 1");
        assertThat(existing(aside, long255).value()).isEqualTo("bad 2");
        assertThat(aside.get("a~2")).as("aside.get('a~2')").isPresent();
        assertThat(aside.get("x".repeat(253) + "~2").orElseThrow().value()).isEqualTo("worse 3");
    }

    @Proves(Clause.S36)
    @MayWarn
    void whatBreaksOffHasSetNothingAside() throws Exception {
        fillGoodAndBad();
        List<Document<String>> before = store.collection(FIRST).query().stream().toList();
        AtomicInteger calls = new AtomicInteger();
        Upgrade breaking = body -> {
            // The first failure is met once, and then all begins again: this is deep in the second round.
            if (calls.incrementAndGet() > 250) {
                throw new Broken();
            }
            return READABLE.apply(body);
        };
        Schema<String> broken = FIRST.revision(2).upgrade(1, breaking).setAside("docs_aside");
        assertThatThrownBy(() -> second().collection(broken)).isInstanceOf(Broken.class);
        requireNothingSetAside(before);
        assertThat(store.collection(SECOND.setAside("docs_aside")).query().count())
                .isEqualTo(50);
        assertThat(store.collection(ASIDE).query().list())
                .hasSize(250)
                .allSatisfy(found -> assertThat(found.value()).isEqualTo(found.id()));
    }

    @Proves(Clause.S36)
    @Needs(Capability.UNIQUE_INDEXES)
    @MayWarn
    void aViolationHasSetNothingAside() throws Exception {
        fillGoodAndBad();
        store.collection(FIRST).insert("same 1", "same");
        store.collection(FIRST).insert("same 2", "same");
        List<Document<String>> before = store.collection(FIRST).query().stream().toList();
        Schema<String> unique = Schema.of("docs", Letters.RAW)
                .uniqueIndex(TextField.of("text", text -> text))
                .revision(2)
                .upgrade(1, READABLE)
                .setAside("docs_aside");
        assertThatThrownBy(() -> second().collection(unique))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'same 1'")
                .hasMessageContaining("'same 2'");
        requireNothingSetAside(before);
    }

    @Proves(Clause.S36)
    @MayWarn
    void whatWouldVanishInAnotherDocumentHasSetNothingAside() throws Exception {
        store.collection(Letters.FIRST).insert("a", Letters.first(1));
        store.collection(Letters.FIRST).insert("b", Letters.first(2));
        store.collection(Letters.FIRST).insert("c", Letters.first(3));
        List<Document<Letters.First>> before =
                store.collection(Letters.FIRST).query().list();
        JsonUpgrade forgetful = Letters.numbered(JsonUpgrade.start().rename("title", "headline"), 1);
        Upgrade failing = body -> {
            if (body.contains("letter 1")) {
                throw new IllegalStateException("1");
            }
            return forgetful.apply(body);
        };
        Schema<Letters.Third> third = Letters.third(Upgrade.dropping(failing, "title"), Letters.TO_THIRD);
        assertThatThrownBy(() -> second().collection(third.setAside("letters_aside")))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'colour' of 2 documents ('b', 'c')");
        assertThat(store.collection(Letters.FIRST).query().list()).isEqualTo(before);
        requireOnly("letters");
    }

    private void fillGoodAndBad() {
        DocumentCollection<String> docs = store.collection(FIRST);
        docs.insertAll(IntStream.range(0, 50).mapToObj(i -> i + " good"), text -> "g" + text, OnConflict.FAIL);
        docs.insertAll(IntStream.range(0, 250).mapToObj(i -> "bad " + i), text -> text, OnConflict.FAIL);
    }

    /** Also not an empty collection. */
    private void requireNothingSetAside(List<Document<String>> before) {
        assertThat(store.collection(FIRST).query().stream().toList())
                .as("documents after a refusal")
                .isEqualTo(before);
        requireOnly("docs");
        store.collection(FIRST).insert("new", "bad too");
        store.collection(FIRST).delete("new");
    }

    private void requireOnly(String collection) {
        if (has(Capability.SNAPSHOTS)) {
            assertThat(store.summaries()).extracting(CollectionSummary::name).containsExactly(collection);
        }
    }

    @Proves(Clause.S36)
    @MayWarn
    void aPropertyThatWouldVanishIsNotSetAside() {
        store.collection(Letters.FIRST).insert("a", Letters.first(1));
        store.collection(Letters.FIRST).insert("b", Letters.first(2));
        JsonUpgrade forgetful = Letters.numbered(JsonUpgrade.start().rename("title", "headline"), 1);
        assertThatThrownBy(() -> store.collection(
                        Letters.third(forgetful, Letters.TO_THIRD).setAside("letters_aside")))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'colour' of 2 documents ('a', 'b')");
        assertThat(store.collection(Letters.FIRST).query().count()).isEqualTo(2);
    }

    @Proves(Clause.S36)
    @MayWarn
    void aCollectionOfOtherDocumentsTakesNone() {
        store.collection(FIRST).insert("a", "bad");
        store.collection(Letters.FIRST).insert("l", Letters.first(1));
        assertThatThrownBy(() -> store.collection(SECOND.setAside("letters")))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("letters");
        assertThat(existing(store.collection(FIRST), "a").value()).isEqualTo("bad");
        assertThatThrownBy(() -> SECOND.setAside("docs")).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> SECOND.setAside("Not a name")).isInstanceOf(SchemaException.class);
    }
}
