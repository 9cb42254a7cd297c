package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Specimen.COLOUR;
import static dev.pagurus.store.sqlite.Specimen.FLAG;
import static dev.pagurus.store.sqlite.Specimen.NUMBER;
import static dev.pagurus.store.sqlite.Specimen.REAL;
import static dev.pagurus.store.sqlite.Specimen.SCHEMA;
import static dev.pagurus.store.sqlite.Specimen.TAGS;
import static dev.pagurus.store.sqlite.Specimen.TEXT;
import static dev.pagurus.store.sqlite.Specimen.TIME;

import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** Filters that compare with what no field can hold, or that are too large. */
@NullUnmarked
final class HostileFilters {

    private static final String POINTER = "use isNull() to find documents without it";

    /** Every way to compare with a text. */
    private static final Map<String, Function<String, Filter<Specimen>>> WITH_TEXT = new TreeMap<>(Map.of(
            "text =", TEXT::eq,
            "text <>", TEXT::ne,
            "text >", TEXT::gt,
            "text between", bad -> TEXT.between("a", bad),
            "text in", bad -> TEXT.in("a", bad),
            "text starts with", TEXT::startsWith,
            "tags contain", TAGS::contains,
            "tags contain any of", bad -> TAGS.containsAny("a", bad),
            "id =", bad -> SCHEMA.id().eq(bad)));

    private HostileFilters() {}

    static Stream<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        WITH_TEXT.forEach((comparison, filter) -> {
            for (BadText bad : BadText.ALL) {
                attacks.add(asked(comparison + " " + bad.what(), bad.fragment(), () -> filter.apply(bad.text())));
            }
        });
        attacks.addAll(nulls());
        attacks.addAll(notANumber());
        attacks.addAll(tooLarge());
        return attacks.stream();
    }

    private static List<Attack> nulls() {
        Collection<Long> numbers = Arrays.asList(1L, null);
        Collection<String> tags = Arrays.asList("a", null);
        return List.of(
                asked("text = null", "'text' cannot be compared with null by eq; " + POINTER, () -> TEXT.eq(null)),
                asked("text <> null", "null by ne; use isNotNull()", () -> TEXT.ne(null)),
                asked("text < null", "null by lt", () -> TEXT.lt(null)),
                asked("text <= null", "null by lte", () -> TEXT.lte(null)),
                asked("text > null", "null by gt", () -> TEXT.gt(null)),
                asked("text >= null", "null by gte", () -> TEXT.gte(null)),
                asked("text between null and a text", "compared with null", () -> TEXT.between(null, "a")),
                asked("text between a text and null", "compared with null", () -> TEXT.between("a", null)),
                asked("text starts with null", "null by startsWith", () -> TEXT.startsWith(null)),
                asked("number = null", "'number' cannot be compared with null", () -> NUMBER.eq((Long) null)),
                asked("number in 1, null", "null by in", () -> NUMBER.in(numbers)),
                asked("number in nothing at all", "null", () -> NUMBER.in((Collection<Long>) null)),
                asked("real = null", "'real' cannot be compared with null", () -> REAL.eq((Double) null)),
                asked("flag = null", "'flag' cannot be compared with null", () -> FLAG.eq(null)),
                asked("colour = null", "'colour' cannot be compared with null", () -> COLOUR.eq(null)),
                asked("time before null", "'time' cannot be compared with null", () -> TIME.before(null)),
                asked("time after null", "'time' cannot be compared with null", () -> TIME.after(null)),
                asked(
                        "id = null",
                        "'id' cannot be compared with null",
                        () -> SCHEMA.id().eq(null)),
                asked("tags contain null", "use isEmpty() to find", () -> TAGS.contains(null)),
                asked("tags contain any of a, null", "null by containsAny", () -> TAGS.containsAny(tags)),
                asked("tags contain any of nothing at all", "null", () -> TAGS.containsAny((Collection<String>) null)),
                asked(
                        "both a filter and null",
                        "filter is null",
                        () -> FLAG.isTrue().and(null)),
                asked("a filter or null", "filter is null", () -> FLAG.isTrue().or(null)),
                asked("all of null", "null", () -> Filter.allOf(null)),
                asked("any of null", "null", () -> Filter.anyOf(null)),
                asked(
                        "all of a filter and null",
                        "filter is null",
                        () -> Filter.allOf(Arrays.asList(FLAG.isTrue(), null))),
                asked(
                        "any of a filter and null",
                        "filter is null",
                        () -> Filter.anyOf(Arrays.asList(FLAG.isTrue(), null))),
                asked("no filter", "filter is null", () -> null));
    }

    private static List<Attack> notANumber() {
        return List.of(
                asked("real = NaN", "not a number (NaN)", () -> REAL.eq(Double.NaN)),
                asked("real <> NaN", "not a number (NaN)", () -> REAL.ne(Double.NaN)),
                asked("real < NaN", "not a number (NaN)", () -> REAL.lt(Double.NaN)),
                asked("real between 0 and NaN", "not a number (NaN)", () -> REAL.between(0, Double.NaN)),
                asked("real in 1, NaN", "not a number (NaN)", () -> REAL.in(1, Double.NaN)));
    }

    private static List<Attack> tooLarge() {
        List<Long> numbers = LongStream.rangeClosed(1, 1001).boxed().toList();
        List<String> tags = numbers.stream().map(String::valueOf).toList();
        Filter<Specimen> half = NUMBER.in(numbers.subList(0, 501));
        return List.of(
                asked(
                        "500 filters in a list",
                        "more than 500 nodes",
                        () -> Filter.allOf(Collections.nCopies(500, FLAG.isTrue()))),
                asked(
                        "500 alternatives",
                        "more than 500 nodes",
                        () -> Filter.anyOf(Collections.nCopies(500, FLAG.isTrue()))),
                asked("a filter turned round 500 times", "more than 500 nodes", () -> turnedRound(500)),
                asked("a filter turned round 100,000 times", "more than 500 nodes", () -> turnedRound(100_000)),
                asked("a chain of 100,000 filters", "more than 500 nodes", () -> chained(100_000)),
                asked("1,001 numbers", "more than 1000 values", () -> NUMBER.in(numbers)),
                asked(
                        "no 1,001 numbers",
                        "more than 1000 values",
                        () -> NUMBER.in(numbers).not()),
                asked("1,001 tags", "more than 1000 values", () -> TAGS.containsAny(tags)),
                asked("1,002 numbers in two filters", "more than 1000 values", () -> half.or(half)));
    }

    private static Filter<Specimen> turnedRound(int times) {
        Filter<Specimen> filter = FLAG.isTrue();
        for (int i = 0; i < times; i++) {
            filter = filter.not();
        }
        return filter;
    }

    private static Filter<Specimen> chained(int length) {
        Filter<Specimen> filter = FLAG.isTrue();
        for (int i = 1; i < length; i++) {
            filter = filter.and(FLAG.isTrue());
        }
        return filter;
    }

    private static Attack asked(String title, String fragment, Supplier<Filter<Specimen>> filter) {
        return new Attack(
                title,
                InvalidValueException.class,
                fragment,
                victim -> victim.specimens().where(filter.get()).list());
    }
}
