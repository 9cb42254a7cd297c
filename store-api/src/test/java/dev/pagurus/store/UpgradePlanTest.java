package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** When bodies are read again, and which steps work on nothing. */
class UpgradePlanTest {

    record Timed(LocalDateTime at, BigDecimal price) {}

    record Dated(LocalDate at, BigDecimal price) {}

    record Renamed(LocalDate day, BigDecimal price) {}

    record More(LocalDateTime at, BigDecimal price, String note) {}

    private static final Codec<Timed> TIMED = Codec.json(Timed.class);

    private static UpgradePlan plan(Upgrade upgrade, Codec<?> codec) {
        Schema<?> schema = Schema.of("notes", codec).revision(2).upgrade(1, upgrade);
        return new UpgradePlan(schema.upgrades(), 1, TIMED.shape(), codec);
    }

    @Test
    void nothingIsReadAgainWhereNoKindDiffersAndTheRulesAreOurs() {
        assertThat(plan(Upgrade.NONE, TIMED).rereads()).isFalse();
        assertThat(plan(Upgrade.NONE, Codec.json(More.class)).rereads()).isFalse();
        assertThat(plan(JsonUpgrade.start().add("note", "x"), Codec.json(More.class))
                        .rereads())
                .isFalse();
        assertThat(plan(JsonUpgrade.start().map("price", price -> price), TIMED).rereads())
                .isFalse();
        assertThat(plan(body -> body, TIMED).rereads()).isFalse();
        assertThat(plan(Upgrade.NONE, Codec.of(text -> text, text -> text)).rereads())
                .isFalse();
    }

    @Test
    void itIsReadAgainWhereSomethingCouldBeLost() {
        assertThat(plan(Upgrade.NONE, Codec.json(Dated.class)).rereads()).isTrue();
        assertThat(plan(JsonUpgrade.start().rename("at", "day"), Codec.json(Renamed.class))
                        .rereads())
                .isTrue();
        assertThat(plan(body -> body, Codec.json(Renamed.class)).rereads()).isTrue();
        assertThat(plan(Upgrade.NONE, Codec.json(Timed.class, JsonMapper.shared()))
                        .rereads())
                .isTrue();
        assertThat(new UpgradePlan(Upgrades.NONE, 1, null, TIMED).rereads()).isTrue();
    }

    @Test
    void stepsAreHeldAgainstTheStoredShape() {
        JsonUpgrade steps = JsonUpgrade.start()
                .rename("at", "when")
                .drop("at")
                .map("when", when -> StringNode.valueOf("x"))
                .move("when.then", "then")
                .add("note", "x")
                .replace("nowhere", 1, 2);
        UpgradePlan plan = plan(steps, Codec.json(More.class));
        assertThat(plan.unknownSteps()).containsExactlyInAnyOrder(1, 5);
        assertThat(plan.told(plan.unknownSteps()))
                .contains("step 2, drop(\"at\")")
                .contains("step 6, replace(\"nowhere\", 1, ...)")
                .contains("'price'");
        assertThat(plan.maker("when")).isEqualTo(1);
        assertThat(plan.maker("price")).isZero();
    }

    @Test
    void onlyTheStoredRevisionIsKnown() {
        Schema<Timed> schema = Schema.of("notes", TIMED)
                .revision(3)
                .upgrade(1, Upgrade.NONE)
                .upgrade(2, JsonUpgrade.start().drop("of the release between"));
        assertThat(new UpgradePlan(schema.upgrades(), 1, TIMED.shape(), TIMED).unknownSteps())
                .isEmpty();
        assertThat(new UpgradePlan(schema.upgrades(), 2, TIMED.shape(), TIMED).unknownSteps())
                .containsExactly(0);
    }
}
