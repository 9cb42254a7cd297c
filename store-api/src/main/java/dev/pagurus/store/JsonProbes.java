package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.StringWriter;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;

/** Some values of a kind, written and read where an annotation may have changed how, to see whether they come back. */
final class JsonProbes {

    private final JsonWalk walk;
    private final JsonPlace place;
    private final Class<?> type;

    JsonProbes(JsonWalk walk, JsonPlace place) {
        this.walk = walk;
        this.place = place;
        this.type = place.written().getRawClass();
    }

    /**
     * Returns the words for a value that does not come back, or null if all do.
     *
     * @param asked how the property is annotated
     */
    @Nullable
    String lost(JsonFormat.Value asked) {
        if (type != place.read().getRawClass() || (!type.isEnum() && isUsual(asked))) {
            return null;
        }
        for (Object value : values()) {
            StringWriter text = new StringWriter();
            String becomes;
            try {
                Object back = readBack(value, text);
                if (Objects.deepEquals(value, back)) {
                    continue;
                }
                becomes = "comes back as " + back;
            } catch (RuntimeException e) {
                becomes = "cannot be read";
            }
            return "is annotated so that not every value comes back: " + value + " is written as " + text + " and "
                    + becomes
                    + ". Leave the annotation out, or give it both a serializer and a deserializer";
        }
        return null;
    }

    private boolean isUsual(JsonFormat.Value asked) {
        return asked.equals(JsonFormat.Value.empty())
                && isSame(place.writer(), walk.writing.findPrimaryPropertySerializer(type, null))
                && isSame(place.reader(), walk.reading.findContextualValueDeserializer(place.read(), null));
    }

    private static boolean isSame(@Nullable Object one, Object other) {
        return one != null && one.getClass() == other.getClass();
    }

    @SuppressWarnings("unchecked") // they are of this type, since Jackson found them for it
    private Object readBack(Object value, StringWriter text) {
        try (JsonGenerator json = walk.mapper.createGenerator(text)) {
            walk.mapper
                    ._serializationContext()
                    .serializeValue(json, value, null, (ValueSerializer<Object>) place.writer());
        }
        try (JsonParser json = walk.mapper.createParser(text.toString())) {
            json.nextToken();
            return walk.mapper
                    ._deserializationContext()
                    .assignParser(json)
                    .readRootValue(json, place.read(), (ValueDeserializer<Object>) place.reader(), null);
        }
    }

    private List<?> values() {
        if (type.isEnum()) {
            return Arrays.asList(type.getEnumConstants());
        }
        LocalDate day = LocalDate.of(2026, 10, 25);
        LocalTime hour = LocalTime.of(23, 1, 2, 123_456_789);
        LocalDateTime time = day.atTime(hour);
        ZoneOffset offset = ZoneOffset.ofHoursMinutesSeconds(1, 2, 3);
        ZonedDateTime zoned = ZonedDateTime.ofLocal(day.atTime(2, 30), ZoneId.of("Europe/Berlin"), ZoneOffset.ofHours(1));
        List<Object> all = List.of(
                " Aa\u00E9\"",
                "5",
                'x',
                '5',
                (byte) -7,
                (short) -700,
                -70_000,
                (1L << 53) + 1,
                BigInteger.TWO.pow(70).negate(),
                OptionalInt.of(-7),
                OptionalInt.empty(),
                OptionalLong.of((1L << 53) + 1),
                OptionalLong.empty(),
                1.1f,
                -0.0f,
                0.1,
                -0.0,
                1e300,
                Double.NaN,
                OptionalDouble.of(0.1),
                OptionalDouble.empty(),
                new BigDecimal("-1.50"),
                new BigDecimal("1E+3"),
                true,
                false,
                new byte[] {-1, 2},
                new char[] {'a', '\0'},
                new UUID(1, -2),
                URI.create("a:b?c=%20"),
                Locale.forLanguageTag("zh-Hant-TW"),
                Currency.getInstance("EUR"),
                new Date(1_234_567_890_123L),
                new Date(-1),
                time.toInstant(ZoneOffset.UTC),
                Instant.ofEpochSecond(-1, 1),
                day,
                LocalDate.of(-5, 1, 2),
                LocalDate.of(12_345, 1, 2),
                hour,
                time,
                LocalDateTime.of(-5, 1, 2, 3, 4),
                LocalDateTime.of(12_345, 1, 2, 3, 4),
                hour.atOffset(ZoneOffset.UTC),
                hour.atOffset(offset),
                time.atOffset(ZoneOffset.UTC),
                OffsetDateTime.of(time, offset),
                zoned,
                zoned.withLaterOffsetAtOverlap(),
                zoned.withEarlierOffsetAtOverlap().plusNanos(1),
                time.atZone(ZoneId.of("UTC")),
                Year.of(-5),
                Year.of(12_345),
                YearMonth.of(2026, 2),
                YearMonth.of(-5, 12),
                MonthDay.of(2, 29),
                Duration.ofDays(400).plusNanos(1),
                Duration.ofNanos(-1),
                Period.of(-1, 13, 400),
                zoned.getZone(),
                ZoneId.of("UTC"),
                offset);
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        return all.stream().filter(boxed::isInstance).toList();
    }
}
