package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;

/** Group S: upgrades that the documents do not allow; they change nothing, and the old revision goes on. */
public abstract class RefusedUpgradeClauses extends ClauseGroup {

    private static final Schema<Item> FIRST =
            Schema.of("docs", Item.class).index(Item.TEXT).index(Item.TAGS).field(Item.NUMBER);

    /** The same collection to one who does not know what its bodies mean. */
    private static final Codec<String> RAW = Codec.of(text -> text, text -> text);

    protected RefusedUpgradeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    public void fill() {
        DocumentCollection<Item> docs = store.collection(FIRST);
        docs.insert("first", Item.of("one").withNumber(1).tagged("x").withCode("same"));
        docs.insert("second", Item.of("two").withNumber(2).tagged("x").withCode("same"));
        docs.insert("third", Item.of("three").withNumber(3).tagged("y").withCode("other"));
    }

    @Proves(Clause.S7)
    @Needs(Capability.UNIQUE_INDEXES)
    void aUniqueIndexOverDuplicatesIsRefusedNamingTwo() throws Exception {
        requireRefused(FIRST.uniqueIndex(Item.CODE).revision(2))
                .hasMessageContaining("code")
                .hasMessageContaining("first")
                .hasMessageContaining("second");
    }

    @Proves(Clause.S7)
    @Needs(Capability.UNIQUE_INDEXES)
    void nothingElseOfARefusedUpgradeHappens() throws Exception {
        requireRefused(Schema.of("docs", Item.class)
                .index(Item.REAL)
                .field(Item.COLOR)
                .uniqueIndex(Item.CODE)
                .revision(2));
    }

    @Proves(Clause.S7)
    @Needs(Capability.UNIQUE_INDEXES)
    void theUpgradeSucceedsOnceTheDuplicateIsGone() {
        Schema<Item> next = FIRST.uniqueIndex(Item.CODE).revision(2);
        assertThatThrownBy(() -> store.collection(next)).isInstanceOf(SchemaException.class);
        store.collection(FIRST).delete("second");
        assertThat(store.collection(next).where(Item.CODE.eq("same")).list())
                .extracting(Document::id)
                .containsExactly("first");
    }

    @Proves(Clause.S7)
    @Needs(Capability.UNIQUE_INDEXES)
    void nullsAreNoDuplicates() {
        store.collection(FIRST).update("first", found -> found.withCode(null));
        store.collection(FIRST).update("second", found -> found.withCode(null));
        assertThat(store.collection(FIRST.uniqueIndex(Item.CODE).revision(2))
                        .query()
                        .count())
                .isEqualTo(3);
    }

    @Proves(Clause.S14)
    void aValueThatIsTooLongIsRefused() throws Exception {
        requireRefused(Schema.of("docs", Item.class)
                        .index(Item.TEXT.maxBytes(3))
                        .index(Item.TAGS)
                        .field(Item.NUMBER)
                        .revision(2))
                .hasMessageContaining("third")
                .hasMessageContaining("text");
    }

    @Proves(Clause.S14)
    void anExtractorThatFailsIsRefused() throws Exception {
        LongField<Item> failing = LongField.of("failing", item -> {
            if ("two".equals(item.text())) {
                throw new IllegalStateException("no number for two");
            }
            return 1;
        });
        requireRefused(FIRST.index(failing).revision(2))
                .hasMessageContaining("second")
                .hasMessageContaining("'failing'")
                .hasMessageContaining("IllegalStateException. Mend")
                .hasMessageNotContaining("no number for two");
    }

    @Proves(Clause.S14)
    void aBodyThatCannotBeDecodedIsRefused() throws Exception {
        Schema<String> raw = Schema.of("raw", RAW);
        store.collection(raw).insert("good", "{}");
        store.collection(raw).insert("bad", "not what was expected");
        Schema<Item> next = Schema.of("raw", Item.class).index(Item.TEXT).revision(2);
        assertThatThrownBy(() -> store.collection(next))
                .isInstanceOfAny(SchemaException.class, UndecodableDocumentException.class)
                .hasMessageContaining("bad");
        store.collection(raw).put("good", "still at revision 1");
        assertThat(existing(second().collection(raw), "bad").value()).isEqualTo("not what was expected");
    }

    /** The upgrade is refused by whoever asks, and who knows the old revision finds and does everything as before. */
    private AbstractThrowableAssert<?, ? extends Throwable> requireRefused(Schema<Item> next) throws Exception {
        List<Document<Item>> before = store.collection(FIRST).query().list();
        Store other = second();
        AbstractThrowableAssert<?, ? extends Throwable> refused =
                assertThatThrownBy(() -> other.collection(next)).isInstanceOf(SchemaException.class);
        for (Store handle : List.of(store, other)) {
            DocumentCollection<Item> docs = handle.collection(FIRST);
            assertThat(docs.query().list()).isEqualTo(before);
            assertThat(docs.where(Item.TAGS.contains("x")).count()).isEqualTo(2);
            assertThat(docs.where(Item.NUMBER.gte(2)).count()).isEqualTo(2);
            docs.insert("new", Item.of("new").withCode("same").tagged("x"));
            docs.delete("new");
        }
        return refused;
    }
}
