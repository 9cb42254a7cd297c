package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.ser.jdk.MapSerializer;

/** The keys of a map, which are texts in JSON. */
final class JsonKeys {

    private final JsonWalk walk;
    private final JsonPlace map;
    private final JavaType type;

    JsonKeys(JsonWalk walk, JsonPlace map) {
        this.walk = walk;
        this.map = map;
        @Nullable JavaType key = map.read().getKeyType();
        this.type = key == null ? map.written().getKeyType() : key;
    }

    void check(String path) {
        Class<?> raw = type.getRawClass();
        if (!isReadable()) {
            walk.fault(
                    path,
                    "is a map whose keys are of " + raw.getName()
                            + ", which nothing reads back from a text. Use keys of String, numbers, enums, UUID or java.time, or give the"
                            + " class a @JsonValue of text and a @JsonCreator");
        } else if (walk.isStrict() && isOfOneSide()) {
            walk.fault(
                    path,
                    "is a map whose keys are written or read by a part of your own, and the other way by Jackson. Annotate it with"
                            + " both keyUsing of @JsonSerialize and of @JsonDeserialize");
        } else if (walk.isStrict() && !comesBack()) {
            walk.fault(
                    path,
                    "is a map whose keys are of " + raw.getName()
                            + ", which are written by toString and not read as that. Give the class a @JsonValue of text and a"
                            + " @JsonCreator, or a @JsonKey");
        } else {
            @Nullable String word = JsonKinds.wordFor(raw);
            JsonPlace keys = walk.place(type, type, null, null, null, null, null);
            @Nullable
            String lost =
                    walk.isStrict() && raw.isEnum() ? new JsonProbes(walk, keys).lost(JsonFormat.Value.empty()) : null;
            if (lost != null) {
                walk.fault(path, "is a map by " + raw.getName() + ", which " + lost);
            } else if (word == null) {
                walk.mayRepeat();
            }
            if (word == null || !word.equals("text")) {
                walk.line(path, "by-" + (word == null ? "text" : word));
            }
        }
    }

    private boolean isReadable() {
        try {
            return walk.reading.findKeyDeserializer(type, map.property()) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private boolean isOfOneSide() {
        @Nullable
        AnnotatedMember member = map.property() == null ? null : map.property().getMember();
        AnnotationIntrospector annotations = walk.writing.getAnnotationIntrospector();
        return member != null
                && (annotations.findKeySerializer(walk.writing.getConfig(), member) == null)
                        != (annotations.findKeyDeserializer(walk.reading.getConfig(), member) == null);
    }

    private boolean comesBack() {
        if (JsonKinds.isKey(type.getRawClass())) {
            return true;
        }
        ClassIntrospector introspector = walk.writing.getConfig().classIntrospectorInstance();
        AnnotatedClass annotated = introspector.introspectClassAnnotations(type);
        BeanDescription description = introspector.introspectForSerialization(type, annotated);
        if (description.findJsonKeyAccessor() != null || description.findJsonValueAccessor() != null) {
            return true;
        }
        @Nullable
        ValueSerializer<?> writer =
                map.writer() instanceof MapSerializer serializer ? serializer.getKeySerializer() : null;
        if (writer == null) {
            writer = walk.writing.findKeySerializer(type, map.property());
        }
        return !writer.getClass().getName().startsWith("tools.jackson.databind.");
    }
}
