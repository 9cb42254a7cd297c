package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CollectionDefinitionTest {

    private static final IndexDefinition TITLE = new IndexDefinition("title", true, List.of(new Sort("title", false)));
    private static final IndexDefinition BOTH =
            new IndexDefinition("title_due", false, List.of(new Sort("title", false), new Sort("due", true)));
    private static final CollectionDefinition NOTES = new CollectionDefinition(
            "notes",
            2,
            List.of(
                    new FieldDefinition("title", FieldKind.TEXT, 1024),
                    new FieldDefinition("due", FieldKind.INSTANT, 0),
                    new FieldDefinition("tags", FieldKind.MANY, 255)),
            List.of(TITLE, BOTH));

    @Test
    void itsTextIsReadableAndReadBack() {
        assertThat(NOTES.text()).isEqualTo("""
                notes revision 2
                field title TEXT 1024
                field due INSTANT 0
                field tags MANY 255
                unique index title: title
                index title_due: title, due desc""");
        assertThat(CollectionDefinition.parse(NOTES.text())).isEqualTo(NOTES);
        CollectionDefinition bare = new CollectionDefinition("x", 1, List.of(), List.of());
        assertThat(CollectionDefinition.parse(bare.text())).isEqualTo(bare);
    }

    @Test
    void aDamagedTextIsRefused() {
        for (String damaged : List.of("", "notes", "notes revision x", "notes revision 2\nsomething")) {
            assertThatThrownBy(() -> CollectionDefinition.parse(damaged))
                    .as(damaged)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void itsShapeStandsInItsTextLineByLine() {
        CollectionDefinition shaped = NOTES.withShape("author.name text\ndue instant\ntags[] text");
        assertThat(shaped.text())
                .isEqualTo(NOTES.text() + "\nshape author.name text\nshape due instant\nshape tags[] text");
        for (String shape : List.of("a text", "a text\nb text", "", "field a TEXT 5", "odd")) {
            CollectionDefinition one = NOTES.withShape(shape);
            assertThat(CollectionDefinition.parse(one.text())).as(shape).isEqualTo(one);
        }
        assertThat(CollectionDefinition.parse(NOTES.text()).shape()).isNull();
        for (String damaged : List.of("shape\nshape", "shape\nshape a text", "shapes a text", "shape a\u2028b")) {
            assertThatThrownBy(() -> CollectionDefinition.parse("notes revision 2\n" + damaged))
                    .as(damaged)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void howLongChangesAreKeptStandsInItsText() {
        CollectionDefinition kept = new CollectionDefinition(
                "notes", 2, NOTES.fields(), NOTES.indexes(), "due instant", Duration.ofDays(7));
        assertThat(kept.text()).isEqualTo(NOTES.text() + "\nchanges PT168H\nshape due instant");
        for (Duration retention : List.of(
                Duration.ofSeconds(1),
                Duration.ofDays(36_500),
                Duration.ofDays(1).plusNanos(1_000))) {
            CollectionDefinition one =
                    new CollectionDefinition("notes", 2, NOTES.fields(), NOTES.indexes(), null, retention);
            assertThat(CollectionDefinition.parse(one.text())).isEqualTo(one);
        }
        assertThat(CollectionDefinition.parse(NOTES.text()).retention()).isNull();
        for (String damaged : List.of("changes", "changes ", "changes 7", "changes PT", "changes PT1H\nchanges PT1H")) {
            assertThatThrownBy(() -> CollectionDefinition.parse("notes revision 2\n" + damaged))
                    .as(damaged)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(kept.withShape(null).hasTablesOf(NOTES)).isFalse();
        assertThat(NOTES.serves(kept.withShape(null))).isFalse();
        assertThat(kept.named("others").retention()).isEqualTo(Duration.ofDays(7));
        assertThat(kept.withShape("x").retention()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void byWhichFieldDocumentsExpireStandsInItsText() {
        CollectionDefinition expiring = new CollectionDefinition(
                "notes", 2, NOTES.fields(), NOTES.indexes(), "due instant", Duration.ofDays(7), "due");
        assertThat(expiring.text()).isEqualTo(NOTES.text() + "\nchanges PT168H\nexpires due\nshape due instant");
        assertThat(CollectionDefinition.parse(expiring.text())).isEqualTo(expiring);
        for (String damaged : List.of("expires", "expires title", "expires none", "expires due\nexpires due")) {
            assertThatThrownBy(() -> CollectionDefinition.parse(NOTES.text() + "\n" + damaged))
                    .as(damaged)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(expiring.hasTablesOf(expiring.withoutExpiry())).isFalse();
        assertThat(NOTES.withoutExpiry()).isSameAs(NOTES);
        assertThat(expiring.named("others").expiry()).isEqualTo("due");
        assertThat(expiring.withShape("x").expiry()).isEqualTo("due");
    }

    @Test
    void whatHasExpiredIsToldFromWhatHasNot() {
        CollectionDefinition expiring =
                new CollectionDefinition("notes", 2, NOTES.fields(), NOTES.indexes(), null, null, "due");
        assertThat(expiring.isExpired(Arrays.asList("milk", 5L, List.of()), 4)).isFalse();
        assertThat(expiring.isExpired(Arrays.asList("milk", 5L, List.of()), 5)).isTrue();
        assertThat(expiring.isExpired(Arrays.asList("milk", null, List.of()), 5))
                .isFalse();
        assertThat(NOTES.isExpired(Arrays.asList("milk", 5L, List.of()), 5)).isFalse();
        assertThat(expiring.expired(5)).isEqualTo(new Condition.Compare("due", Condition.Operator.LTE, 5L));
        assertThat(expiring.unexpired(5))
                .isEqualTo(new Condition.Or(
                        List.of(new Condition.IsNull("due"), new Condition.Compare("due", Condition.Operator.GT, 5L))));
        assertThat(NOTES.expired(5)).isEqualTo(Condition.NOTHING);
        assertThat(NOTES.unexpired(5)).isEqualTo(Condition.EVERYTHING);
    }

    @Test
    void oneOfAKnownShapeServesWhoKnowsNone() {
        CollectionDefinition shaped = NOTES.withShape("due instant");
        assertThat(shaped.serves(NOTES)).isTrue();
        assertThat(shaped.serves(NOTES.withShape("due instant"))).isTrue();
        assertThat(shaped.serves(NOTES.withShape("due text"))).isFalse();
        assertThat(NOTES.serves(shaped)).isFalse();
        assertThat(NOTES.hasTablesOf(shaped)).isTrue();
        assertThat(NOTES).isNotEqualTo(shaped);
        CollectionDefinition other = new CollectionDefinition("notes", 3, NOTES.fields(), NOTES.indexes());
        assertThat(other.hasTablesOf(NOTES)).isFalse();
        assertThat(other.serves(NOTES)).isFalse();
    }

    @Test
    void fieldsOfOneValueAndOfManyAreApart() {
        assertThat(NOTES.scalars()).extracting(FieldDefinition::name).containsExactly("title", "due");
        assertThat(NOTES.manies()).extracting(FieldDefinition::name).containsExactly("tags");
        List<Object> values = List.of("milk", 5L, List.of("home"));
        assertThat(NOTES.value(values, NOTES.manies().get(0))).isEqualTo(List.of("home"));
    }

    @Test
    void onlyAUniqueIndexWithoutNullsCollides() {
        List<Object> values = List.of("milk", 5L, List.of());
        assertThat(NOTES.collision(TITLE, "n1", values))
                .isEqualTo(new Condition.And(List.of(
                        new Condition.Compare("id", Condition.Operator.NE, "n1"),
                        new Condition.Compare("title", Condition.Operator.EQ, "milk"))));
        assertThat(NOTES.collision(BOTH, "n1", values)).isNull();
        assertThat(NOTES.collision(TITLE, "n1", Arrays.asList(null, 5L, List.of())))
                .isNull();
    }

    @Test
    void anIndexEndsWithTheIdUnlessItIsUniqueOrHasIt() {
        assertThat(TITLE.columns()).containsExactly(new Sort("title", false));
        assertThat(BOTH.columns())
                .containsExactly(new Sort("title", false), new Sort("due", true), new Sort("id", true));
        IndexDefinition withId =
                new IndexDefinition("x", false, List.of(new Sort("id", true), new Sort("title", false)));
        assertThat(withId.columns()).isEqualTo(withId.terms());
    }
}
