package dev.pagurus.store.tck.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Group V, numbers and the other small kinds of fields, and null in each of them. */
public abstract class ValueClauses extends ClauseGroup {

    private static final List<ScalarField<Item, ?>> SCALARS =
            List.of(Item.TEXT, Item.NUMBER, Item.REAL, Item.FLAG, Item.TIME, Item.COLOR, Item.CODE);

    protected ValueClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.V9)
    void everyInt64IsItself() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.each(Samples.NUMBERS, Item.NOTHING::withNumber));
        for (long number : Samples.NUMBERS) {
            assertThat(items.where(Item.NUMBER.eq(number)).count())
                    .as("numbers equal to %d", number)
                    .isOne();
        }
        assertThat(items.where(Item.NUMBER.isNotNull()).countBy(Item.NUMBER).keySet())
                .containsExactlyElementsOf(Samples.NUMBERS);
    }

    @Proves(Clause.V9)
    void everyIntegerTypeIsAnInteger() {
        for (Number number : List.of((byte) 7, (short) 7, 7, 7L, BigInteger.valueOf(7), new AtomicInteger(7))) {
            LongField<Item> seven = LongField.of("seven", item -> number);
            DocumentCollection<Item> items = store.collection(
                    Schema.of("c_" + number.getClass().getSimpleName().toLowerCase(Locale.ROOT), Item.class)
                            .field(seven));
            items.put("a", Item.NOTHING);
            assertThat(items.where(seven.eq(7)).count()).isOne();
        }
    }

    @Proves(Clause.V9)
    void fractionsAndLargerIntegersAreRefused() {
        for (Number number : List.of(1.5, 1.0, new BigDecimal("1"), BigInteger.TWO.pow(63))) {
            LongField<Item> field = LongField.of("no_integer", item -> number);
            DocumentCollection<Item> items =
                    store.collection(Schema.of("numbers", Item.class).field(field));
            assertThatThrownBy(() -> items.put("a", Item.NOTHING))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("'no_integer'", "'numbers'", "integer");
            assertThat(items.exists("a")).as("items.exists('a')").isFalse();
        }
    }

    @Proves(Clause.V10)
    void everyRealIsItselfAndZeroHasNoSign() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.each(Samples.REALS, Item.NOTHING::withReal));
        for (double real : Samples.REALS) {
            assertThat(items.where(Item.REAL.eq(real)).count())
                    .as("reals equal to %s", real)
                    .isEqualTo(real == 0.0 ? 2 : 1);
        }
        assertThat(items.where(Item.REAL.isNotNull()).countBy(Item.REAL).keySet())
                .containsExactlyElementsOf(Samples.REALS.stream()
                        .map(real -> real + 0.0)
                        .distinct()
                        .toList());
    }

    @Proves(Clause.V10)
    void infinitiesAreTheEndsOfTheOrder() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.each(Samples.REALS, Item.NOTHING::withReal));
        List<Document<Item>> descending =
                items.query().orderBy(Item.REAL.desc()).list();
        assertThat(descending.get(0).value().real()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(descending.get(descending.size() - 2).value().real()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(items.where(Item.REAL.lt(Double.POSITIVE_INFINITY)).count()).isEqualTo(Samples.REALS.size() - 1L);
    }

    @Proves(Clause.V10)
    void notANumberIsRefused() {
        DoubleField<Item> broken = DoubleField.of("broken", item -> Double.NaN);
        DocumentCollection<Item> items =
                store.collection(Schema.of("reals", Item.class).field(broken));
        assertThatThrownBy(() -> items.put("a", Item.NOTHING))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'broken'", "'reals'", "NaN");
        assertThatThrownBy(() -> items.where(broken.lt(Double.NaN)).count())
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'broken'", "NaN");
        assertThat(items.exists("a")).as("items.exists('a')").isFalse();
    }

    @Proves(Clause.V14)
    void everyFieldCanBeNull() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING);
        items.put(
                "b",
                Item.of("x")
                        .withNumber(1)
                        .withReal(1.0)
                        .withFlag(true)
                        .withTime(Samples.TIMES.get(0))
                        .withColor(Item.Color.RED)
                        .withCode("c")
                        .tagged("t"));
        for (ScalarField<Item, ?> field : SCALARS) {
            assertThat(ids(items, field.isNull()))
                    .as("documents without %s", field)
                    .containsExactly("a");
            assertThat(ids(items, field.isNotNull()))
                    .as("documents with %s", field)
                    .containsExactly("b");
        }
        assertThat(ids(items, Item.TAGS.isEmpty())).containsExactly("a");
    }

    @Proves(Clause.V14)
    void aFieldCanBecomeNullAgain() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("x").tagged("t").withCode("c"));
        items.put("a", Item.NOTHING);
        assertThat(items.where(Item.TEXT.isNull().and(Item.CODE.isNull()).and(Item.TAGS.isEmpty()))
                        .count())
                .isOne();
        assertThat(items.where(Item.TEXT.eq("x").or(Item.CODE.eq("c")).or(Item.TAGS.contains("t")))
                        .count())
                .isZero();
    }

    @Proves(Clause.V14)
    void anEmptyTextIsNotNull() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("").tagged(""));
        assertThat(items.where(Item.TEXT.isNotNull().and(Item.TEXT.eq(""))).count())
                .isOne();
        assertThat(items.where(Item.TAGS.isEmpty()).count()).isZero();
        assertThat(items.where(Item.TAGS.contains("")).count()).isOne();
    }

    @Proves(Clause.V15)
    @SuppressWarnings("NullAway") // that null is refused is the point
    void comparingWithNullIsRefusedWithAPointer() {
        @Nullable String none = null;
        for (Runnable comparison : List.<Runnable>of(
                () -> Item.TEXT.eq(none),
                () -> Item.TEXT.lt(none),
                () -> Item.TEXT.in("a", none),
                () -> Item.NUMBER.gte((Long) null),
                () -> Item.FLAG.eq(null),
                () -> Item.COLOR.eq(null),
                () -> Item.TIME.before(null),
                () -> Item.TEXT.startsWith(none))) {
            assertThatThrownBy(comparison::run, "a comparison with null")
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("null", "isNull()");
        }
        assertThatThrownBy(() -> Item.TEXT.ne(none), "ne(null)").hasMessageContainingAll("'text'", "isNotNull()");
        assertThatThrownBy(() -> Item.TAGS.contains(none), "contains(null)")
                .hasMessageContainingAll("'tags'", "isEmpty()");
    }

    @Proves(Clause.V18)
    void trueFalseAndNullAreThree() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.each(List.of(true, false), Item.NOTHING::withFlag));
        assertThat(ids(items, Item.FLAG.isTrue())).containsExactly("item 0");
        assertThat(ids(items, Item.FLAG.isFalse())).containsExactly("item 1");
        assertThat(ids(items, Item.FLAG.isTrue().not())).containsExactly("item 1", "without");
        assertThat(items.query().countBy(Item.FLAG).keySet()).containsExactly(null, false, true);
    }

    @Proves(Clause.V19)
    void constantsAreStoredAndOrderedByName() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.each(List.of(Item.Color.values()), Item.NOTHING::withColor));
        assertThat(items.query().orderBy(Item.COLOR.asc()).list())
                .extracting(document -> document.value().color())
                .containsExactly(null, Item.Color.BLUE, Item.Color.GREEN, Item.Color.RED);
        assertThat(ids(items, Item.COLOR.in(Item.Color.RED, Item.Color.BLUE))).containsExactly("item 0", "item 2");
    }

    @Proves(Clause.V8)
    void aTagThatIsThereTwiceCountsOnceAndNullIsEmpty() {
        ManyField<Item> twice = ManyField.of("twice", item -> item.text() == null ? null : List.of("t", "t"));
        DocumentCollection<Item> items =
                store.collection(Schema.of("doubled", Item.class).index(twice));
        items.put("a", Item.of("x"));
        items.put("b", Item.NOTHING);
        assertThat(items.query().countBy(twice)).containsExactly(Map.entry("t", 1L));
        assertThat(ids(items, twice.isEmpty())).containsExactly("b");
        assertThat(items.query().list())
                .extracting(document -> document.value().tags())
                .doesNotContain(Set.of("t"));
    }

    private static List<String> ids(DocumentCollection<Item> items, Filter<Item> filter) {
        return items.where(filter).list().stream().map(Document::id).toList();
    }
}
