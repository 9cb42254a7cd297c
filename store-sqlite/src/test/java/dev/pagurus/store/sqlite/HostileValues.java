package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.HostileIds.onlyFailure;

import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** Values that cannot be stored: refused whole, with the place named. */
@NullUnmarked
final class HostileValues {

    /** 2^63, one more than a long can hold. */
    private static final BigInteger TOO_LARGE = BigInteger.TWO.pow(63);

    /** A value that Jackson can make of JSON, and that can contain itself. */
    private record Knot(List<Knot> inside) {}

    private HostileValues() {}

    static Stream<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        for (BadText bad : BadText.ALL) {
            attacks.add(brought("a text with " + bad.what(), "text", bad.text(), "'text' of collection 'parcels' has"));
            attacks.add(brought("a tag with " + bad.what(), "tags", List.of("a", bad.text()), "field 'tags' has"));
            attacks.add(brought("a body with " + bad.what(), "body", bad.text(), bad.fragment()));
        }
        attacks.addAll(tooLong());
        attacks.addAll(numbersAndTimes());
        attacks.addAll(brokenCode());
        attacks.addAll(nulls());
        return attacks.stream();
    }

    private static List<Attack> tooLong() {
        String filler = "x".repeat(Victim.LARGEST_BODY - 3);
        Set<String> tags = IntStream.range(0, 101).mapToObj(n -> "tag " + n).collect(Collectors.toSet());
        return List.of(
                brought("a text of 1,025 letters", "text", "x".repeat(1025), "1025 UTF-8 bytes, more than the 1024"),
                brought(
                        "a text of 342 euro signs",
                        "text",
                        "\u20AC".repeat(342),
                        "1026 UTF-8 bytes, more than the 1024"),
                brought("a text of 513 umlauts", "text", "\u00E4".repeat(513), "1026 UTF-8 bytes, more than the 1024"),
                brought(
                        "a text of 256 emojis and a letter",
                        "text",
                        "\uD83D\uDE00".repeat(256) + "x",
                        "has 1025 UTF-8"),
                brought("11 letters where 10 may be", "short", "elevenchars", "11 UTF-8 bytes, more than the 10"),
                brought(
                        "4 euro signs where 10 bytes may be",
                        "short",
                        "\u20AC".repeat(4),
                        "12 UTF-8 bytes, more than the 10"),
                brought("a tag of 256 letters", "tags", Set.of("x".repeat(256)), "256 UTF-8 bytes, more than the 255"),
                brought(
                        "a tag of 64 emojis",
                        "tags",
                        Set.of("\uD83D\uDE00".repeat(64)),
                        "256 UTF-8 bytes, more than the 255"),
                brought("101 tags", "tags", tags, "has 101 values, more than the 100"),
                brought(
                        "a body one letter too long",
                        "body",
                        filler + "abcd",
                        "65537 UTF-8 bytes, more than the 65536"),
                brought(
                        "a body one euro sign too long",
                        "body",
                        filler + "x\u20AC",
                        "65537 UTF-8 bytes, more than the"),
                brought(
                        "a body of a million letters",
                        "body",
                        "x".repeat(1_000_000),
                        "1000000 UTF-8 bytes, more than the"));
    }

    private static List<Attack> numbersAndTimes() {
        return List.of(
                brought("2^63", "number", TOO_LARGE, "BigInteger that is not an integer of at most 64 bits"),
                brought("-2^63 - 1", "number", TOO_LARGE.negate().subtract(BigInteger.ONE), "at most 64 bits"),
                brought("10^1000000", "number", BigInteger.TEN.pow(1_000_000), "at most 64 bits"),
                brought("1.5 where integers are", "number", 1.5, "is a Double that is not an integer"),
                brought("1.0 where integers are", "number", 1.0, "is a Double that is not an integer"),
                brought("1f where integers are", "number", 1f, "is a Float that is not an integer"),
                brought("a decimal where integers are", "number", new BigDecimal("0.1"), "is a BigDecimal that is not"),
                brought("infinity where integers are", "number", Double.POSITIVE_INFINITY, "is a Double that is not"),
                brought("NaN", "real", Double.NaN, "'real' of collection 'parcels' is not a number (NaN)"),
                brought("NaN as a float", "real", Float.NaN, "is not a number (NaN)"),
                brought("the least instant", "time", Instant.MIN, "outside of the years 1 to 9999"),
                brought("the greatest instant", "time", Instant.MAX, "outside of the years 1 to 9999"),
                brought(
                        "the last moment before year 1",
                        "time",
                        Instant.parse("0000-12-31T23:59:59.999999999Z"),
                        "outside"),
                brought(
                        "the first moment of year 10000",
                        "time",
                        Instant.parse("+10000-01-01T00:00:00Z"),
                        "outside of"));
    }

    private static List<Attack> brokenCode() {
        List<Knot> loop = new ArrayList<>();
        loop.add(new Knot(loop));
        return List.of(
                brought(
                        "an extractor that throws",
                        "extractor",
                        new IllegalStateException("out of order"),
                        "out of order"),
                brought(
                        "an extractor that meets a null",
                        "extractor",
                        new NullPointerException(),
                        "extractor of field"),
                brought("a codec that throws", "codec", new IllegalStateException("no paper"), "no paper"),
                brought("a codec that throws a checked exception", "codec", new Exception("jam"), "cannot be encoded"),
                brought("a codec that makes null", "body", null, "made null of the value of document 'new'"),
                refused(
                        "a value that contains itself",
                        "cannot be encoded by its codec",
                        victim -> victim.store()
                                .collection(Schema.of("knots", Knot.class))
                                .insert("new", new Knot(loop))),
                refused(
                        "an update to null",
                        "given to update returned null",
                        victim -> victim.specimens().update(Victim.PRESENT, value -> null)),
                refused(
                        "a compute to null",
                        "given to compute returned null",
                        victim -> victim.specimens().compute(Victim.PRESENT, value -> null)),
                refused(
                        "an updateAll to null",
                        "given to updateAll returned null",
                        victim -> victim.specimens().query().updateAll(value -> null)));
    }

    private static List<Attack> nulls() {
        return List.of(
                brought("null among the tags", "tags", Arrays.asList("a", null), "has null among its values"),
                refused(
                        "insert of null",
                        "is null; use delete",
                        victim -> victim.specimens().insert("new", null)),
                refused(
                        "insert of null without an id",
                        "is null; use",
                        victim -> victim.specimens().insert(null)),
                refused(
                        "put of null",
                        "is null; use delete",
                        victim -> victim.specimens().put(Victim.PRESENT, null)),
                refused(
                        "replace by null",
                        "is null; use delete",
                        victim -> victim.specimens().replace(Victim.PRESENT, 1, null)),
                refused("insertAll of null", "is null; use delete", victim -> {
                    throw onlyFailure(
                            victim.specimens().insertAll(Stream.of((Specimen) null), value -> "new", OnConflict.FAIL));
                }),
                refused("an id twice in one chunk", "'new' is given twice", victim -> {
                    List<Specimen> twice = Collections.nCopies(2, Specimen.named("new"));
                    try {
                        throw onlyFailure(victim.specimens().putAll(twice.stream(), value -> "new", OnConflict.FAIL));
                    } finally {
                        victim.specimens().delete("new");
                    }
                }));
    }

    /** A parcel that is refused by every verb that writes; here by one, for they share the way. */
    private static Attack brought(String title, String to, Object content, String fragment) {
        return refused(title, fragment, victim -> victim.parcels().put("new", new Parcel(to, content)));
    }

    private static Attack refused(String title, String fragment, Attack.Deed deed) {
        return new Attack(title, InvalidValueException.class, fragment, deed);
    }
}
