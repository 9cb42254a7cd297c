package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Specimen.FLAG;
import static dev.pagurus.store.sqlite.Specimen.NUMBER;
import static dev.pagurus.store.sqlite.Specimen.REAL;
import static dev.pagurus.store.sqlite.Specimen.TAGS;
import static dev.pagurus.store.sqlite.Specimen.TEXT;
import static dev.pagurus.store.sqlite.Specimen.TIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Input that goes to the limit and not over it, or asks for nothing: it must work. */
record HarmlessInput(String title, Attack.Deed deed) {

    private static final int ALL = 21;

    static Stream<HarmlessInput> all() {
        return Stream.of(limits(), values(), filters(), names()).flatMap(inputs -> inputs);
    }

    private static Stream<HarmlessInput> limits() {
        Set<String> tags = Set.copyOf(IntStream.range(0, 100)
                .mapToObj(i -> String.format(Locale.ROOT, "%0255d", i))
                .toList());
        return Stream.of(
                kept("a text of 1,024 letters", "text", "x".repeat(1024)),
                kept("a text of 256 emojis", "text", "\uD83D\uDE00".repeat(256)),
                kept("an empty text", "text", ""),
                kept("10 letters where 10 may be", "short", "tenletters"),
                kept("100 tags of 255 letters", "tags", tags),
                kept(
                        "101 tags of which two are the same",
                        "tags",
                        Stream.concat(tags.stream(), tags.stream().limit(1)).toList()),
                kept("an empty tag", "tags", Set.of("")),
                kept("a body of 65,536 letters", "body", "x".repeat(Victim.LARGEST_BODY)),
                kept("a body of 16,384 emojis", "body", "\uD83D\uDE00".repeat(Victim.LARGEST_BODY / 4)),
                kept("an empty body", "body", ""),
                kept("a body that is no JSON", "body", "{\"a\":"));
    }

    private static Stream<HarmlessInput> values() {
        return Stream.of(
                kept("the least long", "number", Long.MIN_VALUE),
                kept("the greatest long", "number", Long.MAX_VALUE),
                kept("the greatest long as a BigInteger", "number", BigInteger.valueOf(Long.MAX_VALUE)),
                kept("a byte", "number", (byte) -128),
                kept("infinity", "real", Double.POSITIVE_INFINITY),
                kept("negative infinity", "real", Double.NEGATIVE_INFINITY),
                kept("negative zero", "real", -0.0),
                kept("the least double above zero", "real", Double.MIN_VALUE),
                kept("an integer beyond a double's precision", "real", BigInteger.TEN.pow(400)),
                kept("the first moment of year 1", "time", Instant.parse("0001-01-01T00:00:00Z")),
                kept("the last nanosecond of year 9999", "time", Instant.parse("9999-12-31T23:59:59.999999999Z")));
    }

    private static Stream<HarmlessInput> filters() {
        List<Long> numbers = LongStream.range(0, 1000).boxed().toList();
        return Stream.of(
                finds("1,000 numbers", ALL - 1, NUMBER.in(numbers)),
                finds("no number", 0, NUMBER.in(List.of())),
                finds("everything but no number", ALL, NUMBER.in(List.of()).not()),
                finds("498 filters", 10, Filter.allOf(Collections.nCopies(498, FLAG.isTrue()))),
                finds("498 alternatives", 10, Filter.anyOf(Collections.nCopies(498, FLAG.isTrue()))),
                finds("all of no filters", ALL, Filter.allOf(List.of())),
                finds("any of no filters", 0, Filter.anyOf(List.of())),
                finds("a prefix of nothing", ALL, TEXT.startsWith("")),
                finds("a prefix of the last code point", 0, TEXT.startsWith("\uDBFF\uDFFF")),
                finds("a prefix before the surrogates", 0, TEXT.startsWith("\uD7FF")),
                finds("a text of a million letters", 0, TEXT.eq("x".repeat(1_000_000))),
                finds("texts before a million letters", ALL, TEXT.lt("x".repeat(1_000_000))),
                finds("a tag of a million letters", 0, TAGS.contains("x".repeat(1_000_000))),
                finds("any of no tags", 0, TAGS.containsAny(List.of())),
                finds("times after the least instant", ALL - 1, TIME.after(Instant.MIN)),
                finds("times before the greatest instant", ALL - 1, TIME.before(Instant.MAX)),
                finds("times that are the greatest instant", 0, TIME.eq(Instant.MAX)),
                finds("reals up to infinity", ALL - 1, REAL.lte(Double.POSITIVE_INFINITY)),
                finds("reals that are negative zero", 1, REAL.eq(-0.0)),
                finds("numbers between the wrong way round", 0, NUMBER.between(5, 1)),
                finds("numbers down to the least long", ALL - 1, NUMBER.gte(Long.MIN_VALUE)),
                works(
                        "a limit of 2^31 - 1",
                        victim -> assertThat(victim.specimens()
                                        .query()
                                        .limit(Integer.MAX_VALUE)
                                        .list())
                                .hasSize(ALL)),
                works(
                        "no ids",
                        victim ->
                                assertThat(victim.specimens().getAll(List.of())).isEmpty()),
                works("100,000 ids of which one is there", victim -> {
                    Stream<String> ids =
                            IntStream.range(0, 100_000).mapToObj(n -> n == 70_000 ? Victim.PRESENT : "no " + n);
                    assertThat(victim.specimens().getAll(ids.toList())).containsOnlyKeys(Victim.PRESENT);
                }),
                works("a cursor with another filter", victim -> {
                    Page<Specimen> first = victim.specimens().query().limit(5).page();
                    assertThat(victim.specimens()
                                    .where(FLAG.isFalse())
                                    .startAfter(first.nextCursor())
                                    .page()
                                    .items())
                            .hasSize(8);
                }));
    }

    private static Stream<HarmlessInput> names() {
        return Stream.of(
                        "select",
                        "table",
                        "order",
                        "group",
                        "where",
                        "index",
                        "values",
                        "null",
                        "transaction",
                        "main",
                        "temp",
                        "a",
                        "n".repeat(40),
                        "x_1__",
                        "sqlite",
                        "pg",
                        "pagurus",
                        "specimens_tags",
                        "user")
                .map(name -> works("the name " + name, victim -> usesName(victim, name)));
    }

    /** Uses the name for a collection, a field and a many-field, in every kind of statement. */
    private static void usesName(Victim victim, String name) {
        TextField<String> field = TextField.of(name, text -> text);
        ManyField<String> words =
                ManyField.of("in_" + name.substring(0, Math.min(37, name.length())), text -> Set.of(text));
        Schema<String> schema = Schema.of(name, Codec.of(text -> text, text -> text));
        DocumentCollection<String> texts =
                victim.store().collection(schema.uniqueIndex(field).index(words));
        texts.put("1", "a");
        texts.put("1", "b");
        assertThat(texts.where(field.eq("b").and(words.contains("b")))
                        .orderBy(field.desc())
                        .list())
                .hasSize(1);
        assertThat(texts.query().countBy(field)).containsOnlyKeys("b");
        assertThat(texts.query().countBy(words)).containsOnlyKeys("b");
        DocumentCollection<String> changed =
                victim.store().collection(schema.index(field.desc()).revision(2));
        assertThat(changed.where(field.startsWith("b")).deleteAll()).isEqualTo(1);
    }

    private static HarmlessInput kept(String title, String to, Object content) {
        return works(title, victim -> {
            victim.parcels().put("new", new Parcel(to, content));
            String body = to.equals("body") ? (String) content : "{}";
            assertThat(victim.parcels().get("new").orElseThrow().value()).isEqualTo(new Parcel("body", body));
            assertThat(victim.parcels().delete("new")).isTrue();
        });
    }

    private static HarmlessInput finds(String title, int documents, Filter<Specimen> filter) {
        return works(title, victim -> {
            assertThat(victim.specimens().where(filter).count()).isEqualTo(documents);
            assertThat(victim.specimens().where(filter).list()).hasSize(documents);
            assertThat(victim.specimens().where(filter.not()).count()).isEqualTo(ALL - documents);
        });
    }

    private static HarmlessInput works(String title, Attack.Deed deed) {
        return new HarmlessInput(title, deed);
    }

    @Override
    public String toString() {
        return title;
    }
}
