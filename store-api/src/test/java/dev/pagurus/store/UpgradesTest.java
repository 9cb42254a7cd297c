package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Upgrades without a store, as an application tests its own. */
class UpgradesTest {

    private static final Schema<String> SCHEMA =
            Schema.of("notes", Codec.of(text -> text, text -> text)).revision(4);

    @Test
    void aBodyGoesThroughTheFunctionsFromItsRevisionOn() {
        Upgrades upgrades = SCHEMA.upgrade(1, JsonUpgrade.start().rename("a", "b"))
                .upgrade(2, body -> body.replace("1", "2"))
                .upgrade(3, JsonUpgrade.start().rename("b", "c"))
                .upgrades();
        assertThat(upgrades.apply(1, "{\"a\":1}")).isEqualTo("{\"c\":2}");
        assertThat(upgrades.apply(2, "{\"b\":1}")).isEqualTo("{\"c\":2}");
        assertThat(upgrades.apply(3, "{\"b\":1}")).isEqualTo("{\"c\":1}");
    }

    @Test
    void whatStaysIsTheSameText() {
        Upgrades upgrades = SCHEMA.upgrade(2, JsonUpgrade.start().rename("a", "b"))
                .upgrade(3, body -> body.substring(0, 1) + body.substring(1))
                .upgrades();
        String body = "{ \"x\": 1 }";
        assertThat(upgrades.apply(2, body)).isSameAs(body);
        assertThat(SCHEMA.upgrades().apply(1, body)).isSameAs(body);
    }

    @Test
    void aMessageNamesTheFunctionAndHasNoBody() {
        Upgrades upgrades = SCHEMA.upgrade(2, JsonUpgrade.start().rename("a", "b"))
                .upgrade(3, body -> {
                    throw new IllegalStateException("Cannot read " + body);
                })
                .upgrades();
        assertThatThrownBy(() -> upgrades.apply(2, "{\"a\":\"secret\"}"))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("upgrade(3, ...)")
                .hasMessageContaining("IllegalStateException")
                .hasMessageNotContaining("secret")
                .hasRootCauseInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> upgrades.apply(1, "{}")).hasMessageContaining("upgrade(1, Upgrade.NONE)");
    }

    @Test
    void whatAFunctionLeavesOutIsToldByItsOutermostPath() {
        Upgrade forgetful = body -> "{\"lines\":[{\"x\":1}],\"scores\":{\"bob\":1}}";
        String body =
                "{\"lines\":[{\"x\":1,\"y\":2}],\"author\":{\"name\":\"Ann\"},\"scores\":{\"ann\":1,\"bob\":1},\"a.b\":1}";
        assertThat(SCHEMA.upgrade(3, forgetful).upgrades().leftOut(3, body))
                .containsExactly("a\\.b", "author", "lines[].y", "scores.ann");
        Upgrade named = Upgrade.dropping(forgetful, "a\\.b", "author.name", "lines[].y", "scores{}");
        assertThat(SCHEMA.upgrade(3, named).upgrades().leftOut(3, body)).containsExactly("author");
        Upgrade all = Upgrade.dropping(forgetful, "a\\.b", "author", "lines", "scores{}");
        assertThat(SCHEMA.upgrade(3, all).upgrades().apply(3, body)).isEqualTo(body(forgetful));
    }

    @Test
    void jsonThatBecomesSomethingElseIsRefused() {
        Upgrades upgrades = SCHEMA.upgrade(3, body -> body + "}").upgrades();
        assertThatThrownBy(() -> upgrades.apply(3, "{\"a\":1}")).hasMessageContaining("not JSON");
        assertThat(upgrades.apply(3, "plain")).isEqualTo("plain}");
    }

    private static String body(Upgrade upgrade) {
        try {
            return upgrade.apply("");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
