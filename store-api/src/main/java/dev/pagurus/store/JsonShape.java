package dev.pagurus.store;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the documents of a type look like, as Jackson writes and reads them: a line for each property, in order of path.
 *
 * @param text see {@link Codec#shape()}
 * @param known what a value, or each in a list of values, may be, if that is told by its class
 * @param subtypes the names by which JSON tells the subtypes apart
 * @param repeats whether a value may have a name twice in one object, which is to be watched when it is written
 * @param tried whether a value may be unreadable for what is in it, so that each is read again before it is stored
 */
record JsonShape(
        String text, @Nullable Set<Class<?>> known, Map<Class<?>, String> subtypes, boolean repeats, boolean tried) {

    private static final int FAULTS_SHOWN = 5;

    /**
     * Derives it, once for each codec.
     *
     * @param strict whether all is refused that would not come back the same, or only what can never be read
     * @throws SchemaException if something is refused
     */
    static JsonShape of(JsonMapper mapper, JavaType type, boolean strict) {
        JsonWalk walk = JsonWalk.through(mapper, type, strict);
        List<String> faults = walk.faults();
        if (!faults.isEmpty()) {
            throw new SchemaException(
                    type.toCanonical() + " cannot be stored, because not every value of it would come back: "
                            + faults.stream().limit(FAULTS_SHOWN).collect(Collectors.joining("; "))
                            + (faults.size() > FAULTS_SHOWN ? "; and " + (faults.size() - FAULTS_SHOWN) + " more" : "")
                            + ". A codec with rules of your own is Codec.json(type, mapper).",
                    walk.cause());
        }
        // A loop and no stream: this is on the way to the first document of a process.
        StringBuilder text = new StringBuilder();
        for (String line : new TreeSet<>(walk.lines())) {
            text.append(text.length() == 0 ? "" : "\n").append(line);
        }
        return new JsonShape(text.toString(), walk.known(), Map.copyOf(walk.subtypes()), walk.repeats(), walk.tried());
    }

    /** Refuses a value of a subclass that the JSON would not tell from the type, and so would lose; those in a list too. */
    void requireKnown(@Nullable Object value) {
        if (known == null || value == null || known.contains(value.getClass())) {
            return;
        }
        if (value instanceof Collection<?> list) {
            list.forEach(this::requireKnown);
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(this::requireKnown);
        } else if (value instanceof Object[] array) {
            Arrays.asList(array).forEach(this::requireKnown);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(this::requireKnown);
        } else {
            throw new IllegalArgumentException("The value is a "
                    + value.getClass().getName() + ", but what is read back is "
                    + known.stream().map(Class::getName).sorted().collect(Collectors.joining(" or "))
                    + ". Annotate the type with @JsonTypeInfo and @JsonSubTypes, or seal it.");
        }
    }

    /** Returns where in a body something is wrong; empty for the body itself. */
    String pathOf(JacksonException e) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            @Nullable Object from = step.from();
            @Nullable Class<?> holder = from instanceof Class<?> type ? type : from == null ? null : from.getClass();
            @Nullable String name = step.getPropertyName();
            if (name == null) {
                path.append("[]");
            } else if (holder != null && Map.class.isAssignableFrom(holder)) {
                path.append("{}");
            } else {
                @Nullable String subtype = holder == null ? null : subtypes.get(holder);
                path.append(subtype == null ? "" : "<" + escape(subtype) + ">");
                path.append(path.length() == 0 ? "" : ".").append(escape(name));
            }
        }
        return path.toString();
    }

    static String escape(String name) {
        return PropertyPath.escaped(name);
    }
}
