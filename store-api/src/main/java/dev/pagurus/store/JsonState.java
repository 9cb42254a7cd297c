package dev.pagurus.store;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/** What a value of a class knows: its fields, those of its superclasses too. */
final class JsonState {

    private final JsonWalk walk;
    private final BeanDescription written;
    private final BeanDescription read;

    JsonState(JsonWalk walk, BeanDescription written, BeanDescription read) {
        this.walk = walk;
        this.written = written;
        this.read = read;
    }

    /** Says whether a property is more than a getter or a setter: a field or a parameter of the constructor holds it. */
    boolean has(String name) {
        String internal = name;
        for (BeanPropertyDefinition property : written.findProperties()) {
            if (property.getName().equals(name)) {
                if (property.hasConstructorParameter()) {
                    return true;
                }
                internal = property.getInternalName();
            }
        }
        for (AnnotatedField field : written.getClassInfo().fields()) {
            if (field.getName().equals(internal)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the fields that no property is of, and which nothing says to leave out. A property whose field has another name
     * is taken to be of one of the same type.
     */
    List<String> lost() {
        AnnotationIntrospector annotations = walk.writing.getAnnotationIntrospector();
        Set<String> told = new HashSet<>(written.getIgnoredPropertyNames());
        told.addAll(read.getIgnoredPropertyNames());
        told.addAll(annotations
                .findPropertyIgnoralByName(walk.writing.getConfig(), written.getClassInfo())
                .getIgnored());
        Set<String> fields = new HashSet<>();
        written.getClassInfo().fields().forEach(field -> fields.add(field.getName()));
        List<Class<?>> elsewhere = new ArrayList<>();
        for (BeanPropertyDefinition property : written.findProperties()) {
            if (!fields.contains(property.getName()) && !fields.contains(property.getInternalName())) {
                elsewhere.add(property.getRawPrimaryType());
            }
            names(property, told);
        }
        read.findProperties().forEach(property -> names(property, told));
        @Nullable AnnotatedMember any = written.findAnyGetter();
        if (any != null) {
            elsewhere.add(any.getRawType());
        }
        List<String> lost = new ArrayList<>();
        for (AnnotatedField field : written.getClassInfo().fields()) {
            if (!told.contains(field.getName())
                    && !Modifier.isTransient(field.getModifiers())
                    && !annotations.hasIgnoreMarker(walk.writing.getConfig(), field)
                    && !isOfOne(elsewhere, field.getRawType())) {
                lost.add(field.getName());
            }
        }
        return lost;
    }

    private static boolean isOfOne(List<Class<?>> types, Class<?> field) {
        for (Class<?> type : types) {
            if (type.isAssignableFrom(field)) {
                return types.remove(type);
            }
        }
        return false;
    }

    private static void names(BeanPropertyDefinition property, Set<String> names) {
        names.add(property.getName());
        names.add(property.getInternalName());
    }
}
