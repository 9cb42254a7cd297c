package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.jackson.JsonValueSerializer;
import tools.jackson.databind.ser.jackson.RawSerializer;
import tools.jackson.databind.ser.jdk.MapSerializer;
import tools.jackson.databind.ser.std.StdContainerSerializer;
import tools.jackson.databind.ser.std.ToEmptyObjectSerializer;

/**
 * Goes through a type as Jackson does when it writes and reads it, and notes what there is and what would not come back.
 * What it asks for, serializers and deserializers, is kept by Jackson and needed by the first document anyway.
 */
final class JsonWalk {

    /** Where the types of a model hang together in many ways, each is told once, lest the shape be endless. */
    private static final int MOST_LINES = 2000;

    final SerializationContext writing;
    final DeserializationContext reading;
    private final boolean strict;
    private final boolean once;
    private final List<String> lines = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> told = new HashMap<>();
    private final Map<Class<?>, String> subtypes = new HashMap<>();
    private long bytes;
    private @Nullable Set<Class<?>> known;
    private @Nullable Throwable cause;

    private JsonWalk(JsonMapper mapper, boolean strict, boolean once) {
        this.writing = mapper._serializationContext();
        this.reading = mapper._deserializationContext();
        this.strict = strict;
        this.once = once;
    }

    static JsonWalk through(JsonMapper mapper, JavaType type, boolean strict) {
        JsonWalk walk = new JsonWalk(mapper, strict, false);
        walk.root(type);
        if (walk.lines.size() > MOST_LINES || walk.bytes > Schema.MAX_SHAPE_BYTES) {
            walk = new JsonWalk(mapper, strict, true);
            walk.root(type);
        }
        return walk;
    }

    List<String> lines() {
        return lines;
    }

    List<String> faults() {
        return faults;
    }

    @Nullable
    Throwable cause() {
        return cause;
    }

    @Nullable
    Set<Class<?>> known() {
        return known;
    }

    Map<Class<?>, String> subtypes() {
        return subtypes;
    }

    private void root(JavaType type) {
        JsonPlace place = place(type, type, null, null, null, null, null);
        walk(place, "");
        if (place.typing() != null) {
            known = new JsonSubtypes(this, place, place.typing()).classes();
        } else if (place.writer() instanceof BeanSerializerBase && place.reader() instanceof BeanDeserializerBase) {
            known = Set.of(type.getRawClass());
        }
    }

    /**
     * Finds who writes and reads at a place.
     *
     * @param member what may be annotated with how subtypes are told apart, null if nothing can be
     * @param container what it is in, if the member is about that
     */
    JsonPlace place(
            JavaType written,
            JavaType read,
            @Nullable BeanProperty property,
            @Nullable AnnotatedMember member,
            @Nullable JavaType container,
            @Nullable ValueSerializer<?> knownWriter,
            @Nullable ValueDeserializer<?> knownReader) {
        @Nullable ValueSerializer<?> writer = knownWriter;
        @Nullable ValueDeserializer<?> reader = knownReader;
        @Nullable TypeDeserializer typing = null;
        @Nullable Throwable trouble = null;
        try {
            if (member == null) {
                typing = reading.findTypeDeserializer(read);
            } else if (container == null) {
                typing = reading.findPropertyTypeDeserializer(read, member);
            } else {
                // An annotation on a list or an Optional is about what is in it.
                typing = reading.findPropertyContentTypeDeserializer(container, member);
            }
            if (writer == null) {
                writer = property == null
                        ? writing.findRootValueSerializer(written)
                        : writing.findPrimaryPropertySerializer(written, property);
            }
            if (reader == null) {
                reader = reading.findContextualValueDeserializer(read, property);
            }
        } catch (RuntimeException | StackOverflowError e) {
            trouble = e;
        }
        return new JsonPlace(written, read, writer, reader, typing, property, null, trouble);
    }

    /** Notes what is at a place, and within it. */
    void walk(JsonPlace place, String path) {
        int before = faults.size();
        if ((lines.size() <= MOST_LINES && bytes <= Schema.MAX_SHAPE_BYTES) || once) {
            look(place, path);
        }
        @Nullable Throwable trouble = place.trouble();
        if (trouble != null && faults.size() == before) {
            cause = cause == null ? trouble : cause;
            fault(path, "cannot be written and read by Jackson (" + JsonFaults.messageOf(trouble) + ")");
        }
    }

    private void look(JsonPlace place, String path) {
        JavaType written = place.written();
        @Nullable String why = strict && place.typing() == null ? JsonKinds.whyNot(written.getRawClass()) : null;
        if (place.isCustom()) {
            leaf(place, path);
        } else if (place.typing() != null) {
            new JsonSubtypes(this, place, place.typing()).walk(path);
        } else if (why != null) {
            fault(path, why);
        } else if (place.writer() instanceof JsonValueSerializer
                && !written.getRawClass().isEnum()) {
            new JsonBean(this, place).value(path);
        } else if (place.writer() instanceof RawSerializer) {
            faultIfStrict(path, "is written as raw JSON, and nothing reads that back. Declare it as JsonNode");
        } else if (place.reader() instanceof AbstractDeserializer) {
            fault(path, JsonFaults.untold(place.read().getRawClass()));
        } else if (written.isReferenceType()) {
            reference(place, path);
        } else if (written.isMapLikeType() && place.writer() instanceof MapSerializer) {
            new JsonKeys(this, place).check(path);
            content(place, path + "{}");
        } else if (isList(place)) {
            content(place, path + "[]");
        } else if (isObject(place)) {
            new JsonBean(this, place).walk(path);
        } else if (place.writer() != null) {
            leaf(place, path);
        }
    }

    private static boolean isList(JsonPlace place) {
        return (place.written().isCollectionLikeType() || place.written().isArrayType())
                && !(place.writer() instanceof BeanSerializerBase)
                && JsonKinds.wordFor(place.written().getRawClass()) == null;
    }

    private static boolean isObject(JsonPlace place) {
        return place.writer() instanceof BeanSerializerBase
                || place.writer() instanceof UnknownSerializer
                || place.writer() instanceof ToEmptyObjectSerializer;
    }

    private void reference(JsonPlace place, String path) {
        JavaType content = place.written().getContentType();
        if (strict
                && content.isReferenceType()
                && place.written().getRawClass() == Optional.class
                && content.getRawClass() == Optional.class) {
            fault(path, "is an Optional of an Optional, and an empty one in it comes back as none. Use one of them");
            return;
        }
        content(place, path);
    }

    private void content(JsonPlace place, String path) {
        if (place.reader() instanceof ContainerDeserializerBase<?> container) {
            @Nullable ValueInstantiator made = container.getValueInstantiator();
            if (made != null && !made.canInstantiate()) {
                fault(
                        path,
                        "is a " + place.read().getRawClass().getName()
                                + ", which Jackson cannot make. Declare List, Set or Map, or add the module for it");
                return;
            }
        }
        JavaType written = place.written().getContentType();
        @Nullable JavaType read = place.read().getContentType();
        @Nullable
        ValueSerializer<?> writer =
                place.writer() instanceof StdContainerSerializer<?> container ? container.getContentSerializer() : null;
        @Nullable
        ValueDeserializer<?> reader = place.reader() instanceof ContainerDeserializerBase<?> container
                ? container.getContentDeserializer()
                : null;
        @Nullable BeanProperty property = place.property();
        // Of a list of lists only the outer one is what the property is annotated for.
        @Nullable
        AnnotatedMember member =
                property != null && read != null && property.getType().equals(place.written())
                        ? property.getMember()
                        : null;
        @Nullable JavaType container = member == null ? null : place.read();
        walk(place(written, read == null ? written : read, property, member, container, writer, reader), path);
    }

    private void leaf(JsonPlace place, String path) {
        Class<?> type = place.written().getRawClass();
        ValueSerializer<?> writer = Objects.requireNonNull(place.writer());
        @Nullable BeanProperty property = place.property();
        @Nullable String word = place.isWrittenByJackson() ? JsonKinds.wordFor(type) : null;
        JsonFormat.Value asked =
                property == null ? JsonFormat.Value.empty() : property.findPropertyFormat(writing.getConfig(), type);
        // By our rules a kind is written in one way, unless a constant or a property is annotated otherwise.
        boolean usual = word != null && strict && !type.isEnum() && asked.getShape() == JsonFormat.Shape.ANY;
        String format = usual ? "any" : JsonKinds.written(writer, place.written(), writing);
        if (type.isEnum() && format.equals("integer") && !(writer instanceof JsonValueSerializer)) {
            faultIfStrict(
                    path,
                    "is an enum that is written as a number, which another order of its constants would change. Write its name");
        }
        String kind = word == null ? format : JsonKinds.isUsual(word, format) ? word : word + "-" + format;
        line(path, asked.hasPattern() ? kind + ":" + JsonShape.escape(asked.getPattern()) : kind);
    }

    /** Says that a type is within itself, if it is; the one who gets false says {@link #leave} afterwards. */
    boolean isTold(String type, String path) {
        @Nullable String above = told.putIfAbsent(type, path);
        if (above != null) {
            line(path, "as " + (above.isEmpty() ? "." : above));
        }
        return above != null;
    }

    void leave(String type) {
        if (!once) {
            told.remove(type);
        }
    }

    void line(String path, String kind) {
        String line = (path.isEmpty() ? "." : path) + " " + kind;
        bytes += line.getBytes(StandardCharsets.UTF_8).length + 1;
        lines.add(line);
    }

    void fault(String path, String what) {
        faults.add((path.isEmpty() ? "the type" : "'" + path + "'") + " " + what);
    }

    void faultIfStrict(String path, String what) {
        if (strict) {
            fault(path, what);
        }
    }

    boolean isStrict() {
        return strict;
    }

    static String join(String path, String name) {
        return path.isEmpty() ? JsonShape.escape(name) : path + "." + JsonShape.escape(name);
    }
}
