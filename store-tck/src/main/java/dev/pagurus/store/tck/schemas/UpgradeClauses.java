package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Group S: a new revision of a collection that is full of documents. */
public abstract class UpgradeClauses extends ClauseGroup {

    private static final int DOCUMENTS = 600;

    private static final Schema<Item> EMPTY = Schema.of("docs", Item.class);

    protected UpgradeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** Item 7 is "text 1", has the tag "tag 1", the code "code 7", the number 7, and a real and a color of its own. */
    @BeforeEach
    public void fill() {
        store.collection(first())
                .insertAll(
                        IntStream.range(0, DOCUMENTS).mapToObj(UpgradeClauses::item),
                        item -> "i" + item.number(),
                        OnConflict.FAIL);
    }

    @Proves(Clause.S2)
    void aNewFieldIsFilledForEveryDocument() {
        DocumentCollection<Item> docs =
                store.collection(first().field(Item.REAL).revision(2));
        assertThat(docs.where(Item.REAL.gte(0)).count()).isEqualTo(DOCUMENTS);
        assertThat(docs.where(Item.REAL.eq(7.5)).list())
                .extracting(Document::id)
                .containsExactly("i7");
    }

    @Proves(Clause.S2)
    void aNewManyFieldIsFilledForEveryDocument() {
        ManyField<Item> twice =
                ManyField.of("twice", item -> item.tags() == null ? null : Set.of("all", item.tags() + "!"));
        DocumentCollection<Item> docs = store.collection(first().index(twice).revision(2));
        assertThat(docs.where(twice.contains("all")).count()).isEqualTo(DOCUMENTS);
        assertThat(docs.where(twice.contains("[tag 1]!")).count()).isEqualTo(DOCUMENTS / 3);
        assertThat(docs.query().countBy(twice)).hasSize(4);
    }

    @Proves(Clause.S2)
    void aNewFieldIsNullWhereItsExtractorSaysSo() {
        DocumentCollection<Item> docs =
                store.collection(first().index(Item.COLOR).revision(2));
        assertThat(docs.where(Item.COLOR.isNull()).count()).isEqualTo(DOCUMENTS / 2);
        assertThat(docs.where(Item.COLOR.eq(Item.Color.BLUE)).count()).isEqualTo(DOCUMENTS / 2);
    }

    @Proves(Clause.S3)
    void aFieldThatIsNoLongerDeclaredIsGone() {
        DocumentCollection<Item> docs = store.collection(EMPTY.index(Item.TEXT).revision(2));
        assertThatThrownBy(() -> docs.where(Item.NUMBER.eq(7)).count()).isInstanceOf(SchemaException.class);
        docs.put("i7", item(7).withNumber(null));
        assertThat(docs.where(Item.TEXT.eq("text 1")).exists())
                .as("docs.where(Item.TEXT.eq('text 1')).exists()")
                .isTrue();
    }

    @Proves(Clause.S3)
    void aFieldThatComesBackIsFilledAnew() {
        store.collection(EMPTY.revision(2)).put("i7", item(7).withNumber(-7).tagged("late"));
        DocumentCollection<Item> docs = store.collection(first().revision(3));
        assertThat(docs.where(Item.NUMBER.eq(-7)).count()).isEqualTo(1);
        assertThat(docs.where(Item.NUMBER.eq(7)).count()).isZero();
        assertThat(docs.where(Item.TAGS.contains("late")).count()).isEqualTo(1);
        assertThat(docs.where(Item.TAGS.contains("tag 1")).count()).isEqualTo(DOCUMENTS / 3 - 1);
    }

    @Proves(Clause.S3)
    void aUniqueIndexThatIsNoLongerDeclaredForbidsNothing() {
        DocumentCollection<Item> docs = store.collection(EMPTY.index(Item.TEXT)
                .index(Item.TAGS)
                .field(Item.CODE)
                .field(Item.NUMBER)
                .revision(2));
        docs.insert("new", item(7));
        assertThat(docs.where(Item.CODE.eq("code 7")).count()).isEqualTo(2);
    }

    @Proves(Clause.S4)
    void aFieldThatChangesItsTypeIsFilledAnew() {
        TextField<Item> number = TextField.of("number", item -> String.valueOf(item.number()));
        DocumentCollection<Item> docs = store.collection(
                unique(EMPTY.index(Item.TEXT), Item.CODE).index(number).revision(2));
        assertThat(docs.where(number.eq("7")).count()).isEqualTo(1);
        // As texts, all but "0" come before "2" that begin with a one.
        assertThat(docs.where(number.lt("2")).count()).isEqualTo(1 + 1 + 10 + 100);
        assertThat(docs.query().orderBy(number.desc()).first().orElseThrow().id())
                .isEqualTo("i99");
    }

    @Proves(Clause.S4)
    void aFieldBecomesAManyFieldAndBack() {
        ManyField<Item> many = ManyField.of("number", item -> Set.of("n" + item.number(), "all"));
        DocumentCollection<Item> docs = store.collection(EMPTY.index(many).revision(2));
        assertThat(docs.where(many.contains("n7")).count()).isEqualTo(1);
        assertThat(docs.where(many.contains("all")).count()).isEqualTo(DOCUMENTS);
        DocumentCollection<Item> back = store.collection(first().revision(3));
        assertThat(back.where(Item.NUMBER.between(0, DOCUMENTS)).count()).isEqualTo(DOCUMENTS);
    }

    @Proves(Clause.S5)
    void aChangedExtractorRefillsEveryDocument() {
        TextField<Item> text =
                TextField.of("text", item -> String.valueOf(item.text()).toUpperCase(Locale.ROOT));
        ManyField<Item> tags = ManyField.of("tags", item -> Set.of("same for all"));
        DocumentCollection<Item> docs =
                store.collection(unique(EMPTY.index(text).index(tags), Item.CODE)
                        .field(Item.NUMBER)
                        .revision(2));
        assertThat(docs.where(text.startsWith("TEXT ")).count()).isEqualTo(DOCUMENTS);
        assertThat(docs.where(text.startsWith("text ")).count()).isZero();
        assertThat(docs.query().countBy(tags)).containsExactly(java.util.Map.entry("same for all", (long) DOCUMENTS));
    }

    @Proves(Clause.S6)
    void aNewIndexServesTheDocumentsThatAreThere() {
        DocumentCollection<Item> docs =
                store.collection(first().index(Item.NUMBER.desc(), Item.TEXT).revision(2));
        List<Document<Item>> page =
                docs.query().orderBy(Item.NUMBER.desc()).limit(3).page().items();
        assertThat(page).extracting(Document::id).containsExactly("i599", "i598", "i597");
    }

    @Proves(Clause.S6)
    @Needs(Capability.UNIQUE_INDEXES)
    void aNewUniqueIndexProtectsTheDocumentsThatAreThere() {
        DocumentCollection<Item> docs =
                store.collection(first().uniqueIndex(Item.NUMBER).revision(2));
        assertThatThrownBy(() -> docs.insert("new", item(7).withCode("new")))
                .isInstanceOfSatisfying(
                        UniqueViolationException.class,
                        refused -> assertThat(refused.index()).isEqualTo("number"));
    }

    @Proves(Clause.S17)
    @Needs(Capability.SNAPSHOTS)
    void anUpgradeKeepsEveryDocumentAsItIs() {
        List<Document<Item>> before = store.collection(first()).query().list();
        DocumentCollection<Item> docs =
                store.collection(first().field(Item.REAL).revision(2));
        assertThat(docs.query().list()).isEqualTo(before).hasSize(DOCUMENTS);
    }

    @Proves(Clause.S17)
    @Needs(Capability.SNAPSHOTS)
    void anUpgradeOverSeveralRevisionsKeepsEveryDocument() {
        List<Document<Item>> before = store.collection(first()).query().list();
        TextField<Item> code = TextField.of("code", item -> "new " + item.code());
        DocumentCollection<Item> docs = store.collection(
                unique(EMPTY, code).index(Item.REAL).index(Item.TAGS).revision(3));
        assertThat(docs.query().list()).isEqualTo(before);
        assertThat(docs.where(code.eq("new code 7")).count()).isEqualTo(1);
    }

    @Proves(Clause.S17)
    void aBodyIsKeptByteForByte() {
        String body = "{\"number\": 7,  \"unknown\":[1, 2 ]}";
        Schema<String> raw = Schema.of("raw", dev.pagurus.store.Codec.of(text -> text, text -> text));
        store.collection(raw).insert("a", body);
        TextField<String> length = TextField.of("length", text -> "length " + text.length());
        DocumentCollection<String> upgraded = store.collection(raw.index(length).revision(2));
        assertThat(upgraded.where(length.eq("length " + body.length()))
                        .first()
                        .orElseThrow()
                        .value())
                .isEqualTo(body);
    }

    @Proves(Clause.S15)
    @Needs(Capability.UNIQUE_INDEXES)
    void anUpgradeLeavesOtherCollectionsAlone() {
        Schema<Item> longer = itemSchema("docs_2");
        Schema<Item> shorter = itemSchema("doc");
        Document<Item> one = store.collection(longer).insert("i7", item(7));
        Document<Item> other = store.collection(shorter).insert("i7", item(7));
        store.collection(EMPTY.index(Item.REAL).revision(2));
        for (Schema<Item> schema : List.of(longer, shorter)) {
            assertThat(store.collection(schema)
                            .where(Item.TAGS.contains("tag 1"))
                            .list())
                    .containsExactly(schema == longer ? one : other);
            assertThatThrownBy(() -> store.collection(schema).insert("new", item(7)))
                    .isInstanceOf(UniqueViolationException.class);
        }
    }

    private static Item item(int number) {
        return Item.of("text " + number % 3)
                .withNumber(number)
                .withReal(number + 0.5)
                .withColor(number % 2 == 0 ? null : Item.Color.BLUE)
                .tagged("tag " + number % 3)
                .withCode("code " + number);
    }

    private Schema<Item> first() {
        return unique(EMPTY.index(Item.TEXT).index(Item.TAGS), Item.CODE).field(Item.NUMBER);
    }
}
