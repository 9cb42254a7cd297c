package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Group W: what unique indexes forbid, and what they do not. */
public abstract class UniqueClauses extends ClauseGroup {

    private static final Item ONE = Item.of("one").withCode("1");
    private static final Item TWO = Item.of("two").withCode("2");

    /** Three unique indexes in an order that is not that of their names. */
    private static final Schema<Item> THREE = Schema.of("three", Item.class)
            .uniqueIndex(Item.TEXT)
            .uniqueIndex(Item.CODE)
            .uniqueIndex(Item.NUMBER);

    private static final Schema<Item> PAIRS = Schema.of("pairs", Item.class).uniqueIndex(Item.CODE, Item.NUMBER.desc());

    protected UniqueClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W16)
    @Needs(Capability.UNIQUE_INDEXES)
    void everyVerbRefusesAValueThatAnotherDocumentHas() {
        items().insert("a", ONE);
        Document<Item> two = items().insert("b", TWO);
        requireRefused("c", () -> items().insert("c", ONE));
        requireRefused("c", () -> items().put("c", ONE));
        requireRefused("b", () -> items().put("b", ONE));
        requireRefused("b", () -> items().replace(two.withValue(ONE)));
        requireRefused("b", () -> items().update("b", found -> ONE));
        requireRefused("b", () -> items().compute("b", found -> Optional.of(ONE)));
        requireRefused("c", () -> items().compute("c", found -> Optional.of(ONE)));
    }

    @Proves(Clause.W16)
    @Needs(Capability.UNIQUE_INDEXES)
    void anIndexOverTwoFieldsForbidsThePairAlone() {
        DocumentCollection<Item> pairs = store.collection(PAIRS);
        pairs.insert("a", ONE.withNumber(1));
        pairs.insert("b", ONE.withNumber(2));
        pairs.insert("c", TWO.withNumber(1));
        UniqueViolationException refused =
                thrown(UniqueViolationException.class, () -> pairs.insert("d", ONE.withNumber(2)));
        assertThat(refused.fields()).containsExactly("code", "number");
    }

    @Proves(Clause.W16)
    @Needs(Capability.UNIQUE_INDEXES)
    void textsThatDifferInAnyCodePointAreNotTheSame() {
        for (String code : new String[] {"a", "A", "a ", " a", "\u00e9", "e\u0301", "", "ss", "\u00df"}) {
            items().insert("id of '" + code + "'", Item.NOTHING.withCode(code));
        }
        assertThat(items().query().count()).isEqualTo(9);
    }

    @Proves(Clause.W16)
    @Needs(Capability.UNIQUE_INDEXES)
    void zeroAndMinusZeroAreTheSame() {
        DocumentCollection<Item> reals =
                store.collection(Schema.of("reals", Item.class).uniqueIndex(Item.REAL));
        reals.insert("a", Item.NOTHING.withReal(0.0));
        assertThat(thrown(UniqueViolationException.class, () -> reals.insert("b", Item.NOTHING.withReal(-0.0))))
                .as("thrown( UniqueViolationException.class, () -> reals.insert('b', Item.NOTHING.withReal(-0.0)))")
                .isNotNull();
    }

    @Proves(Clause.W17)
    @Needs(Capability.UNIQUE_INDEXES)
    void theFirstViolatedIndexIsNamed() {
        DocumentCollection<Item> three = store.collection(THREE);
        three.insert("a", ONE.withNumber(1));
        three.insert("b", TWO.withNumber(2));
        assertThat(violated(() -> three.insert("c", ONE.withNumber(1)))).isEqualTo("text");
        assertThat(violated(() -> three.insert("c", ONE.withNumber(1).withText("free"))))
                .isEqualTo("code");
        assertThat(violated(() -> three.insert("c", Item.ofNumber(1)))).isEqualTo("number");
    }

    @Proves(Clause.W17)
    @Needs(Capability.UNIQUE_INDEXES)
    void theFirstViolatedIndexIsNamedWhoeverHasItsValue() {
        DocumentCollection<Item> three = store.collection(THREE);
        three.insert("a", Item.ofNumber(1));
        three.insert("b", Item.NOTHING.withCode("2"));
        three.insert("c", Item.of("three"));
        Item all = Item.of("three").withCode("2").withNumber(1);
        assertThat(violated(() -> three.put("d", all))).isEqualTo("text");
        assertThat(violated(() -> three.put("c", all))).isEqualTo("code");
        assertThat(violated(() -> three.update("b", found -> all.withText("free"))))
                .isEqualTo("number");
    }

    @Proves(Clause.W18)
    void aDuplicateIdWinsOverAUniqueViolation() {
        items().insert("a", ONE);
        items().insert("b", TWO);
        assertThat(thrown(DuplicateIdException.class, () -> items().insert("a", ONE)))
                .as("thrown(DuplicateIdException.class, () -> items().insert('a', ONE))")
                .isNotNull();
        assertThat(thrown(DuplicateIdException.class, () -> items().insert("a", TWO)))
                .as("thrown(DuplicateIdException.class, () -> items().insert('a', TWO))")
                .isNotNull();
    }

    @Proves(Clause.W18)
    void aDuplicateIdWinsInABulkInsertToo() {
        items().insert("a", ONE);
        items().insert("b", TWO);
        BulkResult result = items().insertAll(Stream.of(TWO), item -> "a", OnConflict.FAIL);
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.reason()).isInstanceOf(DuplicateIdException.class));
    }

    @Proves(Clause.W19)
    @Needs(Capability.UNIQUE_INDEXES)
    void nullsDoNotCollide() {
        items().insert("a", Item.NOTHING);
        items().insert("b", Item.NOTHING);
        items().put("c", Item.NOTHING);
        assertThat(items().query().count()).isEqualTo(3);
    }

    @Proves(Clause.W19)
    @Needs(Capability.UNIQUE_INDEXES)
    void pairsWithANullDoNotCollide() {
        DocumentCollection<Item> pairs = store.collection(PAIRS);
        for (int i = 0; i < 2; i++) {
            pairs.insert("code " + i, ONE);
            pairs.insert("number " + i, Item.ofNumber(1));
            pairs.insert("none " + i, Item.NOTHING);
        }
        assertThat(pairs.query().count()).isEqualTo(6);
    }

    @Proves(Clause.W20)
    @Needs(Capability.TRANSACTIONS)
    void aDeleteSetsTheValueFree() {
        items().insert("a", ONE);
        items().delete("a");
        items().insert("b", ONE);
        items().query().deleteAll();
        items().insert("c", ONE);
        assertThat(items().where(Item.CODE.eq("1")).list())
                .extracting(Document::id)
                .containsExactly("c");
    }

    @Proves(Clause.W20)
    void anOverwriteSetsTheValueFree() {
        Document<Item> a = items().insert("a", ONE);
        items().replace(a.withValue(TWO));
        items().insert("b", ONE);
        items().update("b", found -> found.withCode(null));
        items().put("c", ONE);
        assertThat(items().where(Item.CODE.eq("1")).list())
                .extracting(Document::id)
                .containsExactly("c");
    }

    @Proves(Clause.W20)
    @Needs(Capability.TRANSACTIONS)
    void aValueThatATransactionSetsFreeIsFreeInIt() {
        items().insert("a", ONE);
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).delete("a");
            tx.collection(itemSchema()).insert("b", ONE);
        });
        assertThat(items().query().list()).extracting(Document::id).containsExactly("b");
    }

    @Proves(Clause.W21)
    void aDocumentKeepsItsOwnValue() {
        Document<Item> a = items().insert("a", ONE);
        items().replace(a.withValue(ONE.withText("replaced")));
        items().put("a", ONE.withText("put"));
        items().update("a", found -> found.withText("updated"));
        assertThat(existing(items(), "a").value()).isEqualTo(ONE.withText("updated"));
    }

    @Proves(Clause.W21)
    @Needs(Capability.UNIQUE_INDEXES)
    void aPutTakesNoOtherDocumentsPlace() {
        Document<Item> a = items().insert("a", ONE);
        Document<Item> b = items().insert("b", TWO);
        requireRefused("a", () -> items().put("a", TWO));
        requireRefused("c", () -> items().put("c", TWO));
        assertThat(items().query().list()).containsExactly(a, b);
    }

    @Proves(Clause.W21)
    @Needs(Capability.TRANSACTIONS)
    void twoDocumentsSwapTheirValuesInATransaction() {
        items().insert("a", ONE);
        items().insert("b", TWO);
        store.runTransaction(tx -> {
            DocumentCollection<Item> items = tx.collection(itemSchema());
            items.put("a", ONE.withCode("for a moment"));
            items.put("b", TWO.withCode("1"));
            items.put("a", ONE.withCode("2"));
        });
        assertThat(items().where(Item.CODE.eq("1")).first().orElseThrow().id()).isEqualTo("b");
        assertThat(items().where(Item.CODE.eq("2")).first().orElseThrow().id()).isEqualTo("a");
    }

    private static String violated(Runnable verb) {
        return thrown(UniqueViolationException.class, verb::run).index();
    }

    private static void requireRefused(String id, Runnable verb) {
        UniqueViolationException refused = thrown(UniqueViolationException.class, verb::run);
        assertThat(refused).as("the write of %s", id).isNotNull();
        assertThat(refused.collection()).isEqualTo("items");
        assertThat(refused.id()).isEqualTo(id);
        assertThat(refused.index()).isEqualTo("code");
        assertThat(refused.fields()).containsExactly("code");
    }
}
