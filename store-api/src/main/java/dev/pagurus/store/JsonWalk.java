package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import tools.jackson.databind.ser.jackson.JsonValueSerializer;
import tools.jackson.databind.ser.jackson.RawSerializer;
import tools.jackson.databind.ser.jdk.MapSerializer;
import tools.jackson.databind.ser.std.StdContainerSerializer;

/**
 * Goes through a type as Jackson does when it writes and reads it, and notes what there is and what would not come back.
 * What it asks for, serializers and deserializers, is kept by Jackson and needed by the first document anyway.
 */
final class JsonWalk {

    /** Where the types of a model hang together in many ways, each is told once, lest the shape be endless. */
    private static final int MOST_LINES = 2000;

    private static final Set<Class<?>> ANYTHING =
            Set.of(Object.class, Number.class, Comparable.class, Serializable.class, CharSequence.class);

    final JsonMapper mapper;
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
    private boolean repeats;
    private boolean tried;

    private JsonWalk(JsonMapper mapper, boolean strict, boolean once) {
        this.mapper = mapper;
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

    /** Notes that some values may come to have a name twice, which writing then watches. */
    void mayRepeat() {
        repeats = true;
    }

    boolean repeats() {
        return repeats;
    }

    /** Notes that some values cannot be read again for what is in them, so that each is tried. */
    void mayBeUnreadable() {
        tried = true;
    }

    boolean tried() {
        return tried;
    }

    Map<Class<?>, String> subtypes() {
        return subtypes;
    }

    private void root(JavaType type) {
        JsonPlace place = place(type, type, null, null, null, null, null);
        walk(place, "");
        JavaType held = type;
        while (held.getContentType() != null) {
            held = held.getContentType();
        }
        JsonPlace value = held.equals(type) ? place : place(held, held, null, null, null, null, null);
        if (value.typing() != null) {
            known = new JsonSubtypes(this, value, value.typing()).classes();
        } else if (value.writer() instanceof BeanSerializerBase
                && value.reader() instanceof BeanDeserializerBase
                && !held.isAbstract()) {
            known = Set.of(held.getRawClass());
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
        Class<?> raw = written.getRawClass();
        @Nullable String untaken;
        if (place.isCustom()) {
            leaf(place, path);
        } else if (place.typing() != null) {
            new JsonSubtypes(this, place, place.typing()).walk(path);
        } else if (strict && ANYTHING.contains(raw)) {
            fault(path, JsonFaults.anything(raw));
        } else if (place.writer() instanceof JsonValueSerializer && !raw.isEnum()) {
            new JsonBean(this, place).value(path);
        } else if (place.writer() instanceof RawSerializer) {
            faultIfStrict(path, "is written as raw JSON, and nothing reads that back. Declare it as JsonNode");
        } else if (strict && !place.isKept()) {
            fault(path, JsonFaults.unkept(raw));
        } else if (place.reader() instanceof AbstractDeserializer) {
            fault(path, JsonFaults.untold(place.read().getRawClass()));
        } else if (!place.isObject() && (untaken = new JsonTaking(this, place).refusal()) != null) {
            fault(path, untaken);
        } else if (written.isReferenceType()) {
            reference(place, path);
        } else if (written.isMapLikeType() && place.writer() instanceof MapSerializer) {
            new JsonKeys(this, place).check(path);
            content(place, path + "{}");
        } else if (place.isList()) {
            content(place, path + "[]");
        } else if (place.isObject()) {
            new JsonBean(this, place).walk(path);
        } else if (place.writer() != null) {
            leaf(place, path);
        }
    }

    private void reference(JsonPlace place, String path) {
        JavaType content = place.written().getContentType();
        if (strict
                && (content.isReferenceType() || content.getRawClass().getName().startsWith("java.util.Optional"))) {
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
        @Nullable BeanProperty property = place.property();
        JsonFormat.Value asked =
                property == null ? JsonFormat.Value.empty() : property.findPropertyFormat(writing.getConfig(), type);
        @Nullable String lost = strict && !place.isCustom() ? new JsonProbes(this, place).lost(asked) : null;
        if (lost != null) {
            fault(path, lost);
            return;
        }
        line(path, JsonKinds.told(place, asked, strict, writing));
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
