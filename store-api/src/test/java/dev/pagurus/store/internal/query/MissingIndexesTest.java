package dev.pagurus.store.internal.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.IndexTerm;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Order;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.internal.value.Mapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to be missing can be declared, and then nothing is missing. */
class MissingIndexesTest {

    private static final TextField<String> NAME = TextField.of("name", value -> value);
    private static final TextField<String> KIND =
            TextField.of("kind", (String value) -> value).maxBytes(50);
    private static final LongField<String> SIZE = LongField.of("size", value -> 1L);
    private static final DoubleField<String> RANK = DoubleField.of("rank", value -> 1.0);
    private static final ManyField<String> TAGS = ManyField.of("tags", Set::of);

    private static final WordsField<String> WORDS = WordsField.of("words", value -> value);

    private static final Schema<String> NONE = Schema.of("texts", Codec.of(value -> value, body -> body))
            .field(NAME)
            .field(KIND)
            .field(SIZE)
            .field(RANK)
            .field(TAGS)
            .field(WORDS);

    private static final List<ScalarField<String, ?>> SCALARS =
            List.of(NAME, KIND, SIZE, RANK, NONE.id(), NONE.createdAt(), NONE.updatedAt());

    /** The constants, by the names that an application is told. */
    private static final Map<String, Field<String, ?>> CONSTANTS = new LinkedHashMap<>(Map.of(
            "NAME", NAME,
            "KIND", KIND,
            "SIZE", SIZE,
            "RANK", RANK,
            "TAGS", TAGS,
            "WORDS", WORDS,
            "ID", NONE.id(),
            "CREATED_AT", NONE.createdAt(),
            "UPDATED_AT", NONE.updatedAt()));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whoDeclaresThemIsToldOfNone(long seed) {
        Random random = new Random(seed);
        int told = 0;
        for (int i = 0; i < 400; i++) {
            Schema<String> schema =
                    random.nextBoolean() ? NONE : NONE.index(KIND, SIZE).index(RANK);
            Filter<String> filter = filter(random, 2);
            List<Order<String>> orders = orders(random);
            List<String> missing = missing(schema, filter, orders);
            for (String line : missing) {
                schema = declared(schema, line);
                told++;
            }
            assertThat(missing(schema, filter, orders))
                    .as("missing after %s, of %s by %s", missing, filter, orders)
                    .isEmpty();
        }
        assertThat(told).as("how many indexes were missing").isGreaterThan(200);
    }

    @Test
    void whatIsTooWideForASchemaIsShortened() {
        TextField<String> other = TextField.of("other", value -> value);
        TextField<String> third = TextField.of("third", value -> value);
        Schema<String> wide = NONE.field(other).field(third);
        Filter<String> all = NAME.eq("a").and(other.eq("b")).and(third.eq("c"));
        assertThat(missing(wide, all, List.of())).containsExactly(".index(NAME, OTHER)");
        Filter<String> two = NAME.eq("a").and(other.eq("b"));
        assertThat(missing(wide, two, List.of())).containsExactly(".index(NAME, OTHER)");
        assertThat(missing(wide, two.and(third.startsWith("c")), List.of())).containsExactly(".index(NAME, OTHER)");
        assertThat(missing(wide, two, List.of(third.asc()))).containsExactly(".index(NAME, OTHER)");
        assertThat(missing(wide, all.or(SIZE.eq(1L)), List.of()))
                .containsExactly(".index(NAME, OTHER)", ".index(SIZE)");
        assertThat(missing(wide.index(NAME, other), all, List.of())).isEmpty();
        Schema<String> full = wide;
        for (int i = 0; i < Schema.MAX_INDEXES; i++) {
            full = full.index(LongField.of("n" + i, value -> 1L));
        }
        assertThat(missing(full, NAME.eq("a"), List.of())).isEmpty();
    }

    @Test
    void whatIsFewByItsIdsOrUniqueValuesNeedsNoOther() {
        Filter<String> ids = NONE.id().in("a", "b");
        Schema<String> unique = NONE.uniqueIndex(KIND, SIZE);
        Filter<String> one = KIND.in("a", "b").and(SIZE.eq(1L));
        assertThat(missing(NONE, ids.and(NAME.eq("x")), List.of(RANK.asc()))).isEmpty();
        assertThat(missing(unique, one.and(NAME.eq("x")), List.of(RANK.asc()))).isEmpty();
        assertThat(missing(unique, one.or(ids).and(NAME.eq("x")), List.of(RANK.asc())))
                .isEmpty();
        assertThat(missing(unique, KIND.eq("a").and(SIZE.isNull()), List.of(RANK.asc())))
                .containsExactly(".index(KIND, SIZE, RANK)");
        assertThat(missing(unique, one.or(RANK.gt(1.0)), List.of())).containsExactly(".index(RANK)");
        assertThat(missing(NONE, NONE.id().gt("a"), List.of(RANK.asc()))).containsExactly(".index(RANK)");
    }

    @Test
    void theIdEndsAnIndexWhereItGoesAlong() {
        assertThat(missing(NONE, SIZE.eq(1L), List.of(NONE.id().desc()))).containsExactly(".index(SIZE)");
        assertThat(missing(
                        NONE,
                        Filter.allOf(List.of()),
                        List.of(SIZE.desc(), NONE.id().desc())))
                .containsExactly(".index(SIZE)");
        assertThat(missing(
                        NONE,
                        Filter.allOf(List.of()),
                        List.of(SIZE.desc(), NONE.id().asc())))
                .containsExactly(".index(SIZE.desc(), ID)");
    }

    private static List<String> missing(Schema<String> schema, Filter<String> filter, List<Order<String>> orders) {
        QueryPlan<String> plan = QueryPlan.all(new Mapping<>(schema, 1000)).where(filter);
        for (int i = 0; i < orders.size(); i++) {
            plan = i == 0 ? plan.orderBy(orders.get(i)) : plan.thenBy(orders.get(i));
        }
        return QueryIndexes.missing(plan).all();
    }

    /** Does what the line says. */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    private static Schema<String> declared(Schema<String> schema, String line) {
        assertThat(line).startsWith(".index(").endsWith(")");
        List<IndexTerm<String>> terms = new ArrayList<>();
        for (String term : line.substring(".index(".length(), line.length() - 1).split(", ", -1)) {
            Field<String, ?> field = Objects.requireNonNull(CONSTANTS.get(term.replace(".desc()", "")), line);
            terms.add(term.endsWith(".desc()") ? ((ScalarField<String, ?>) field).desc() : field);
        }
        return schema.index(terms.toArray(new IndexTerm[0]));
    }

    private static Filter<String> filter(Random random, int depth) {
        if (depth > 0 && random.nextInt(3) > 0) {
            List<Filter<String>> parts = new ArrayList<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                parts.add(filter(random, depth - 1));
            }
            return random.nextInt(3) > 0 ? Filter.allOf(parts) : Filter.anyOf(parts);
        }
        List<Filter<String>> leaves = Arrays.asList(
                NAME.eq("a"),
                NAME.startsWith("a"),
                KIND.eq("a"),
                KIND.in("a", "b"),
                KIND.ne("a"),
                SIZE.eq(1L),
                SIZE.between(1L, 2L),
                SIZE.isNull(),
                SIZE.isNotNull(),
                RANK.gt(1.0),
                RANK.eq(1.0).not(),
                TAGS.contains("a"),
                TAGS.containsAny("a", "b").not(),
                TAGS.isEmpty(),
                WORDS.hasAll("a b"),
                WORDS.hasPrefix("a").not(),
                WORDS.hasPrefix("b"),
                NONE.id().gt("a"),
                NONE.id().in("a", "b"),
                NONE.createdAt().lt(java.time.Instant.EPOCH));
        return leaves.get(random.nextInt(leaves.size()));
    }

    private static List<Order<String>> orders(Random random) {
        List<Order<String>> orders = new ArrayList<>();
        List<ScalarField<String, ?>> left = new ArrayList<>(SCALARS);
        for (int i = random.nextInt(4); i > 0; i--) {
            ScalarField<String, ?> field = left.remove(random.nextInt(left.size()));
            orders.add(random.nextBoolean() ? field.asc() : field.desc());
        }
        return orders;
    }
}
