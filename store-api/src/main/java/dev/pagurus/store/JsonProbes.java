package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.StringWriter;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
        for (@Nullable Object value : values()) {
            if (value == null) {
                continue;
            }
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

    /** Returns what the values are written as, of the kinds of JSON; {@code any} if none is known. */
    String kind() {
        for (@Nullable Object value : values()) {
            if (value != null) {
                StringWriter text = new StringWriter();
                write(value, text);
                return switch (text.toString().charAt(0)) {
                    case '"' -> "text";
                    case 't', 'f' -> "boolean";
                    case '[' -> "array";
                    case '{' -> "object";
                    default -> text.toString().matches("-?[0-9]+") ? "integer" : "real";
                };
            }
        }
        return "any";
    }

    private boolean isUsual(JsonFormat.Value asked) {
        return asked.equals(JsonFormat.Value.empty())
                && isSame(place.writer(), walk.writing.findPrimaryPropertySerializer(type, null))
                && isSame(place.reader(), walk.reading.findContextualValueDeserializer(place.read(), null));
    }

    private static boolean isSame(@Nullable Object one, Object other) {
        return one != null && one.getClass() == other.getClass();
    }

    @SuppressWarnings("unchecked") // it is of this type, since Jackson found it for it
    private void write(Object value, StringWriter text) {
        try (JsonGenerator json = walk.mapper.createGenerator(text)) {
            walk.mapper._serializationContext().serializeValue(json, value, null, (ValueSerializer<Object>)
                    place.writer());
        }
    }

    @SuppressWarnings("unchecked") // it is of this type, since Jackson found it for it
    private Object readBack(Object value, StringWriter text) {
        write(value, text);
        try (JsonParser json = walk.mapper.createParser(text.toString())) {
            json.nextToken();
            return walk.mapper
                    ._deserializationContext()
                    .assignParser(json)
                    .readRootValue(json, place.read(), (ValueDeserializer<Object>) place.reader(), null);
        }
    }

    /** Without an annotation, a value of each of these comes back. */
    private List<@Nullable Object> values() {
        if (type.isEnum()) {
            return Arrays.asList(type.getEnumConstants());
        }
        String texts = switch (String.valueOf(JsonKinds.wordFor(type))) {
            case "text" -> type == String.class ? "' Aa\u00E9','5'" : "'x','5'";
            case "integer" -> "-7,100,null";
            case "float", "real" -> "0.1,-0.0,1e30,'NaN',null";
            case "decimal" -> "-1.50,1E+3";
            case "boolean" -> "true,false";
            case "bytes" -> "'/wI='";
            case "uuid" -> "'00000000-0000-0001-ffff-fffffffffffe'";
            case "uri" -> "'a:b?c=%20'";
            case "locale" -> "'zh-Hant-TW'";
            case "currency" -> "'EUR'";
            case "instant" -> "'2026-10-25T23:01:02.123456789Z','1969-12-31T23:59:59.000000001Z'";
            case "instant-millis" -> "'2009-02-13T23:31:30.123Z','1969-12-31T23:59:59.999Z'";
            case "date" -> "'2026-10-25','-0005-01-02','+12345-01-02'";
            case "time" -> "'23:01:02.123456789'";
            case "datetime" -> "'2026-10-25T23:01:02.123456789','-0005-01-02T03:04','+12345-01-02T03:04'";
            case "offsettime" -> "'23:01:02.123456789Z','23:01:02+01:02:03'";
            case "offsetdatetime" -> "'2026-10-25T23:01:02.123456789Z','2026-10-25T23:01:02+01:02:03'";
            case "zoneddatetime" ->
                "'2026-10-25T23:01:02.123456789Z[UTC]','2026-10-25T02:30:00+01:00[Europe/Berlin]',"
                        + "'2026-10-25T02:30:00+02:00[Europe/Berlin]'";
            case "year" -> "-5,12345";
            case "yearmonth" -> "'2026-02','-0005-12'";
            case "monthday" -> "'--02-29'";
            case "duration" -> "'PT9600H0.000000001S','PT-0.000000001S'";
            case "period" -> "'P-1Y13M400D'";
            case "zone" -> "'Europe/Berlin','UTC'";
            case "offset" -> "'+01:02:03'";
            default -> "";
        };
        // A box, for the class of a primitive is none of a list; its null is of those that have an empty value.
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        return walk.mapper.readerForListOf(boxed).readValue("[" + texts.replace('\'', '"') + "]");
    }
}
