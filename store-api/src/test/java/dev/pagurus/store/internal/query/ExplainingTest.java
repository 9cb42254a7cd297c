package dev.pagurus.store.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Explanation;
import dev.pagurus.store.Filter;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.ScanPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How what an engine says is worded. */
class ExplainingTest {

    private static final TextField<String> TITLE = TextField.of("title", value -> value);
    private static final TextField<String> KIND = TextField.of("kind", value -> value);
    private static final LongField<String> SIZE = LongField.of("size", value -> (long) value.length());

    private static final Schema<String> SCHEMA = Schema.of("texts", Codec.of(value -> value, body -> body))
            .index(TITLE, SIZE)
            .field(KIND);

    private static final ScanPlan.Way ALL_OVER = new ScanPlan.Way(List.of(), true);

    private final QueryPlan<String> all = QueryPlan.all(new Mapping<>(SCHEMA, 1000));

    @Test
    void severalMissingIndexesAreNeededTogetherOrNot() {
        assertThat(words(all.where(KIND.eq("x"))).lines()).noneMatch(line -> line.contains("missing"));
        assertThat(words(all.where(KIND.gt("x")).orderBy(SIZE.asc())))
                .endsWith(
                        "\nEither of the missing indexes helps by itself: the first has the order, the second more of the"
                                + " filter.");
        assertThat(words(all.where(KIND.eq("x").or(SIZE.eq(1L)))))
                .endsWith("\nThe missing indexes help only together: each is for a side of an \"or\".");
        assertThat(words(all.where(KIND.eq("x").or(SIZE.eq(1L)))
                        .orderBy(SCHEMA.updatedAt().asc())))
                .endsWith(
                        "\nThe first of the missing indexes helps by itself and has the order, the others only together:"
                                + " each is for a side of an \"or\".");
    }

    @Test
    void whatIsMissingIsNotBuriedUnderALongPlan() {
        Explanation explanation = Explaining.of(all.where(KIND.eq("x")), new ScanPlan(ALL_OVER, null, "SCAN\n  MORE"));
        assertThat(explanation.toString())
                .isEqualTo(explanation.words() + "\nThe engine's own plan:\n    SCAN\n      MORE\n"
                        + "Missing in the schema:\n    .index(KIND)");
    }

    @Test
    void anOrderAloneIsASentence() {
        assertThat(words(all.orderBy(SIZE.desc()).thenBy(KIND.asc())))
                .startsWith("All of 'texts', ordered by size desc, kind.\n");
        assertThat(words(all)).startsWith("All of 'texts', by id.\n");
    }

    @Test
    void whereNothingCanMatchNothingElseIsSaid() {
        assertThat(words(all.where(Filter.anyOf(List.of()))))
                .isEqualTo("Of 'texts' where nothing.\nNothing can match.");
        assertThat(words(all.where(KIND.in(List.of()).and(TITLE.eq("x"))).orderBy(SIZE.asc())))
                .isEqualTo("Of 'texts' where kind in ? and title = ? order by size.\nNothing can match.");
    }

    @Test
    void whatASampleDoesNotShowMayBeThere() {
        assertThat(words(all.where(KIND.eq("x")))).contains("Matching documents: about 1,234.");
        assertThat(Explaining.of(all.where(KIND.eq("x")), new ScanPlan(ALL_OVER, 0L, ""))
                        .words())
                .contains("Matching documents: few or none.");
        assertThat(Explaining.of(all.where(KIND.eq("x")), new ScanPlan(ALL_OVER, null, ""))
                        .words())
                .doesNotContain("Matching");
    }

    @Test
    void anIndexThatIsGoneAlongForAPartOfTheOrderIsNamed() {
        QueryPlan<String> query = all.where(KIND.eq("x")).orderBy(TITLE.asc()).thenBy(KIND.asc());
        IndexPath whole =
                new IndexPath.Stretch(query.scan(null, 1).collection().indexes().get(0), List.of());
        assertThat(Explaining.of(query, new ScanPlan(new ScanPlan.Way(List.of(whole), true), null, ""))
                        .words())
                .contains("\nEvery document of the collection is looked at, along index title+size, by hand: kind.\n"
                        + "What is found is sorted by hand: title, kind.");
    }

    private static String words(QueryPlan<String> query) {
        return Explaining.of(query, new ScanPlan(ALL_OVER, 1234L, "")).words();
    }
}
