package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.AnnotatedClass;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.jsontype.SubtypeResolver;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.jsontype.TypeIdResolver;

/** A place where values of several classes may be, told apart by a name. */
final class JsonSubtypes {

    private final JsonWalk walk;
    private final JsonPlace place;
    private final TypeDeserializer typing;
    private final JavaType base;

    JsonSubtypes(JsonWalk walk, JsonPlace place, TypeDeserializer typing) {
        this.walk = walk;
        this.place = place;
        this.typing = typing;
        this.base = place.read();
    }

    /** Returns the classes that a value may be of, or null if that is not known. */
    @Nullable
    Set<Class<?>> classes() {
        return isOpen() ? null : Set.copyOf(byName().values());
    }

    void walk(String path) {
        @Nullable String untaken = new JsonTaking(walk, place).untold();
        if (untaken != null) {
            walk.fault(path, untaken);
            return;
        }
        String told = "of " + base.toCanonical();
        if (walk.isTold(told, path)) {
            return;
        }
        if (typing.getTypeInclusion() == null) {
            walk.fault(
                    path,
                    "is told by what properties it has (@JsonTypeInfo(use = DEDUCTION)), which another property would change."
                            + " Use JsonTypeInfo.Id.NAME");
            return;
        }
        Map<String, Class<?>> byName = byName();
        boolean open = isOpen();
        @Nullable String property = typing.getPropertyName();
        if (typing.getTypeInclusion() == JsonTypeInfo.As.EXISTING_PROPERTY) {
            // The value says itself of which subtype it is, and may be wrong.
            walk.mayBeUnreadable();
        }
        if (property != null) {
            switch (typing.getTypeInclusion()) {
                case PROPERTY, EXISTING_PROPERTY -> walk.line(JsonWalk.join(path, property), "type");
                case EXTERNAL_PROPERTY ->
                    walk.line(JsonWalk.join(path.substring(0, Math.max(0, path.lastIndexOf('.'))), property), "type");
                default -> walk.line(path, "wrapper");
            }
        }
        for (NamedType subtype : found(true)) {
            @Nullable Class<?> read = subtype.hasName() ? byName.get(subtype.getName()) : null;
            if (read != null && read != subtype.getType()) {
                walk.fault(
                        path,
                        "may be a " + subtype.getType().getName() + " or a " + read.getName()
                                + ", which both have the name '" + subtype.getName() + "'. Give each its own");
                return;
            }
        }
        if (byName.isEmpty() && !open) {
            walk.fault(path, JsonFaults.untold(base.getRawClass()));
        }
        Set<Class<?>> unnamed = permitted(base.getRawClass(), new HashSet<>());
        unnamed.removeAll(byName.values());
        if (!unnamed.isEmpty() && !open) {
            walk.fault(
                    path, "may be a " + unnamed.iterator().next().getName() + ", which has no name in @JsonSubTypes");
        }
        byName.forEach((name, type) -> {
            walk.subtypes().put(type, name);
            walk.walk(subtype(type, property), path + "<" + JsonShape.escape(name) + ">");
        });
        walk.leave(told);
    }

    private JsonPlace subtype(Class<?> type, @Nullable String property) {
        JavaType special;
        try {
            special = walk.reading.constructSpecializedType(base, type);
        } catch (RuntimeException e) {
            return new JsonPlace(base, base, null, null, null, place.property(), property, e);
        }
        JsonPlace found = walk.place(special, special, place.property(), null, null, null, null);
        return new JsonPlace(
                special, special, found.writer(), found.reader(), null, found.property(), property, found.trouble());
    }

    private Map<String, Class<?>> byName() {
        Map<String, Class<?>> byName = new TreeMap<>();
        for (NamedType subtype : found(false)) {
            Class<?> type = subtype.getType();
            if (type != Object.class && (!Modifier.isAbstract(type.getModifiers()) || type.isEnum())) {
                byName.put(nameOf(subtype), type);
            }
        }
        return byName;
    }

    private Collection<NamedType> found(boolean written) {
        DeserializationConfig config = walk.reading.getConfig();
        SubtypeResolver resolver = config.getSubtypeResolver();
        @Nullable BeanProperty property = place.property();
        @Nullable AnnotatedMember member = property == null ? null : property.getMember();
        if (member == null) {
            AnnotatedClass type = config.classIntrospectorInstance().introspectClassAnnotations(base);
            return written
                    ? resolver.collectAndResolveSubtypesByClass(config, type)
                    : resolver.collectAndResolveSubtypesByTypeId(config, type);
        }
        return written
                ? resolver.collectAndResolveSubtypesByClass(config, member, base)
                : resolver.collectAndResolveSubtypesByTypeId(config, member, base);
    }

    private String nameOf(NamedType subtype) {
        if (subtype.hasName()) {
            return subtype.getName();
        }
        @Nullable TypeIdResolver names = typing.getTypeIdResolver();
        @Nullable
        String name =
                names == null || isOpen() ? null : names.idFromValueAndType(walk.writing, null, subtype.getType());
        return name == null ? subtype.getType().getName() : name;
    }

    /** Says whether any class may be named, so that the ones that are known are not all. */
    private boolean isOpen() {
        @Nullable TypeIdResolver names = typing.getTypeIdResolver();
        return names != null
                && switch (names.getMechanism()) {
                    case CLASS, MINIMAL_CLASS, CUSTOM -> true;
                    default -> false;
                };
    }

    private static Set<Class<?>> permitted(Class<?> type, Set<Class<?>> classes) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                permitted(permitted, classes);
            }
        }
        if (type != Object.class && !Modifier.isAbstract(type.getModifiers())) {
            classes.add(type);
        }
        return classes;
    }
}
