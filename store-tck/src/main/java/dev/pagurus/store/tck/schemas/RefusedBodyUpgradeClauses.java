package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Upgrade;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.schemas.Letters.First;
import dev.pagurus.store.tck.schemas.Letters.Third;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.node.StringNode;

/** Group S: upgrades of bodies that are refused; nothing is changed, and who knows the old revision goes on. */
public abstract class RefusedBodyUpgradeClauses extends ClauseGroup {

    private static final String SECRET = "a secret between us";

    protected RefusedBodyUpgradeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** The last one, by id, is the odd one. */
    @BeforeEach
    public void fill() {
        DocumentCollection<First> letters = store.collection(Letters.FIRST);
        letters.insert("a", new First("one", "red", 1));
        letters.insert("b", new First("Two", null, 2));
        letters.insert("c", new First("two", null, 3));
        letters.insert("d", new First(SECRET, "blue", 4));
    }

    @Proves(Clause.S32)
    void aFunctionThatThrowsIsNamed() throws Exception {
        requireRefused(Letters.third(Letters.TO_SECOND, failing(Letters.TO_THIRD)))
                .hasMessageContaining("'d'")
                .hasMessageContaining("upgrade(2")
                .hasMessageContaining("IllegalStateException");
        requireRefused(Letters.third(failing(Letters.TO_SECOND), Letters.TO_THIRD))
                .hasMessageContaining("'d'")
                .hasMessageContaining("upgrade(1");
    }

    /** Fails on the last document, and says more than it should. */
    private static Upgrade failing(Upgrade upgrade) {
        return Upgrade.dropping(
                body -> {
                    if (body.contains(SECRET)) {
                        throw new IllegalStateException("no letter: " + body);
                    }
                    return upgrade.apply(body);
                },
                "title",
                "colour",
                "price");
    }

    @Proves(Clause.S32)
    void aFunctionThatReturnsNothingIsNamed() throws Exception {
        requireRefused(Letters.third(body -> nothing(), Letters.TO_THIRD))
                .hasMessageContaining("'a'")
                .hasMessageContaining("upgrade(1")
                .hasMessageContaining("null");
    }

    @Proves(Clause.S32)
    void aTextThatCannotBeDecodedIsRefused() throws Exception {
        Upgrade toText = JsonUpgrade.start().map("cents", cents -> StringNode.valueOf("many"));
        requireRefused(Letters.third(Letters.TO_SECOND, Letters.TO_THIRD)
                        .revision(4)
                        .upgrade(3, toText))
                .hasMessageContaining("'a'")
                .hasMessageContaining("upgrade(1");
        requireRefused(Letters.third(Letters.TO_SECOND, body -> body + "}")).hasMessageContaining("'a'");
    }

    @Proves(Clause.S32)
    void aTextOverTheLimitIsRefused() throws Exception {
        startWith(config -> config.maxBodyBytes(2_000));
        fill();
        Upgrade large = JsonUpgrade.start().add("kind", "x".repeat(3_000));
        Store other = second(again -> again.maxBodyBytes(2_000));
        requireRefused(
                        other,
                        Letters.third(Letters.TO_SECOND, large)
                                .revision(4)
                                .upgrade(3, JsonUpgrade.start().rename("price", "cents")))
                .hasMessageContaining("'a'")
                .hasMessageContaining("2000");
    }

    @Proves(Clause.S32)
    void aRenameOntoANameThatIsTakenIsRefused() throws Exception {
        requireRefused(Letters.third(JsonUpgrade.start().rename("colour", "title"), Letters.TO_THIRD))
                .hasMessageContaining("'a'")
                .hasMessageContaining("upgrade(1")
                .hasMessageContaining("colour")
                .hasMessageContaining("title");
    }

    @Proves(Clause.S32)
    void aBodyThatIsNotJsonIsRefusedByTheSteps() throws Exception {
        Schema<String> raw = Schema.of("raw", Letters.RAW);
        store.collection(raw).insert("good", "{\"x\":1}");
        store.collection(raw).insert("odd", "not JSON at all");
        store.collection(raw).insert("twice", "{\"x\":1,\"x\":2}");
        assertThatThrownBy(() -> store.collection(
                        raw.revision(2).upgrade(1, JsonUpgrade.start().drop("x"))))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'odd'")
                .hasMessageContaining("upgrade(1")
                .hasMessageNotContaining("at all");
        store.collection(raw).delete("odd");
        assertThatThrownBy(() -> store.collection(
                        raw.revision(2).upgrade(1, JsonUpgrade.start().drop("y"))))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'twice'");
        assertThat(existing(store.collection(raw), "good").value()).isEqualTo("{\"x\":1}");
    }

    @Proves(Clause.S33)
    void aPropertyThatTheTypeDoesNotKnowIsCounted() throws Exception {
        Upgrade forgetful = Letters.numbered(JsonUpgrade.start().rename("title", "headline"), 1);
        requireRefused(Letters.third(forgetful, Letters.TO_THIRD))
                .hasMessageContaining("'colour' of 4 documents ('a', 'b')");
        Upgrade partly = body -> body.contains("null") ? Letters.TO_SECOND.apply(body) : forgetful.apply(body);
        requireRefused(Letters.third(Upgrade.dropping(partly, "title", "colour"), Letters.TO_THIRD))
                .hasMessageContaining("'colour' of 2 documents ('a', 'd')");
    }

    @Proves(Clause.S33)
    void everyPropertyThatWouldVanishIsCounted() throws Exception {
        Upgrade nothing = Upgrade.NONE;
        requireRefused(Letters.third(
                        nothing,
                        JsonUpgrade.start().add("headline", "x").add("cents", 1).add("kind", "y")))
                .hasMessageContaining("'colour' of 4 documents ('a', 'b')")
                .hasMessageContaining("'price' of 4 documents ('a', 'b')")
                .hasMessageContaining("'title' of 4 documents ('a', 'b')");
    }

    @Proves(Clause.S33)
    void aRevisionWithoutUpgradesIsAsStrict() throws Exception {
        requireRefused(Letters.thirdOf("letters")).hasMessageContaining("'title' of 4 documents ('a', 'b')");
    }

    @Proves(Clause.S33)
    void whatAFunctionLeavesOutMustBeNamed() throws Exception {
        Upgrade rewriting = body -> Letters.TO_SECOND.apply(body);
        requireRefused(Letters.third(rewriting, Letters.TO_THIRD))
                .hasMessageContaining("'colour' of 4 documents ('a', 'b')")
                .hasMessageContaining("'title' of 4 documents");
        requireRefused(Letters.third(Upgrade.dropping(rewriting, "title"), Letters.TO_THIRD))
                .hasMessageContaining("'colour' of 4 documents");
        Schema<Third> named = Letters.third(Upgrade.dropping(rewriting, "title", "colour"), Letters.TO_THIRD);
        assertThat(existing(store.collection(named), "a").value()).isEqualTo(new Third("one 1 2", 1, "letter"));
    }

    @Proves(Clause.S33)
    void whatAFunctionOfOneValueLeavesOutMustBeNamed() {
        Schema<String> raw = Schema.of("raw", Letters.RAW);
        store.collection(raw).insert("x", "{\"author\":{\"name\":\"Ann\",\"mail\":\"a@b\"}}");
        JsonUpgrade bare = JsonUpgrade.start().map("author", author -> author.get("name"));
        assertThatThrownBy(() -> store.collection(raw.revision(2).upgrade(1, bare)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'author.mail' of 1 document ('x')");
        JsonUpgrade named =
                JsonUpgrade.start().map("author", author -> author.get("name"), "author.name", "author.mail");
        assertThat(existing(store.collection(raw.revision(2).upgrade(1, named)), "x")
                        .value())
                .isEqualTo("{\"author\":\"Ann\"}");
    }

    @Proves(Clause.S34)
    @Needs(Capability.UNIQUE_INDEXES)
    void whatBecomesEqualAndMustBeUniqueIsRefusedNamingBoth() throws Exception {
        JsonUpgrade lower = JsonUpgrade.start()
                .map("headline", old -> StringNode.valueOf(old.stringValue().toLowerCase(java.util.Locale.ROOT)))
                .rename("price", "cents")
                .add("kind", "letter");
        TextField<Third> headline = TextField.of("headline", Third::headline);
        Schema<Third> unique = Schema.of("letters", Letters.strict(Third.class))
                .uniqueIndex(headline)
                .revision(3)
                .upgrade(1, JsonUpgrade.start().rename("title", "headline").drop("colour"))
                .upgrade(2, lower);
        requireRefused(unique)
                .hasMessageContaining("'b'")
                .hasMessageContaining("'c'")
                .hasMessageContaining("headline");
        store.collection(Letters.FIRST).delete("c");
        assertThat(existing(store.collection(unique), "b").value()).isEqualTo(new Third("two", 2, "letter"));
    }

    @Proves(Clause.S35)
    void aGapIsRefusedWhenTheSchemaIsMade() {
        Schema<String> raw = Schema.of("chain", Letters.RAW).revision(5).upgrade(2, Upgrade.NONE);
        assertThatThrownBy(() -> raw.upgrade(4, Upgrade.NONE))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("upgrade(3, Upgrade.NONE)");
        assertThatThrownBy(() -> raw.upgrade(2, Upgrade.NONE)).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> raw.upgrade(1, Upgrade.NONE)).isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> Schema.of("chain", Letters.RAW).upgrade(0, Upgrade.NONE))
                .isInstanceOf(SchemaException.class);
    }

    @Proves(Clause.S35)
    void aChainThatDoesNotReachTheRevisionIsRefusedBeforeAnythingIsRead() {
        Schema<String> raw = Schema.of("chain", Letters.RAW);
        assertThatThrownBy(() -> store.collection(raw.revision(3).upgrade(1, Upgrade.NONE)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("upgrade(2, Upgrade.NONE)");
        assertThatThrownBy(() -> store.collection(
                        raw.revision(2).upgrade(1, Upgrade.NONE).upgrade(2, Upgrade.NONE)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("revision(3)");
        store.collection(raw).insert("a", "{}");
        assertThat(existing(store.collection(raw), "a").value()).isEqualTo("{}");
    }

    @Proves(Clause.S35)
    void aStoredRevisionBelowTheFirstFunctionIsRefused() throws Exception {
        requireRefused(Letters.thirdOf("letters").upgrade(2, Letters.TO_THIRD))
                .hasMessageContaining("upgrade(1, Upgrade.NONE)");
    }

    /** The upgrade is refused by whoever asks, says nothing of what is in the bodies, and has changed nothing. */
    private AbstractThrowableAssert<?, ? extends Throwable> requireRefused(Schema<Third> next) throws Exception {
        return requireRefused(second(), next);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> requireRefused(Store other, Schema<Third> next) {
        List<Document<First>> before = store.collection(Letters.FIRST).query().list();
        AbstractThrowableAssert<?, ? extends Throwable> refused = assertThatThrownBy(() -> other.collection(next))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("letters")
                .hasMessageContaining("Nothing was changed")
                .hasMessageNotContaining(SECRET);
        for (Store handle : List.of(store, other)) {
            DocumentCollection<First> letters = handle.collection(Letters.FIRST);
            assertThat(letters.query().list()).as("documents after a refusal").isEqualTo(before);
            letters.insert("new", Letters.first(5));
            letters.delete("new");
        }
        return refused;
    }

    @SuppressWarnings("NullAway") // what no function may do
    private static String nothing() {
        return null;
    }
}
