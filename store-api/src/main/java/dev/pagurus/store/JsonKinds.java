package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The word for what a property holds, and which classes of Java do not come back as they were. */
final class JsonKinds {

    private static final Map<Class<?>, String> WORDS = words();

    /** Of those, the ones that are also keys of a map. */
    private static final Set<Class<?>> NO_KEYS =
            Set.of(byte[].class, char[].class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

    /** Of lists, sets and maps, those that are equal when they hold the same, and that Jackson makes as they are declared. */
    private static final Set<Class<?>> CONTAINERS = Set.of(
            List.class,
            ArrayList.class,
            LinkedList.class,
            Vector.class,
            CopyOnWriteArrayList.class,
            Set.class,
            HashSet.class,
            LinkedHashSet.class,
            SortedSet.class,
            NavigableSet.class,
            TreeSet.class,
            EnumSet.class,
            Map.class,
            HashMap.class,
            LinkedHashMap.class,
            Hashtable.class,
            SortedMap.class,
            NavigableMap.class,
            TreeMap.class,
            EnumMap.class,
            ConcurrentMap.class,
            ConcurrentHashMap.class);

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
        words.put(Locale.class, "locale");
        words.put(Currency.class, "currency");
        // To the millisecond: one is not read as the other at the same revision.
        words.put(Date.class, "instant-millis");
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
        return type == JsonNode.class || type == ObjectNode.class || type == ArrayNode.class ? "json" : WORDS.get(type);
    }

    /** Says whether the keys of a map come back when they are of this class. */
    static boolean isKey(Class<?> type) {
        return type.isEnum() || (WORDS.containsKey(type) && !NO_KEYS.contains(type));
    }

    /** Says whether a list, set or map of this class comes back equal. */
    static boolean isContainer(Class<?> type) {
        return type.isArray() || CONTAINERS.contains(type);
    }

    /** Returns what the serializer says that it writes: {@code text}, {@code integer}, or {@code any} if it does not say. */
    static String written(ValueSerializer<?> writer, JavaType type, SerializationContext writing) {
        Seen seen = new Seen(writing);
        writer.acceptJsonFormatVisitor(seen, type);
        return seen.what;
    }

    /** Returns the kind of a value that stands alone, with all of an annotation that changes how it is written. */
    static String told(JsonPlace place, JsonFormat.Value asked, boolean strict, SerializationContext writing) {
        Class<?> type = place.written().getRawClass();
        @Nullable String word = place.isWrittenByJackson() ? wordFor(type) : null;
        // By our rules a kind is written in one way, unless a constant or a property is annotated otherwise.
        boolean usual = word != null && strict && !type.isEnum() && asked.getShape() == JsonFormat.Shape.ANY;
        String format = usual ? "any" : written(Objects.requireNonNull(place.writer()), place.written(), writing);
        String kind = word == null ? format : isUsual(word, format) ? word : word + "-" + format;
        return JsonShape.escape(kind
                + (asked.hasPattern() ? ":" + asked.getPattern() : "")
                + (asked.hasTimeZone() ? "@" + asked.timeZoneAsString() : "")
                + (asked.hasLocale() ? "@" + asked.getLocale() : ""));
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
