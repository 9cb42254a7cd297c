package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonKey;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

/** Every kind of value that stands alone: what is written comes back equal. */
@SuppressWarnings("JavaUtilDate") // people have them
class JsonValuesTest {

    private static final LocalDateTime DAY = LocalDateTime.of(2026, 10, 25, 2, 30, 0, 123_456_789);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    record Box<T>(@Nullable T value) {}

    /** Says something else than its names. */
    enum Mood {
        GOOD,
        BAD {
            @Override
            public String toString() {
                return "GOOD";
            }
        };

        @Override
        public String toString() {
            return "BAD";
        }
    }

    enum Named {
        @JsonProperty("first one")
        FIRST,
        SECOND
    }

    enum Valued {
        A("a value"),
        B("b value");

        private final String text;

        Valued(String text) {
            this.text = text;
        }

        @JsonValue
        String text() {
            return text;
        }
    }

    enum Numbered {
        TEN(10),
        ONE(1);

        private final int number;

        Numbered(int number) {
            this.number = number;
        }

        @JsonValue
        int number() {
            return number;
        }
    }

    enum Made {
        X,
        Y;

        @JsonCreator
        static Made of(String text) {
            return text.equals("the x") ? X : Y;
        }

        @JsonValue
        String text() {
            return this == X ? "the x" : "the y";
        }
    }

    record Name(@JsonValue String text) {}

    record Code(@JsonKey String text) {

        @JsonCreator
        static Code of(String text) {
            return new Code(text);
        }

        @JsonValue
        String value() {
            return text;
        }
    }

    record Amount(@JsonValue long cents) {}

    @SafeVarargs
    private static <T> void comesBack(TypeReference<Box<T>> type, T... values) throws Exception {
        Codec<Box<T>> codec = Codec.json(type);
        assertThat(codec.shape()).isNotBlank();
        boolean optional = values[0].getClass().getSimpleName().startsWith("Optional");
        assertThat(codec.decode(codec.encode(new Box<>(null))).value() == null).isEqualTo(!optional);
        for (T value : values) {
            String text = codec.encode(new Box<>(value));
            @Nullable Object back = codec.decode(text).value();
            assertThat(Objects.deepEquals(back, value))
                    .as("%s, written as %.200s, came back as %.200s", value, text, back)
                    .isTrue();
        }
    }

    @Test
    void numbers() throws Exception {
        comesBack(new TypeReference<Box<Byte>>() {}, Byte.MIN_VALUE, Byte.MAX_VALUE);
        comesBack(new TypeReference<Box<Short>>() {}, Short.MIN_VALUE, Short.MAX_VALUE);
        comesBack(new TypeReference<Box<Integer>>() {}, Integer.MIN_VALUE, 0, Integer.MAX_VALUE);
        comesBack(new TypeReference<Box<Long>>() {}, Long.MIN_VALUE, 0L, 1L << 53, Long.MAX_VALUE);
        comesBack(
                new TypeReference<Box<Float>>() {},
                -0.0f,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                1.1f,
                Float.NaN,
                Float.NEGATIVE_INFINITY);
        comesBack(
                new TypeReference<Box<Double>>() {},
                -0.0,
                0.1 + 0.2,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
        comesBack(
                new TypeReference<Box<BigInteger>>() {},
                BigInteger.ZERO,
                BigInteger.valueOf(Long.MIN_VALUE).subtract(BigInteger.ONE),
                new BigInteger("9".repeat(100_000)));
        comesBack(
                new TypeReference<Box<BigDecimal>>() {},
                new BigDecimal("1.10"),
                new BigDecimal("1.1"),
                new BigDecimal("0E-10"),
                new BigDecimal("1E+3"),
                new BigDecimal("1000"),
                new BigDecimal("-1E-2147483000"),
                new BigDecimal("1E+2147483000"),
                new BigDecimal("0." + "123".repeat(5_000)));
    }

    @Test
    void primitives() throws Exception {
        record All(byte b, short s, int i, long l, float f, double d, char c, boolean z) {}
        Codec<All> codec = Codec.json(All.class);
        for (All all : List.of(
                new All((byte) -128, (short) -1, Integer.MIN_VALUE, Long.MIN_VALUE, -0.0f, Double.NaN, '\0', true),
                new All(
                        (byte) 127,
                        (short) 1,
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        Float.MIN_VALUE,
                        Double.MIN_VALUE,
                        '\uFFFF',
                        false),
                new All((byte) 0, (short) 0, 0, 0, 0, 0, ' ', false))) {
            assertThat(codec.decode(codec.encode(all))).isEqualTo(all);
        }
        assertThat(codec.shape())
                .isEqualTo("b integer\nc text\nd real\nf float\ni integer\nl integer\ns integer\nz boolean");
    }

    @Test
    void texts() throws Exception {
        comesBack(
                new TypeReference<Box<String>>() {},
                "",
                " ",
                "\0\u001F\"\\/\u2028\uFEFF\uD83E\uDD80",
                "x".repeat(1 << 20));
        comesBack(new TypeReference<Box<Character>>() {}, '\0', '"', '\uFFFF');
        comesBack(new TypeReference<Box<UUID>>() {}, new UUID(0, 0), new UUID(-1, 1));
        comesBack(
                new TypeReference<Box<URI>>() {},
                URI.create(""),
                URI.create("a%20b/%C3%A9?x=%26#f"),
                URI.create("urn:isbn:1"));
        comesBack(
                new TypeReference<Box<Locale>>() {},
                Locale.ROOT,
                Locale.GERMANY,
                Locale.forLanguageTag("zh-Hant-TW"),
                Locale.forLanguageTag("ja-JP-u-ca-japanese"),
                Locale.forLanguageTag("de-DE-1996"));
        comesBack(new TypeReference<Box<Currency>>() {}, Currency.getInstance("EUR"));
        comesBack(new TypeReference<Box<byte[]>>() {}, new byte[0], new byte[] {-1, 0, 1, 127, -128});
        comesBack(new TypeReference<Box<char[]>>() {}, new char[0], new char[] {'a', '\0', '\uFFFF'});
        comesBack(new TypeReference<Box<Boolean>>() {}, true, false);
    }

    @Test
    void enums() throws Exception {
        comesBack(new TypeReference<Box<Mood>>() {}, Mood.GOOD, Mood.BAD);
        comesBack(new TypeReference<Box<Named>>() {}, Named.FIRST, Named.SECOND);
        comesBack(new TypeReference<Box<Valued>>() {}, Valued.A, Valued.B);
        comesBack(new TypeReference<Box<Numbered>>() {}, Numbered.TEN, Numbered.ONE);
        comesBack(new TypeReference<Box<Made>>() {}, Made.X, Made.Y);
        comesBack(new TypeReference<Box<DayOfWeek>>() {}, DayOfWeek.values());
        comesBack(new TypeReference<Box<Month>>() {}, Month.values());
        comesBack(new TypeReference<Box<EnumSet<Mood>>>() {}, EnumSet.allOf(Mood.class), EnumSet.noneOf(Mood.class));
        comesBack(new TypeReference<Box<EnumMap<Mood, Mood>>>() {}, new EnumMap<>(Map.of(Mood.BAD, Mood.GOOD)));
        assertThat(Codec.json(Mood.class).encode(Mood.GOOD)).isEqualTo("\"GOOD\"");
        assertThat(Codec.json(Month.class).encode(Month.MAY)).isEqualTo("\"MAY\"");
    }

    @Test
    void times() throws Exception {
        comesBack(
                new TypeReference<Box<Instant>>() {},
                Instant.EPOCH,
                Instant.ofEpochSecond(-1, 999_999_999),
                Instant.parse("9999-12-31T23:59:59.999999999Z"),
                Instant.MIN,
                Instant.MAX);
        comesBack(new TypeReference<Box<LocalDate>>() {}, LocalDate.MIN, LocalDate.MAX, DAY.toLocalDate());
        comesBack(new TypeReference<Box<LocalTime>>() {}, LocalTime.MIN, LocalTime.MAX, LocalTime.NOON);
        comesBack(new TypeReference<Box<LocalDateTime>>() {}, LocalDateTime.MIN, LocalDateTime.MAX, DAY);
        comesBack(
                new TypeReference<Box<OffsetTime>>() {},
                OffsetTime.MIN,
                OffsetTime.MAX,
                OffsetTime.of(LocalTime.NOON, ZoneOffset.UTC),
                OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
        comesBack(
                new TypeReference<Box<OffsetDateTime>>() {},
                OffsetDateTime.MIN,
                OffsetDateTime.MAX,
                DAY.atOffset(ZoneOffset.UTC),
                DAY.atOffset(ZoneOffset.ofHoursMinutes(-5, -30)),
                DAY.atOffset(ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)));
        comesBack(
                new TypeReference<Box<ZonedDateTime>>() {},
                ZonedDateTime.ofLocal(DAY, BERLIN, ZoneOffset.ofHours(1)),
                ZonedDateTime.ofLocal(DAY, BERLIN, ZoneOffset.ofHours(2)),
                DAY.atZone(ZoneId.of("UTC")),
                DAY.atZone(ZoneOffset.UTC),
                DAY.atZone(ZoneId.of("GMT+2")),
                DAY.atZone(ZoneOffset.ofHours(3)));
        comesBack(new TypeReference<Box<Year>>() {}, Year.of(-1), Year.of(2026), Year.of(Year.MAX_VALUE));
        comesBack(
                new TypeReference<Box<YearMonth>>() {},
                YearMonth.of(2026, 2),
                YearMonth.of(-5, 12),
                YearMonth.of(12345, 1));
        comesBack(new TypeReference<Box<MonthDay>>() {}, MonthDay.of(2, 29));
        comesBack(
                new TypeReference<Box<Duration>>() {},
                Duration.ZERO,
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofNanos(-1));
        comesBack(new TypeReference<Box<Period>>() {}, Period.ZERO, Period.of(-1, 13, 400));
        comesBack(new TypeReference<Box<ZoneId>>() {}, BERLIN, ZoneId.of("UTC"), ZoneOffset.UTC, ZoneId.of("GMT+2"));
        comesBack(
                new TypeReference<Box<ZoneOffset>>() {}, ZoneOffset.MIN, ZoneOffset.UTC, ZoneOffset.ofTotalSeconds(1));
        comesBack(new TypeReference<Box<Date>>() {}, new Date(0), new Date(-1), new Date(1_234_567_890_123L));
    }

    @Test
    void containers() throws Exception {
        comesBack(new TypeReference<Box<int[]>>() {}, new int[0], new int[] {1, -2});
        comesBack(new TypeReference<Box<double[]>>() {}, new double[] {0.1, Double.NaN, -0.0});
        comesBack(new TypeReference<Box<String[][]>>() {}, new String[][] {{"a", null}, {}, null});
        comesBack(new TypeReference<Box<List<String>>>() {}, List.of(), Arrays.asList("a", null, "a"));
        comesBack(new TypeReference<Box<ArrayList<Long>>>() {}, new ArrayList<>(List.of(1L << 60)));
        comesBack(new TypeReference<Box<Set<LocalDate>>>() {}, Set.of(), Set.of(LocalDate.EPOCH));
        comesBack(new TypeReference<Box<SortedSet<Integer>>>() {}, new TreeSet<>(List.of(3, 1, 2)));
        comesBack(new TypeReference<Box<List<List<Set<String>>>>>() {}, List.of(List.of(Set.of("x")), List.of()));
        comesBack(
                new TypeReference<Box<Map<String, List<BigDecimal>>>>() {},
                Map.of("a", List.of(new BigDecimal("1.00"))));
        comesBack(new TypeReference<Box<SortedMap<String, Integer>>>() {}, new TreeMap<>(Map.of("b", 1, "a", 2)));
        Map<String, Integer> ordered = new LinkedHashMap<>();
        IntStream.range(0, 100).forEach(i -> ordered.put("k" + (i * 37 % 100), i));
        Codec<Map<String, Integer>> map = Codec.json(new TypeReference<>() {});
        assertThat(map.decode(map.encode(ordered)).keySet()).containsExactlyElementsOf(ordered.keySet());
    }

    @Test
    void optionals() throws Exception {
        comesBack(new TypeReference<Box<Optional<String>>>() {}, Optional.empty(), Optional.of(""));
        comesBack(new TypeReference<Box<Optional<List<Instant>>>>() {}, Optional.of(List.of(Instant.EPOCH)));
        comesBack(new TypeReference<Box<OptionalInt>>() {}, OptionalInt.empty(), OptionalInt.of(Integer.MIN_VALUE));
        comesBack(new TypeReference<Box<OptionalLong>>() {}, OptionalLong.empty(), OptionalLong.of(Long.MAX_VALUE));
        comesBack(new TypeReference<Box<OptionalDouble>>() {}, OptionalDouble.empty(), OptionalDouble.of(Double.NaN));
    }

    @Test
    void keysOfMaps() throws Exception {
        comesBack(new TypeReference<Box<Map<String, Integer>>>() {}, Map.of("", 1, "a.b\0", 2, "\"", 3));
        comesBack(new TypeReference<Box<Map<Integer, Integer>>>() {}, Map.of(Integer.MIN_VALUE, 1));
        comesBack(new TypeReference<Box<Map<Long, Integer>>>() {}, Map.of(Long.MAX_VALUE, 1));
        comesBack(new TypeReference<Box<Map<Short, Byte>>>() {}, Map.of((short) -1, (byte) 1));
        comesBack(new TypeReference<Box<Map<Byte, Short>>>() {}, Map.of((byte) -1, (short) 1));
        comesBack(new TypeReference<Box<Map<Double, Integer>>>() {}, Map.of(0.1, 1, Double.NaN, 2));
        comesBack(new TypeReference<Box<Map<Float, Integer>>>() {}, Map.of(1.1f, 1));
        comesBack(new TypeReference<Box<Map<Boolean, Integer>>>() {}, Map.of(true, 1, false, 2));
        comesBack(new TypeReference<Box<Map<Character, Integer>>>() {}, Map.of('"', 1));
        comesBack(new TypeReference<Box<Map<BigInteger, Integer>>>() {}, Map.of(BigInteger.TWO.pow(100), 1));
        comesBack(
                new TypeReference<Box<Map<BigDecimal, Integer>>>() {},
                Map.of(new BigDecimal("1.10"), 1, new BigDecimal("1E+3"), 2));
        comesBack(new TypeReference<Box<Map<Mood, Integer>>>() {}, Map.of(Mood.GOOD, 1, Mood.BAD, 2));
        comesBack(new TypeReference<Box<Map<Named, Integer>>>() {}, Map.of(Named.FIRST, 1, Named.SECOND, 2));
        comesBack(new TypeReference<Box<Map<Valued, Integer>>>() {}, Map.of(Valued.A, 1, Valued.B, 2));
        comesBack(new TypeReference<Box<Map<UUID, Integer>>>() {}, Map.of(new UUID(1, 2), 1));
        comesBack(new TypeReference<Box<Map<URI, Integer>>>() {}, Map.of(URI.create("a:b?c=%20"), 1));
        comesBack(
                new TypeReference<Box<Map<Locale, Integer>>>() {},
                Map.of(
                        Locale.GERMANY,
                        1,
                        Locale.forLanguageTag("zh-Hant-TW"),
                        2,
                        Locale.forLanguageTag("ja-JP-u-ca-japanese"),
                        3));
        comesBack(new TypeReference<Box<Map<Currency, Integer>>>() {}, Map.of(Currency.getInstance("EUR"), 1));
        comesBack(new TypeReference<Box<Map<Name, Integer>>>() {}, Map.of(new Name("a"), 1));
        comesBack(new TypeReference<Box<Map<Code, Integer>>>() {}, Map.of(new Code("a"), 1));
    }

    @Test
    void keysOfMapsThatAreTimes() throws Exception {
        comesBack(
                new TypeReference<Box<Map<Instant, Integer>>>() {},
                Map.of(Instant.ofEpochSecond(-1, 1), 1, Instant.MAX, 2));
        comesBack(new TypeReference<Box<Map<LocalDate, Integer>>>() {}, Map.of(DAY.toLocalDate(), 1));
        comesBack(new TypeReference<Box<Map<LocalTime, Integer>>>() {}, Map.of(LocalTime.MAX, 1, LocalTime.MIN, 2));
        comesBack(new TypeReference<Box<Map<LocalDateTime, Integer>>>() {}, Map.of(DAY, 1));
        comesBack(new TypeReference<Box<Map<OffsetTime, Integer>>>() {}, Map.of(OffsetTime.MAX, 1));
        comesBack(
                new TypeReference<Box<Map<OffsetDateTime, Integer>>>() {},
                Map.of(DAY.atOffset(ZoneOffset.ofHours(5)), 1, DAY.atOffset(ZoneOffset.UTC), 2));
        comesBack(
                new TypeReference<Box<Map<ZonedDateTime, Integer>>>() {},
                Map.of(DAY.atZone(BERLIN), 1, DAY.atZone(ZoneId.of("UTC")), 2, DAY.atZone(ZoneOffset.UTC), 3));
        comesBack(new TypeReference<Box<Map<Year, Integer>>>() {}, Map.of(Year.of(2026), 1));
        comesBack(
                new TypeReference<Box<Map<YearMonth, Integer>>>() {},
                Map.of(YearMonth.of(2026, 1), 1, YearMonth.of(12_345, 1), 2, YearMonth.of(-5, 12), 3));
        comesBack(new TypeReference<Box<Map<MonthDay, Integer>>>() {}, Map.of(MonthDay.of(2, 29), 1));
        comesBack(new TypeReference<Box<Map<Duration, Integer>>>() {}, Map.of(Duration.ofNanos(-1), 1));
        comesBack(new TypeReference<Box<Map<Period, Integer>>>() {}, Map.of(Period.of(1, 2, 3), 1));
        comesBack(new TypeReference<Box<Map<ZoneId, Integer>>>() {}, Map.of(BERLIN, 1, ZoneOffset.UTC, 2));
        comesBack(new TypeReference<Box<Map<ZoneOffset, Integer>>>() {}, Map.of(ZoneOffset.MAX, 1));
        comesBack(new TypeReference<Box<Map<Date, Integer>>>() {}, Map.of(new Date(-1), 1));
        comesBack(new TypeReference<Box<Map<DayOfWeek, Integer>>>() {}, Map.of(DayOfWeek.MONDAY, 1));
    }

    @Test
    void valuesThatAreWrittenAsOneOfTheirParts() throws Exception {
        comesBack(new TypeReference<Box<Name>>() {}, new Name(""), new Name("a"));
        comesBack(new TypeReference<Box<Code>>() {}, new Code("a"));
        comesBack(new TypeReference<Box<Amount>>() {}, new Amount(1), new Amount(Long.MAX_VALUE));
        assertThat(Codec.json(Amount.class).encode(new Amount(5))).isEqualTo("5");
    }

    @Test
    void keysOfTheSameHashAndLongKeys() throws Exception {
        // Aa and B@ are one to a hash that multiplies by 33, Aa and BB to one that multiplies by 31.
        for (String twin : List.of("B@", "BB")) {
            Map<String, Integer> keys = IntStream.range(0, 1 << 12)
                    .boxed()
                    .collect(Collectors.toMap(
                            i -> IntStream.range(0, 12)
                                    .mapToObj(bit -> (i >> bit & 1) == 0 ? "Aa" : twin)
                                    .collect(Collectors.joining()),
                            i -> i));
            comesBack(new TypeReference<Box<Map<String, Integer>>>() {}, keys);
        }
        comesBack(new TypeReference<Box<Map<String, Integer>>>() {}, Map.of("k".repeat(100_000), 1));
    }

    @Test
    void whatIsLongButWithinTheLimitOfABody() throws Exception {
        String text = "x".repeat(25_000_000);
        Codec<Box<String>> codec = Codec.json(new TypeReference<>() {});
        assertThat(text.equals(codec.decode(codec.encode(new Box<>(text))).value()))
                .isTrue();
        BigInteger number = new BigInteger(1, "a".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
        Codec<Box<BigInteger>> numbers = Codec.json(new TypeReference<>() {});
        assertThat(number.equals(
                        numbers.decode(numbers.encode(new Box<>(number))).value()))
                .isTrue();
    }
}
