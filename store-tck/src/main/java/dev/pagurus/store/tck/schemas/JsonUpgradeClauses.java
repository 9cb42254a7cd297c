package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** Group S: the steps of an upgrade of JSON, on documents that are stored. */
public abstract class JsonUpgradeClauses extends ClauseGroup {

    private static final Schema<String> FIRST = Schema.of("docs", Letters.RAW);

    protected JsonUpgradeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S37)
    void eachStepDoesWhatItSays() {
        requireUpgraded(
                JsonUpgrade.start()
                        .rename("a", "b")
                        .drop("gone")
                        .move("from.here", "to.new.there")
                        .add("added", 0)
                        .add("there", "not again")
                        .map("word", word -> StringNode.valueOf(word.stringValue() + "s")),
                "{\"x\":1,\"a\":{\"n\":1},\"gone\":[{\"deep\":1}],\"from\":{\"here\":[1],\"stays\":2},\"there\":null,\"word\":\"cat\",\"z\":2}",
                "{\"x\":1,\"b\":{\"n\":1},\"from\":{\"stays\":2},\"there\":null,\"word\":\"cats\",\"z\":2,\"to\":{\"new\":{\"there\":[1]}},\"added\":0}");
    }

    @Proves(Clause.S37)
    void stepsGoIntoListsMapsAndSubtypes() {
        requireUpgraded(
                JsonUpgrade.start()
                        .rename("lines[].net", "price")
                        .move("lines[].tax.rate", "lines[].rate")
                        .drop("byName{}.old")
                        .add("byName{}.new", true)
                        .map("tags[]", tag -> StringNode.valueOf("#" + tag.stringValue()))
                        .map("counts{}", count -> IntNode.valueOf(count.intValue() + 1))
                        .drop("shapes[]<circle>.radius")
                        .rename("dotted\\.name", "plain"),
                "{\"lines\":[{\"net\":1.50,\"tax\":{\"rate\":0.190,\"of\":\"DE\"}},{\"net\":2}],\"byName\":{\"ann\":{\"old\":1},\"bob\":{\"new\":false}},"
                        + "\"tags\":[\"x\",\"y\"],\"counts\":{\"a\":1,\"b\":2},\"shapes\":[{\"type\":\"circle\",\"radius\":1},{\"type\":\"ball\",\"radius\":2}],"
                        + "\"dotted.name\":1}",
                "{\"lines\":[{\"price\":1.50,\"tax\":{\"of\":\"DE\"},\"rate\":0.190},{\"price\":2}],\"byName\":{\"ann\":{\"new\":true},\"bob\":{\"new\":false}},"
                        + "\"tags\":[\"#x\",\"#y\"],\"counts\":{\"a\":2,\"b\":3},\"shapes\":[{\"type\":\"circle\"},{\"type\":\"ball\",\"radius\":2}],"
                        + "\"plain\":1}");
    }

    @Proves(Clause.S37)
    void whatNoStepNamesKeepsItsTextAndItsOrder() {
        String numbers = "\"z\":[1.50,0,-0,-0.0,1.0E10,1e2,1E-7,0.00000001,100000000000000000000000000001,"
                + "0.1000000000000000000000000000000000001,9223372036854775807,-9223372036854775809,1.7976931348623157E309],"
                + "\"m\":\"\u00e9 \uD83D\uDE00 \\\" \\\\ \\n /\",\"\":{\"\":null},\"a\":[[],{},true,false,null,\"\"]";
        requireUpgraded(
                JsonUpgrade.start().rename("first", "second"),
                "{\"first\":1," + numbers + "}",
                "{\"second\":1," + numbers + "}");
    }

    @Proves(Clause.S37)
    void whatIsMissingOrNullIsNoReasonToFail() {
        String body = "{\"a\":null,\"lines\":[],\"map\":{}}";
        requireUpgraded(
                JsonUpgrade.start()
                        .rename("x", "y")
                        .rename("a.b", "c")
                        .drop("x.y.z")
                        .move("a.b", "d")
                        .move("nowhere", "d.e")
                        .add("a.b", 1)
                        .add("lines[].n", 1)
                        .map("x", x -> x)
                        .map("lines[]", x -> x)
                        .drop("map{}.x"),
                body,
                body);
    }

    @Proves(Clause.S37)
    void severalRevisionsOfStepsAreOneAfterTheOther() {
        Schema<String> third = FIRST.revision(4)
                .upgrade(1, JsonUpgrade.start().rename("a", "b"))
                .upgrade(2, JsonUpgrade.start().rename("b", "c").add("a", 1))
                .upgrade(3, JsonUpgrade.start().rename("c", "d").rename("a", "c"));
        store.collection(FIRST).insert("x", "{\"a\":0}");
        assertThat(existing(store.collection(third), "x").value()).isEqualTo("{\"d\":0,\"c\":1}");
    }

    @Proves(Clause.S37)
    void stepsThatTheBodyDoesNotAllowAreRefused() {
        refused(JsonUpgrade.start().rename("a", "b"), "{\"a\":1,\"b\":2}");
        refused(JsonUpgrade.start().move("a", "b.c"), "{\"a\":1,\"b\":{\"c\":2}}");
        refused(JsonUpgrade.start().move("a", "b.c"), "{\"a\":1,\"b\":2}");
        refused(JsonUpgrade.start().drop("lines.price"), "{\"lines\":[{\"price\":1}]}");
        refused(JsonUpgrade.start().drop("lines[].price"), "{\"lines\":{\"price\":1}}");
        refused(JsonUpgrade.start().add("a.b", 1), "{\"a\":\"text\"}");
    }

    @Proves(Clause.S37)
    void pathsAreCheckedWhenTheStepIsMade() {
        JsonUpgrade start = JsonUpgrade.start();
        wrong(() -> start.drop(""));
        wrong(() -> start.drop("a..b"));
        wrong(() -> start.drop(".a"));
        wrong(() -> start.drop("a."));
        wrong(() -> start.drop("a[0].b"));
        wrong(() -> start.drop("a[].b{}"));
        wrong(() -> start.drop("a[]b"));
        wrong(() -> start.rename("a", "b.c"));
        wrong(() -> start.rename("a.b", "b"));
        wrong(() -> start.rename("lines[]", "x"));
        wrong(() -> start.move("lines[].a", "a"));
        wrong(() -> start.move("a", "lines[].a"));
        wrong(() -> start.move("a.b", "a"));
        wrong(() -> start.move("a", "a"));
        wrong(() -> start.add("a[]", 1));
        wrong(() -> start.map("a<circle>", node -> node));
    }

    private void requireUpgraded(JsonUpgrade upgrade, String before, String after) {
        store.collection(FIRST).insert("x", before);
        assertThat(existing(store.collection(FIRST.revision(2).upgrade(1, upgrade)), "x")
                        .value())
                .isEqualTo(after);
    }

    private void refused(JsonUpgrade upgrade, String body) {
        store.collection(FIRST).put("x", body);
        assertThatThrownBy(() -> store.collection(FIRST.revision(2).upgrade(1, upgrade)), "an upgrade of %s", body)
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'x'")
                .hasMessageContaining("upgrade(1");
        assertThat(existing(store.collection(FIRST), "x").value()).isEqualTo(body);
    }

    private static void wrong(ThrowingCallable making) {
        assertThatThrownBy(making, "a path").isInstanceOf(SchemaException.class);
    }
}
