package dev.pagurus.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
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
import java.util.Calendar;
import java.util.Currency;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonMapFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonObjectFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;

/** The word for what a property holds, and which classes of Java do not come back as they were. */
final class JsonKinds {

    private static final Map<Class<?>, String> WORDS = words();

    /** Of those, the ones that are also keys of a map. */
    private static final Set<Class<?>> NO_KEYS = Set.of(
            byte[].class,
            char[].class,
            OptionalInt.class,
            OptionalLong.class,
            OptionalDouble.class,
            Pattern.class,
            TimeZone.class);

    private JsonKinds() {}

    private static Map<Class<?>, String> words() {
        Map<Class<?>, String> words = new HashMap<>();
        for (Class<?> type : Set.of(String.class, char.class, Character.class, char[].class)) {
            words.put(type, "text");
        }
        for (Class<?> type : Set.of(
                byte.class,
                Byte.class,
                short.class,
                Short.class,
                int.class,
                Integer.class,
                long.class,
                Long.class,
                BigInteger.class,
                OptionalInt.class,
                OptionalLong.class)) {
            words.put(type, "integer");
        }
        words.put(float.class, "float");
        words.put(Float.class, "float");
        words.put(double.class, "real");
        words.put(Double.class, "real");
        words.put(OptionalDouble.class, "real");
        words.put(BigDecimal.class, "decimal");
        words.put(boolean.class, "boolean");
        words.put(Boolean.class, "boolean");
        words.put(byte[].class, "bytes");
        words.put(UUID.class, "uuid");
        words.put(URI.class, "uri");
        words.put(URL.class, "url");
        words.put(Locale.class, "locale");
        words.put(Currency.class, "currency");
        words.put(Pattern.class, "pattern");
        words.put(TimeZone.class, "zone");
        words.put(Date.class, "instant");
        words.put(Instant.class, "instant");
        words.put(LocalDate.class, "date");
        words.put(LocalTime.class, "time");
        words.put(LocalDateTime.class, "datetime");
        words.put(OffsetTime.class, "offsettime");
        words.put(OffsetDateTime.class, "offsetdatetime");
        words.put(ZonedDateTime.class, "zoneddatetime");
        words.put(Year.class, "year");
        words.put(YearMonth.class, "yearmonth");
        words.put(MonthDay.class, "monthday");
        words.put(Month.class, "enum");
        words.put(DayOfWeek.class, "enum");
        words.put(Duration.class, "duration");
        words.put(Period.class, "period");
        words.put(ZoneId.class, "zone");
        words.put(ZoneOffset.class, "offset");
        return Map.copyOf(words);
    }

    /** Returns the word for a class that holds one value, or null for one that is not known. */
    static @Nullable String wordFor(Class<?> type) {
        if (type.isEnum()) {
            return "enum";
        }
        return JsonNode.class.isAssignableFrom(type) ? "json" : WORDS.get(type);
    }

    /** Says whether the keys of a map come back when they are of this class. */
    static boolean isKey(Class<?> type) {
        return type.isEnum() || (WORDS.containsKey(type) && !NO_KEYS.contains(type));
    }

    /** Says why values of the class do not come back, and what to do; null if they may. */
    static @Nullable String whyNot(Class<?> type) {
        if (type == Object.class
                || type == Number.class
                || type == Comparable.class
                || type == java.io.Serializable.class) {
            return "is declared as " + type.getSimpleName()
                    + ", and JSON does not say of which class a value was. Declare the class, or JsonNode for any JSON";
        }
        if (Calendar.class.isAssignableFrom(type)) {
            return "is a Calendar, which loses its zone. Use ZonedDateTime";
        }
        if (type.getName().equals("java.sql.Timestamp")) {
            return "is a java.sql.Timestamp, which loses what is less than a millisecond. Use Instant";
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return "is a Throwable, which does not come back as it was. Keep its text";
        }
        if (BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)) {
            return "can be gone through once. Use a List";
        }
        return null;
    }

    /** Returns what the serializer says that it writes: {@code text}, {@code integer}, or {@code any} if it does not say. */
    static String written(ValueSerializer<?> writer, JavaType type, SerializationContext writing) {
        Seen seen = new Seen(writing);
        writer.acceptJsonFormatVisitor(seen, type);
        return seen.what;
    }

    /** Says whether a value of this kind is written like this, if nothing is said. */
    static boolean isUsual(String word, String written) {
        return switch (word) {
            case "json", "bytes" -> true;
            case "integer", "year" -> written.equals("integer") || written.equals("any");
            case "float", "real" -> written.equals("real") || written.equals("any");
            case "decimal" -> written.equals("real") || written.equals("any");
            case "boolean" -> written.equals("boolean") || written.equals("any");
            default -> written.equals("text") || written.equals("any");
        };
    }

    private static final class Seen extends JsonFormatVisitorWrapper.Base {

        private String what = "any";

        Seen(SerializationContext writing) {
            super(writing);
        }

        @Override
        public @Nullable JsonObjectFormatVisitor expectObjectFormat(JavaType type) {
            what = "object";
            return null;
        }

        @Override
        public @Nullable JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
            what = "array";
            return null;
        }

        @Override
        public @Nullable JsonStringFormatVisitor expectStringFormat(JavaType type) {
            what = "text";
            return null;
        }

        @Override
        public @Nullable JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
            what = "real";
            return null;
        }

        @Override
        public @Nullable JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
            what = "integer";
            return null;
        }

        @Override
        public @Nullable JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
            what = "boolean";
            return null;
        }

        @Override
        public @Nullable JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
            return null;
        }

        @Override
        public @Nullable JsonMapFormatVisitor expectMapFormat(JavaType type) {
            what = "object";
            return null;
        }
    }
}
