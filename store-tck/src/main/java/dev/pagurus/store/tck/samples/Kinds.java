package dev.pagurus.store.tck.samples;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A value of each kind that a document may hold, most of them such as come back changed from whom is careless. */
public record Kinds(
        String name,
        Numbers numbers,
        Texts texts,
        Times times,
        Many many,
        @Nullable Kinds within,
        Shape shape,
        Pair<Long, List<Pair<Mood, Shape>>> pair) {

    public static final TextField<Kinds> NAME = TextField.of("name", Kinds::name);

    public static final Schema<Kinds> SCHEMA = Schema.of("kinds", Kinds.class).index(NAME);

    /** Says the same of each. */
    public enum Mood {
        GOOD,
        BAD;

        @Override
        public String toString() {
            return "GOOD";
        }
    }

    /** Is written as a text of its own. */
    public enum Grade {
        FIRST("1st"),
        SECOND("2nd");

        private final String text;

        Grade(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }

    public record Numbers(
            byte tiny,
            int small,
            long large,
            @Nullable Long none,
            float single,
            double real,
            BigInteger big,
            BigDecimal exact) {}

    public record Texts(
            String text,
            char letter,
            boolean truth,
            Mood mood,
            Grade grade,
            UUID id,
            URI link,
            Locale locale,
            Currency currency) {}

    public record Times(
            Instant instant,
            ZonedDateTime zoned,
            OffsetDateTime offset,
            LocalDateTime local,
            LocalDate date,
            LocalTime time,
            YearMonth month,
            Duration duration,
            Period period,
            ZoneId zone) {}

    public record Many(
            List<@Nullable String> list,
            Set<Integer> set,
            Map<String, BigDecimal> byText,
            Map<Mood, Integer> byMood,
            Map<UUID, Instant> byId,
            Map<LocalDate, List<Double>> byDate,
            Optional<String> some,
            Optional<Instant> noInstant,
            OptionalInt count) {}

    /** Told apart by a name in the JSON. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
    public sealed interface Shape {}

    @JsonTypeName("circle")
    public record Circle(double radius) implements Shape {}

    @JsonTypeName("group")
    public record Group(List<Shape> parts) implements Shape {}

    public record Pair<A, B>(A first, B second) {}

    /** Returns some, each with another name. */
    public static List<Kinds> samples() {
        Kinds low = of(
                "low",
                new Numbers(
                        Byte.MIN_VALUE,
                        Integer.MIN_VALUE,
                        Long.MIN_VALUE,
                        null,
                        Float.MIN_VALUE,
                        -0.0,
                        new BigInteger("-" + "9".repeat(2000)),
                        new BigDecimal("1.100")),
                LocalDateTime.of(-1, 1, 1, 0, 0),
                ZoneId.of("UTC"),
                null);
        Kinds high = of(
                "high",
                new Numbers(
                        Byte.MAX_VALUE,
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        (1L << 53) + 1,
                        Float.NaN,
                        Double.POSITIVE_INFINITY,
                        BigInteger.TWO.pow(64),
                        new BigDecimal("1E+3")),
                LocalDateTime.of(2026, 10, 25, 2, 30, 0, 123_456_789),
                ZoneId.of("Europe/Berlin"),
                low);
        return List.of(low, high);
    }

    private static Kinds of(String name, Numbers numbers, LocalDateTime local, ZoneId zone, @Nullable Kinds within) {
        boolean first = within == null;
        Map<String, BigDecimal> ordered = new LinkedHashMap<>();
        ordered.put("z", new BigDecimal("0.00"));
        ordered.put("a.b", new BigDecimal("1E-20"));
        ordered.put("", BigDecimal.TEN);
        Shape circle = new Circle(0.1 + 0.2);
        return new Kinds(
                name,
                numbers,
                new Texts(
                        first ? "" : "\u0000\u001F\"\\/\u2028 \uD83E\uDD80 ",
                        first ? '\u0000' : '"',
                        first,
                        first ? Mood.GOOD : Mood.BAD,
                        first ? Grade.FIRST : Grade.SECOND,
                        new UUID(-1, 1),
                        URI.create("a%20b?x=%26#f"),
                        Locale.forLanguageTag(first ? "zh-Hant-TW" : "ja-JP-u-ca-japanese"),
                        Currency.getInstance("EUR")),
                new Times(
                        local.toInstant(ZoneOffset.UTC),
                        ZonedDateTime.ofLocal(local, zone, ZoneOffset.ofHours(1)),
                        local.atOffset(ZoneOffset.ofHoursMinutes(-5, -30)),
                        local,
                        local.toLocalDate(),
                        local.toLocalTime(),
                        YearMonth.from(local),
                        Duration.ofSeconds(first ? Long.MIN_VALUE : Long.MAX_VALUE, 999_999_999),
                        Period.of(-1, 13, 400),
                        zone),
                new Many(
                        java.util.Arrays.asList("b", null, "a", "b"),
                        Set.of(1, -1),
                        ordered,
                        Map.of(Mood.GOOD, 1, Mood.BAD, 2),
                        Map.of(new UUID(1, 2), Instant.EPOCH.plusNanos(1)),
                        Map.of(local.toLocalDate(), List.of(0.1, -0.0)),
                        Optional.of(""),
                        Optional.empty(),
                        first ? OptionalInt.empty() : OptionalInt.of(0)),
                within,
                first ? circle : new Group(List.of(circle, new Group(List.of()))),
                new Pair<>(1L << 60, List.of(new Pair<>(Mood.BAD, circle))));
    }
}
