package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pagurus.store.Codec;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Upgrade;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Group S: what an upgrade would lose without a word, and steps that would do nothing. */
public abstract class LossClauses extends ClauseGroup {

    record Timed(LocalDateTime at, BigDecimal price) {}

    record Dated(LocalDate at, BigDecimal price) {}

    record Rough(LocalDateTime at, double price) {}

    record Priced(String name, int price) {}

    record Named(String fullName, int price) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Euro.class, name = "euro"),
        @JsonSubTypes.Type(value = Pound.class, name = "pound")
    })
    interface Money {}

    record Euro(int amount, String note) implements Money {}

    record Pound(int amount, String note) implements Money {}

    record Purse(Money money) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
    @JsonSubTypes(@JsonSubTypes.Type(value = Bill.class, name = "bill"))
    interface Paper {}

    record Bill(int amount) implements Paper {}

    record Drawer(Paper paper) {}

    private static final JsonMapper LENIENT = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    protected LossClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private static <T> Schema<T> docs(Class<T> type) {
        return Schema.of("docs", type);
    }

    /** By rules that are not ours. */
    private static <T> Schema<T> lenient(Class<T> type) {
        return Schema.of("docs", Codec.json(type, LENIENT));
    }

    /** A definition that knows a shape, and bodies as they are given. */
    private void given(Class<?> type, String... bodies) {
        fill(Codec.json(type).shape(), bodies);
    }

    private void fill(@Nullable String shape, String... bodies) {
        DocumentCollection<String> docs = store.collection(Schema.of("docs", new Shaped(shape)));
        for (int i = 0; i < bodies.length; i++) {
            docs.insert("d" + i, bodies[i]);
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> requireRefused(Schema<?> next) throws Exception {
        return requireRefused(() -> second().collection(next));
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> requireRefused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return assertThatThrownBy(call, "a new revision of 'docs' that must be refused")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("docs")
                .hasMessageContaining("Nothing was changed");
    }

    @Proves(Clause.S33)
    void aKindThatKeepsLessRefuses() throws Exception {
        given(
                Timed.class,
                "{\"at\":\"2026-11-26T10:30:00\",\"price\":1.10}",
                "{\"at\":\"2026-11-26T00:00:00\",\"price\":0.10000000000000000001}");
        requireRefused(lenient(Dated.class).revision(2)).hasMessageContaining("'at' of 2 documents ('d0', 'd1')");
        requireRefused(lenient(Rough.class).revision(2)).hasMessageContaining("'price' of 1 document ('d1')");
        Schema<Dated> named = lenient(Dated.class)
                .revision(2)
                .upgrade(
                        1,
                        JsonUpgrade.start()
                                .map(
                                        "at",
                                        at -> StringNode.valueOf(at.asString().substring(0, 10))));
        assertThat(existing(store.collection(named), "d0").value())
                .isEqualTo(new Dated(LocalDate.of(2026, 11, 26), new BigDecimal("1.10")));
    }

    @Proves(Clause.S33)
    void whatACodecIgnoresRefuses() throws Exception {
        given(Priced.class, "{\"name\":\"Ann\",\"price\":1}", "{\"name\":null,\"price\":1}");
        Schema<Named> ignoring = lenient(Named.class).revision(2);
        requireRefused(ignoring).hasMessageContaining("'name' of 1 document ('d0')");
        Schema<Named> renaming = ignoring.upgrade(1, JsonUpgrade.start().rename("name", "fullName"));
        assertThat(existing(store.collection(renaming), "d0").value()).isEqualTo(new Named("Ann", 1));
    }

    @Proves(Clause.S33)
    void oneOfSeveralMustBeNamedAsWell() {
        Schema<String> raw = Schema.of("docs", Letters.RAW);
        store.collection(raw).insert("a", "{\"lines\":[{\"n\":1},{\"n\":2}],\"\":{\"x\":1}}");
        for (String after : List.of(
                "{\"lines\":[{\"n\":1},{}],\"\":{\"x\":1}}",
                "{\"lines\":[{\"n\":1}],\"\":{\"x\":1}}",
                "{\"lines\":[{\"n\":1},{\"n\":2}]}")) {
            requireRefused(() -> second().collection(raw.revision(2).upgrade(1, body -> after)))
                    .hasMessageContaining("of 1 document ('a')");
        }
        Upgrade named = Upgrade.dropping(body -> "{\"lines\":[{\"n\":1}]}", "lines[]", "\\e");
        assertThat(existing(store.collection(raw.revision(2).upgrade(1, named)), "a")
                        .value())
                .isEqualTo("{\"lines\":[{\"n\":1}]}");
    }

    @Proves(Clause.S33)
    void whatAnUpgradeMakesAndNobodyKnowsIsSaidToBeMade() throws Exception {
        given(Priced.class, "{\"name\":\"Ann\",\"price\":1}");
        requireRefused(docs(Named.class)
                        .revision(2)
                        .upgrade(1, JsonUpgrade.start().rename("name", "fulName")))
                .hasMessageContaining("'fulName' of 1 document ('d0'), made by upgrade(1");
    }

    @Proves(Clause.S50)
    void aStepThatWorksOnNothingRefuses() throws Exception {
        given(Priced.class);
        requireRefused(docs(Named.class)
                        .revision(2)
                        .upgrade(1, JsonUpgrade.start().rename("nmae", "fullName")))
                .hasMessageContaining("upgrade(1")
                .hasMessageContaining("rename(\"nmae\", \"fullName\")")
                .hasMessageContaining("'name'");
        requireRefused(docs(Named.class)
                        .revision(2)
                        .upgrade(
                                1,
                                JsonUpgrade.start()
                                        .rename("name", "fullName")
                                        .map("cents", cents -> cents)
                                        .rename("price", "cents")))
                .hasMessageContaining("step 2, map(\"cents\"");
        store.collection(docs(Named.class)
                .revision(2)
                .upgrade(
                        1,
                        JsonUpgrade.start()
                                .rename("name", "n")
                                .map("n", name -> name)
                                .move("n", "of.n")
                                .move("of.n", "fullName")
                                .drop("of")));
    }

    @Proves(Clause.S50)
    void aStepMayWorkOnWhatOnlyBodiesHave() {
        given(Priced.class, "{\"name\":\"Ann\",\"price\":1}", "{\"name\":\"Bob\",\"price\":1,\"old\":{\"x\":1}}");
        Schema<Named> cleaning = docs(Named.class)
                .revision(2)
                .upgrade(1, JsonUpgrade.start().rename("name", "fullName").drop("old"));
        assertThat(existing(store.collection(cleaning), "d1").value()).isEqualTo(new Named("Bob", 1));
    }

    @Proves(Clause.S50)
    void aSubtypeIsToldByItsPropertyWhereverThatStands() throws Exception {
        given(
                Purse.class,
                "{\"money\":{\"amount\":1,\"note\":\"x\",\"kind\":\"euro\"}}",
                "{\"money\":{\"amount\":1,\"note\":\"euro\",\"kind\":\"pound\"}}");
        Schema<Purse> next = docs(Purse.class)
                .revision(2)
                .upgrade(
                        1,
                        JsonUpgrade.start()
                                .map("money<euro>.amount", amount -> tools.jackson.databind.node.IntNode.valueOf(5)));
        assertThat(existing(store.collection(next), "d0").value()).isEqualTo(new Purse(new Euro(5, "x")));
        assertThat(existing(store.collection(next), "d1").value()).isEqualTo(new Purse(new Pound(1, "euro")));
    }

    @Proves(Clause.S50)
    void aSubtypeThatNoPropertyTellsIsRefused() throws Exception {
        given(Drawer.class, "{\"paper\":{\"bill\":{\"amount\":1}}}");
        requireRefused(docs(Drawer.class)
                        .revision(2)
                        .upgrade(1, JsonUpgrade.start().drop("paper<bill>.amount")))
                .hasMessageContaining("paper<bill>.amount");
    }

    @Proves(Clause.S32)
    void aMessageQuotesNothingThatAFunctionSaid() throws Exception {
        given(Priced.class, "{\"name\":\"card 4111\",\"price\":1}");
        Schema<Named> next = docs(Named.class).revision(2);
        Upgrade parsing = body -> {
            throw new NumberFormatException("For input string: \"card 4111\"");
        };
        requireRefused(next.upgrade(1, parsing))
                .hasMessageContaining("NumberFormatException. Mend")
                .hasMessageNotContaining("4111");
        requireRefused(next.upgrade(
                        1,
                        JsonUpgrade.start()
                                .map("name", name -> StringNode.valueOf("" + Instant.parse(name.asString())))))
                .hasMessageContaining("map('name'")
                .hasMessageContaining("DateTimeParseException")
                .hasMessageNotContaining("4111");
    }

    @Proves(Clause.S37)
    void aValueIsReplacedWhereItIs() {
        Schema<String> raw = Schema.of("docs", Letters.RAW);
        store.collection(raw)
                .insert(
                        "a",
                        "{\"state\":\"TODO\",\"of\":[\"TODO\",1,true,null],\"by\":{\"a\":1.0,\"TODO\":2},\"old\":1.50}");
        JsonUpgrade replacing = JsonUpgrade.start()
                .replace("state", "TODO", "OPEN")
                .replace("of[]", "TODO", "OPEN")
                .replace("of[]", true, false)
                .replace("by{}", 1, 3)
                .rename("by.TODO", "OPEN")
                .replace("nowhere", 1, 2);
        assertThat(existing(store.collection(raw.revision(2).upgrade(1, replacing)), "a")
                        .value())
                .isEqualTo(
                        "{\"state\":\"OPEN\",\"of\":[\"OPEN\",1,false,null],\"by\":{\"a\":3,\"OPEN\":2},\"old\":1.50}");
        assertThatThrownBy(() -> JsonUpgrade.start().replace("state", List.of(), "OPEN"))
                .isInstanceOf(SchemaException.class);
    }
}
