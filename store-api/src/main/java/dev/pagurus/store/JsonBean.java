package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.impl.ObjectIdReader;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.ser.AnyGetterWriter;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.PropertyWriter;
import tools.jackson.databind.ser.bean.BeanAsArraySerializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.bean.UnrolledBeanAsArraySerializer;
import tools.jackson.databind.util.NameTransformer;

/** A value with properties: a record or a class. */
final class JsonBean {

    private final JsonWalk walk;
    private final JsonPlace place;
    private final @Nullable BeanDeserializerBase reader;

    JsonBean(JsonWalk walk, JsonPlace place) {
        this.walk = walk;
        this.place = place;
        this.reader = place.reader() instanceof BeanDeserializerBase bean ? bean : null;
    }

    void walk(String path) {
        if (walk.isStrict() && reader == null && place.isReadByJackson()) {
            walk.fault(
                    path, "is written as an object and read as something else. Leave out the annotation that says so");
            return;
        }
        if (reader != null) {
            ValueInstantiator made = reader.getValueInstantiator();
            if (!made.canCreateUsingDefault() && !made.canCreateFromObjectWith() && !made.canCreateUsingDelegate()) {
                walk.fault(path, JsonFaults.unmade(place.read().getRawClass()));
                return;
            }
        }
        List<String> names = new ArrayList<>();
        if (place.writer() instanceof BeanSerializerBase writer) {
            for (Iterator<PropertyWriter> properties = writer.properties(); properties.hasNext(); ) {
                names.add(properties.next().getName());
            }
        }
        String told = place.written().toCanonical() + new TreeSet<>(names);
        if (!walk.isTold(told, path)) {
            if (names.isEmpty()) {
                walk.line(path, "object");
            } else if (place.writer() instanceof BeanAsArraySerializer
                    || place.writer() instanceof UnrolledBeanAsArraySerializer) {
                // Then they have no names in the body, and are told by their order.
                walk.line(path, "array:" + names.stream().map(JsonShape::escape).collect(Collectors.joining(",")));
            }
            properties(path, NameTransformer.NOP);
            walk.leave(told);
        }
    }

    /** One that is written as what a method of it returns. */
    void value(String path) {
        AnnotatedMember accessor = describe(place.written(), true).findJsonValueAccessor();
        JavaType type = accessor.getType();
        JsonPlace value = walk.place(type, type, place.property(), null, null, null, null);
        if (reader != null
                && value.writer() != null
                && !JsonTaking.takes(
                        JsonKinds.written(value.writer(), type, walk.writing), reader.getValueInstantiator())) {
            walk.fault(
                    path,
                    "is written as the @JsonValue of "
                            + place.written().getRawClass().getName()
                            + ", and nothing makes it of that again. Annotate a constructor or a static method with one parameter"
                            + " of the same type with @JsonCreator(mode = JsonCreator.Mode.DELEGATING)");
            return;
        }
        @Nullable String untaken = new JsonTaking(walk, place).refusal();
        if (untaken != null) {
            walk.fault(path, untaken);
            return;
        }
        JavaType held = type;
        while (held.getContentType() != null) {
            held = held.getContentType();
        }
        JsonPlace part = walk.place(held, held, place.property(), null, null, null, null);
        if (part.writer() instanceof BeanSerializerBase && part.typing() == null && !held.isFinal()) {
            walk.faultIfStrict(
                    path,
                    "is written as a @JsonValue of " + held.getRawClass().getName()
                            + ", and nothing tells a subclass of that when it is read. Make it final or a record");
            return;
        }
        walk.walk(value, path);
    }

    private void properties(String path, NameTransformer renamed) {
        Set<String> written = new HashSet<>();
        if (place.writer() instanceof BeanSerializerBase writer) {
            for (Iterator<PropertyWriter> properties = writer.properties(); properties.hasNext(); ) {
                if (properties.next() instanceof BeanPropertyWriter property) {
                    written.add(property.getName());
                    written(property, path, renamed);
                }
            }
        }
        if (reader == null || delegates(reader)) {
            return;
        }
        if (walk.isStrict() && !place.written().isRecordType()) {
            for (String field : state().lost()) {
                walk.fault(
                        JsonWalk.join(path, field),
                        "is a field that is neither written nor read, so that its value is lost. Give it a getter and a setter,"
                                + " or annotate it with @JsonProperty; if it is not to be kept, with @JsonIgnore");
            }
        }
        @Nullable ObjectIdReader identity = reader.getObjectIdReader(walk.reading);
        if (identity != null && !written.add(identity.propertyName.getSimpleName())) {
            // Two of them may have the same.
            walk.mayBeUnreadable();
        } else if (identity != null) {
            walk.line(JsonWalk.join(path, renamed.transform(identity.propertyName.getSimpleName())), "id");
        }
        if (reader.hasAnySetter() && describe(place.written(), true).findAnyGetter() == null) {
            walk.faultIfStrict(
                    path,
                    "takes any property by a @JsonAnySetter, and has no @JsonAnyGetter that writes it again. Add one");
        }
        for (Iterator<SettableBeanProperty> properties = reader.properties(); properties.hasNext(); ) {
            read(properties.next(), written, path, renamed);
        }
        for (Iterator<SettableBeanProperty> properties = reader.creatorProperties(); properties.hasNext(); ) {
            read(properties.next(), written, path, renamed);
        }
    }

    private static boolean delegates(BeanDeserializerBase reader) {
        ValueInstantiator made = reader.getValueInstantiator();
        return made.canCreateUsingDelegate() && !made.canCreateFromObjectWith();
    }

    private void written(BeanPropertyWriter property, String path, NameTransformer renamed) {
        String name = property.getName();
        if (property instanceof AnyGetterWriter) {
            walk.mayRepeat();
            JavaType map = property.getType();
            JavaType held =
                    map.getContentType() == null ? walk.writing.constructType(Object.class) : map.getContentType();
            if (reader != null && !reader.hasAnySetter()) {
                walk.faultIfStrict(
                        path, "writes any property by a @JsonAnyGetter, and nothing reads it. Add a @JsonAnySetter");
            }
            walk.walk(walk.place(held, held, property, null, null, null, null), path + "{}");
            return;
        }
        @Nullable
        NameTransformer unwrapped = walk.writing.getAnnotationIntrospector() == null || property.getMember() == null
                ? null
                : walk.writing
                        .getAnnotationIntrospector()
                        .findUnwrappingNameTransformer(walk.writing.getConfig(), property.getMember());
        if (unwrapped != null && property.isUnwrapping()) {
            JsonPlace inner = walk.place(property.getType(), property.getType(), property, null, null, null, null);
            if (inner.typing() != null || !(inner.writer() instanceof BeanSerializerBase)) {
                walk.faultIfStrict(
                        JsonWalk.join(path, name),
                        "is annotated with @JsonUnwrapped, which is for records and classes with properties of their own. Leave"
                                + " it out");
                return;
            }
            walk.mayRepeat();
            new JsonBean(walk, inner).properties(path, NameTransformer.chainedTransformer(renamed, unwrapped));
            return;
        }
        String at = JsonWalk.join(path, renamed.transform(name));
        @Nullable SettableBeanProperty read = reader == null ? null : reader.findProperty(PropertyName.construct(name));
        if (reader != null && read == null && !delegates(reader) && !name.equals(place.typeProperty())) {
            if (!ignoredOnReading().contains(name)) {
                walk.faultIfStrict(
                        at,
                        "is written, and nothing reads it, so that the document could not be read any more. If it is"
                                + " computed, annotate it with @JsonIgnore");
            } else if (state().has(name)) {
                walk.faultIfStrict(
                        at,
                        "is written, and ignored when it is read, so that its value is lost. Let it be read, or"
                                + " annotate it with @JsonIgnore");
            }
            return;
        }
        @Nullable ValueSerializer<?> writer = property.getSerializer();
        @Nullable ValueDeserializer<?> valueReader = read == null ? null : read.getValueDeserializer();
        JavaType type = property.getSerializationType() == null ? property.getType() : property.getSerializationType();
        JsonPlace held = walk.place(
                type,
                read == null ? property.getType() : read.getType(),
                property,
                property.getMember(),
                null,
                writer,
                valueReader);
        @Nullable TypeDeserializer typing = held.typing();
        if (typing != null
                && typing.getTypeInclusion() == JsonTypeInfo.As.EXTERNAL_PROPERTY
                && reader != null
                && reader.findProperty(PropertyName.construct(typing.getPropertyName())) != null) {
            walk.faultIfStrict(
                    at,
                    "is told by the external property '" + typing.getPropertyName()
                            + "', which is a property of the type too, and would be written twice. Leave that out");
            return;
        }
        walk.walk(held, at);
    }

    private void read(SettableBeanProperty property, Set<String> written, String path, NameTransformer renamed) {
        String name = property.getName();
        if (!written.add(name)
                || name.startsWith("@JsonUnwrapped/")
                || property.isInjectionOnly()
                || name.equals(place.typeProperty())) {
            return;
        }
        if (isReference(property) || ignoredOnReading().contains(name)) {
            return;
        }
        if (property.isCreatorProperty() || state().has(name)) {
            walk.faultIfStrict(
                    JsonWalk.join(path, renamed.transform(name)),
                    "is read, but never written, so that its value is lost. Give it a getter, or annotate the field with"
                            + " @JsonProperty; if it is not to be kept, annotate it with @JsonIgnore");
        }
    }

    /** Says whether it is set to the value that holds this one, so that it is never written. */
    private boolean isReference(SettableBeanProperty property) {
        AnnotationIntrospector.@Nullable ReferenceProperty reference = property.getMember() == null
                ? null
                : walk.reading
                        .getAnnotationIntrospector()
                        .findReferenceType(walk.reading.getConfig(), property.getMember());
        return reference != null && reference.isBackReference();
    }

    private Set<String> ignoredOnReading() {
        return describe(place.read(), false).getIgnoredPropertyNames();
    }

    private JsonState state() {
        return new JsonState(walk, describe(place.written(), true), describe(place.read(), false));
    }

    private BeanDescription describe(JavaType type, boolean write) {
        MapperConfig<?> config = write ? walk.writing.getConfig() : walk.reading.getConfig();
        ClassIntrospector introspector = config.classIntrospectorInstance();
        return write
                ? introspector.introspectForSerialization(type, introspector.introspectClassAnnotations(type))
                : introspector.introspectForDeserialization(type, introspector.introspectClassAnnotations(type));
    }
}
