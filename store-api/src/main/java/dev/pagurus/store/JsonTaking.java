package dev.pagurus.store;

import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanAsArrayDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.ser.jackson.JsonValueSerializer;
import tools.jackson.databind.ser.jdk.MapSerializer;

/**
 * Whether who reads at a place takes what is written there, where a getter returns another type than a setter or a constructor
 * takes. It refuses only what no value of the written type could come back from.
 */
final class JsonTaking {

    private final JsonWalk walk;
    private final JsonPlace place;
    private final JavaType written;
    private final JavaType read;

    JsonTaking(JsonWalk walk, JsonPlace place) {
        this.walk = walk;
        this.place = place;
        this.written = bare(place.written());
        this.read = bare(place.read());
    }

    /** An Optional is written as what is in it, and read from that. */
    private static JavaType bare(JavaType type) {
        return type.isReferenceType() ? type.getContentType() : type;
    }

    /** Returns why it does not, or null if it does, or may. */
    @Nullable
    String refusal() {
        if (read.getRawClass() == written.getRawClass() || !place.isReadByJackson()) {
            return null;
        }
        @Nullable ValueDeserializer<?> reader = readerOf(place.read(), read, place.reader());
        String kind = kind();
        if (reader == null || takes(kind, read, reader)) {
            return null;
        }
        if (reader instanceof AbstractDeserializer) {
            return JsonFaults.untold(read.getRawClass());
        }
        return JsonFaults.untaken(written.getRawClass(), read.getRawClass());
    }

    /** Returns why a value that stands alone is not taken where the name of a subtype is expected, null if it is another value. */
    @Nullable
    String untold() {
        Class<?> type = written.getRawClass();
        boolean told = type.isEnum()
                || type == read.getRawClass()
                || JsonKinds.wordFor(read.getRawClass()) != null
                || read.getRawClass()
                        .isAssignableFrom(MethodType.methodType(type).wrap().returnType());
        @Nullable String word = told ? null : JsonKinds.wordFor(type);
        return word == null || word.equals("json") ? null : JsonFaults.untaken(type, read.getRawClass());
    }

    private @Nullable ValueDeserializer<?> readerOf(
            JavaType declared, JavaType type, @Nullable ValueDeserializer<?> found) {
        if (!declared.isReferenceType()) {
            return found;
        }
        JsonPlace held = walk.place(type, type, place.property(), null, null, null, null);
        return held.typing() != null || !held.isReadByJackson() ? null : held.reader();
    }

    /** What the body has there: {@code text}, {@code integer} and so on; {@code any} if that is not known. */
    private String kind() {
        JsonPlace held = !place.written().isReferenceType()
                ? place
                : walk.place(written, read, place.property(), null, null, null, place.reader());
        if (!walk.isStrict() || !held.isWrittenByJackson()) {
            return "any";
        } else if (held.isList()) {
            return "array";
        } else if (held.isObject() || held.writer() instanceof MapSerializer) {
            return "object";
        } else if (held.writer() instanceof JsonValueSerializer && !written.isEnumType()) {
            return JsonKinds.written(held.writer(), written, walk.writing);
        }
        return new JsonProbes(walk, held).kind();
    }

    private boolean takes(String kind, JavaType type, ValueDeserializer<?> reader) {
        if (reader instanceof BeanDeserializerBase bean) {
            return takes(kind, type, bean);
        }
        @Nullable String word = JsonKinds.wordFor(type.getRawClass());
        boolean isList = type.isCollectionLikeType() || type.isArrayType();
        return switch (kind) {
            case "array" -> isList || reads(type, reader, "[]");
            case "object" -> type.isMapLikeType() || reads(type, reader, "{}");
            case "integer" -> reads(type, reader, "1", "100", "-7");
            case "real" -> reads(type, reader, "1.0", "0.5", "1e30");
            case "boolean" -> reads(type, reader, "true", "false");
            // Which texts are right is for the one who reads them to say; but there are none for a number.
            case "text" ->
                (word == null
                                ? !isList && !type.isMapLikeType()
                                : !List.of("integer", "real", "float", "decimal", "boolean")
                                        .contains(word))
                        || reads(type, reader, "\"1\"", "\"true\"");
            default -> true;
        };
    }

    private boolean takes(String kind, JavaType type, BeanDeserializerBase bean) {
        ValueInstantiator made = bean.getValueInstantiator();
        if (kind.equals("array") && (made.canCreateUsingArrayDelegate() || bean instanceof BeanAsArrayDeserializer)) {
            return true;
        }
        @Nullable
        JavaType delegate = made.canCreateUsingDelegate() ? made.getDelegateType(walk.reading.getConfig()) : null;
        if (delegate != null && delegate.getRawClass() != type.getRawClass()) {
            JsonPlace held = walk.place(delegate, delegate, null, null, null, null, null);
            return held.reader() == null
                    || held.typing() != null
                    || !held.isReadByJackson()
                    || takes(kind, delegate, held.reader());
        }
        return takes(kind, made);
    }

    /** Says whether an object is made of a value of this kind. */
    static boolean takes(String kind, ValueInstantiator made) {
        return made.canCreateUsingDelegate()
                || switch (kind) {
                    case "text" -> made.canCreateFromString();
                    case "integer" ->
                        made.canCreateFromInt() || made.canCreateFromLong() || made.canCreateFromBigInteger();
                    case "real" -> made.canCreateFromDouble() || made.canCreateFromBigDecimal();
                    case "boolean" -> made.canCreateFromBoolean();
                    case "array" -> made.canCreateUsingArrayDelegate();
                    case "object" -> made.canCreateUsingDefault() || made.canCreateFromObjectWith();
                    default ->
                        made.canInstantiate() || made.canCreateFromBigInteger() || made.canCreateFromBigDecimal();
                };
    }

    @SuppressWarnings("unchecked") // it is of this type, since Jackson found it for it
    private boolean reads(JavaType type, ValueDeserializer<?> reader, String... texts) {
        for (String text : texts) {
            try (JsonParser json = walk.mapper.createParser(text)) {
                json.nextToken();
                walk.mapper
                        ._deserializationContext()
                        .assignParser(json)
                        .readRootValue(json, type, (ValueDeserializer<Object>) reader, null);
                return true;
            } catch (RuntimeException e) {
                // Another one may be right.
            }
        }
        return false;
    }
}
