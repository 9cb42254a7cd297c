package dev.pagurus.store.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Filter;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.internal.value.Mapping;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a slow query is told to have of indexes. */
class QueryIndexesTest {

    private static final TextField<String> TITLE = TextField.of("title", value -> value);
    private static final TextField<String> KIND = TextField.of("kind", value -> value);
    private static final LongField<String> SIZE = LongField.of("size", value -> (long) value.length());
    private static final ManyField<String> TAGS = ManyField.of("tags", Set::of);

    private static final Schema<String> SCHEMA = Schema.of("texts", Codec.of(value -> value, body -> body))
            .index(TITLE, SIZE)
            .index(TAGS)
            .field(KIND);

    private final QueryPlan<String> all = QueryPlan.all(new Mapping<>(SCHEMA, 1000));

    private String where(Filter<String> filter) {
        return QueryIndexes.of(all.where(filter));
    }

    @Test
    void whatServesTheFilterIsNamed() {
        assertThat(QueryIndexes.of(all)).isEmpty();
        assertThat(where(TITLE.eq("x"))).isEqualTo("index title+size for the filter");
        assertThat(where(TITLE.eq("x").and(SIZE.gt(5L)))).isEqualTo("index title+size for the filter");
        assertThat(where(TITLE.eq("x").and(KIND.eq("y"))))
                .isEqualTo("index title+size for a part of the filter, missing .index(TITLE, KIND)");
        assertThat(where(TAGS.contains("t"))).isEqualTo("index tags for the filter");
        assertThat(where(TITLE.eq("x").or(TAGS.contains("t"))))
                .isEqualTo("index title+size and index tags for the filter");
        assertThat(where(SCHEMA.id().eq("a"))).isEqualTo("id for the filter");
    }

    @Test
    void whatNothingServesIsSaid() {
        assertThat(where(KIND.eq("x"))).isEqualTo("no index for the filter, missing .index(KIND)");
        assertThat(where(TITLE.ne("x"))).isEqualTo("no index for the filter");
        assertThat(where(TITLE.eq("x").or(KIND.eq("y")))).isEqualTo("no index for the filter, missing .index(KIND)");
    }

    @Test
    void whatHelpsByItselfIsNotJoinedWithWhatIsNeededToo() {
        assertThat(where(KIND.eq("x").or(SIZE.eq(1L)))).endsWith(", missing .index(KIND) and .index(SIZE)");
        assertThat(QueryIndexes.of(all.where(KIND.gt("x")).orderBy(SIZE.asc())))
                .endsWith(", missing .index(SIZE) or .index(KIND)");
        assertThat(QueryIndexes.of(all.where(KIND.eq("x").or(SIZE.eq(1L)))
                        .orderBy(SCHEMA.updatedAt().asc())))
                .endsWith(", missing .index(UPDATED_AT) or .index(KIND) and .index(SIZE)");
    }

    @Test
    void theOrderIsToldApart() {
        assertThat(QueryIndexes.of(all.orderBy(TITLE.desc()).thenBy(SIZE.desc())))
                .isEqualTo("index title+size for the order");
        assertThat(QueryIndexes.of(all.orderBy(TITLE.asc())))
                .isEqualTo("no index for the order, missing .index(TITLE)");
        assertThat(QueryIndexes.of(all.where(TITLE.eq("x")).orderBy(SIZE.desc())))
                .isEqualTo("index title+size for the filter, index title+size for the order");
        assertThat(QueryIndexes.of(all.where(TITLE.eq("x")).orderBy(KIND.asc())))
                .isEqualTo("index title+size for the filter, no index for the order, missing .index(TITLE, KIND)");
        assertThat(QueryIndexes.of(all.where(KIND.eq("x")).orderBy(SIZE.asc())))
                .isEqualTo("no index for the filter, no index for the order, missing .index(KIND, SIZE)");
    }
}
