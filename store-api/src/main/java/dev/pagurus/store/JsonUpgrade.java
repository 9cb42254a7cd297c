package dev.pagurus.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An upgrade of JSON bodies that is made of steps, done in order of declaration. Immutable; each step returns a new one. Needs
 * Jackson.
 *
 * <pre>{@code
 * Schema.of("notes", Note.class)
 *         .revision(3)
 *         .upgrade(1, JsonUpgrade.start().rename("title", "headline").drop("colour"))
 *         .upgrade(2, JsonUpgrade.start()
 *                 .move("author.mail", "contact.mail")
 *                 .add("lines[].count", 1)
 *                 .map("status", status -> StringNode.valueOf(status.stringValue().toUpperCase(Locale.ROOT))));
 * }</pre>
 *
 * <p>A path is written as in {@link Codec#shape()}: names joined by {@code .}, {@code []} behind what is a list, <code>{}</code>
 * behind what is a map, {@code <name>} behind what is of a subtype that a property of it tells. A step is done at every place of
 * its path, and nothing where the body has no such property; one whose path no document of the stored revision has, by its
 * shape and in fact, refuses the upgrade. What no step names stays as it is: the order of properties and the text of numbers too, such
 * as {@code 1.50}. A body that no step changes stays byte for byte; in others, what JSON allows between its parts goes.
 *
 * <p>Several that follow each other, over one revision or many, read and write a body once.
 */
public final class JsonUpgrade implements Upgrade {

    private final List<JsonStep> steps;

    private JsonUpgrade(List<JsonStep> steps) {
        this.steps = steps;
    }

    /** Returns one that changes nothing yet. */
    public static JsonUpgrade start() {
        return new JsonUpgrade(List.of());
    }

    /**
     * Gives a property another name; it stays in its place. A body that has a property of the new name as well is refused.
     *
     * @param name a name, not a path; {@link #move} leads to other places
     * @throws SchemaException if the path is none, or the name is not one
     */
    public JsonUpgrade rename(String path, String name) {
        PropertyPath from = PropertyPath.of(path).endingInName("renamed");
        PropertyPath to = PropertyPath.of(name).endingInName("the new name of a property");
        if (to.steps().size() > 1) {
            throw new SchemaException("'" + name + "' is a path, and rename(\"" + path
                    + "\", ...) takes the new name alone. Write move(\"" + path + "\", ...) with two whole paths.");
        }
        if (to.last().equals(from.last())) {
            throw new SchemaException(
                    "rename(\"" + path + "\", \"" + name + "\") gives the name that is there. Leave it out.");
        }
        return with(new JsonStep.Rename(from, to.last().name()));
    }

    /**
     * Drops a property with all that is in it.
     *
     * @throws SchemaException if the path is none
     */
    public JsonUpgrade drop(String path) {
        return with(new JsonStep.Drop(PropertyPath.of(path).endingInName("dropped")));
    }

    /**
     * Moves a property to another object, to its end; objects that are missing on the way there are made. A body that has
     * something there is refused. Up to the last list, map or subtype, both paths are the same: what is in an element stays
     * in it.
     *
     * @throws SchemaException if a path is none, or one leads out of an element
     */
    public JsonUpgrade move(String from, String to) {
        PropertyPath source = PropertyPath.of(from).endingInName("moved");
        PropertyPath target = PropertyPath.of(to).endingInName("moved to");
        int shared = Math.max(shared(source), shared(target));
        boolean apart = shared >= source.steps().size()
                || shared >= target.steps().size()
                || !source.steps().subList(0, shared).equals(target.steps().subList(0, shared));
        if (apart) {
            throw new SchemaException("move(\"" + from + "\", \"" + to
                    + "\") leads out of a list, a map or a subtype, or into one. Both paths must be the same up to the last of"
                    + " these; write a function from text to text for anything else.");
        }
        int depth = target.steps().size();
        if (depth <= source.steps().size() && source.steps().subList(0, depth).equals(target.steps())) {
            throw new SchemaException("move(\"" + from + "\", \"" + to
                    + "\") would put the property where the object is that it is in. Move it aside first, drop the object, and"
                    + " rename it.");
        }
        return with(new JsonStep.Move(source, target, shared));
    }

    /**
     * Adds a property where it is missing, to the end of its object. One that is there stays as it is, also one that is null:
     * what {@link #map} and {@link #replace} are for. An object that is missing is not made.
     *
     * @param value null, a text, a number, a boolean, a list or map of these, a {@link JsonNode}, or whatever else Jackson turns
     *     into JSON
     * @throws SchemaException if the path is none, or the value cannot be turned into JSON
     */
    public JsonUpgrade add(String path, @Nullable Object value) {
        PropertyPath to = PropertyPath.of(path).endingInName("added");
        try {
            JsonNode node = JsonText.MAPPER.valueToTree(value);
            return with(new JsonStep.Add(to, node));
        } catch (LinkageError e) {
            throw missing(e);
        } catch (RuntimeException e) {
            throw new SchemaException("The value of add(\"" + path + "\", ...) cannot be turned into JSON: " + e, e);
        }
    }

    /**
     * Puts another value in the place of one, of whatever kind; also of each element of a list ({@code tags[]}) or map
     * (<code>prices{}</code>). A null is a value.
     *
     * @param function is given what is there, and returns what shall be; never null
     * @param dropped the paths, whole ones, of properties within the value that the function leaves out; others that are gone
     *     afterwards refuse the upgrade
     * @throws SchemaException if a path is none
     */
    @SuppressWarnings("exports") // who writes such a function has Jackson, and others need not
    public JsonUpgrade map(
            String path, Codec.Function<? super JsonNode, ? extends JsonNode> function, String... dropped) {
        Objects.requireNonNull(function, "function");
        PropertyPath of = PropertyPath.of(path);
        if (of.last().kind() == PropertyPath.Kind.SUBTYPE) {
            of.endingInName("mapped");
        }
        List<PropertyPath> named = Arrays.stream(dropped).map(PropertyPath::of).toList();
        return with(new JsonStep.Value(of, function, named));
    }

    /**
     * Puts another value in the place of a certain one, such as the name of a constant of an enum; also among the elements of a
     * list ({@code states[]}) or the values of a map (<code>states{}</code>). The key of a map is a property: {@link #rename}.
     *
     * @param old a text, a number or a boolean; numbers are compared by value
     * @param value a text, a number or a boolean
     * @throws SchemaException if the path is none, or a value is something else
     */
    public JsonUpgrade replace(String path, Object old, Object value) {
        JsonNode before = scalar(path, old);
        JsonNode after = scalar(path, value);
        JsonUpgrade mapped = map(path, node -> isSame(node, before) ? after : node);
        JsonStep.Value step = (JsonStep.Value) mapped.steps.get(steps.size());
        return with(new JsonStep.Replace(step, before));
    }

    private static JsonNode scalar(String path, @Nullable Object value) {
        if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
            throw new SchemaException("replace(\"" + path + "\", ...) takes a text, a number or a boolean, and no "
                    + (value == null ? "null" : value.getClass().getSimpleName()) + ". Write map(\"" + path
                    + "\", function) for anything else.");
        }
        try {
            return JsonText.MAPPER.valueToTree(value);
        } catch (LinkageError e) {
            throw missing(e);
        }
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return (one.isNumber() && other.isNumber())
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    /**
     * Returns the body after all steps.
     *
     * @throws SchemaException if it is not JSON, has one property twice, or a step cannot be done
     */
    @Override
    public String apply(String body) throws Exception {
        JsonText json = JsonText.of(body);
        change(json);
        if (!json.leftOut().isEmpty()) {
            throw new SchemaException("A function of map(...) leaves out " + json.leftOut()
                    + ". Name them behind it: map(path, function, \""
                    + json.leftOut().iterator().next() + "\").");
        }
        return json.text();
    }

    /** Does all steps to a body that was read already. */
    void change(JsonText json) throws Exception {
        for (JsonStep step : steps) {
            step.change(json);
        }
    }

    static ConfigurationException missing(LinkageError e) {
        return new ConfigurationException("An upgrade needs a class that cannot be loaded.", e, Upgrade.class);
    }

    /**
     * Returns the same with paths that know how subtypes are told.
     *
     * @param first what is known of the body before the first step, null if nothing
     * @param last what is known of bodies later on, null if nothing
     * @throws SchemaException if a path names a subtype that cannot be told by a property
     */
    JsonUpgrade told(@Nullable ShapePaths first, @Nullable ShapePaths last) {
        List<JsonStep> told = new ArrayList<>();
        for (JsonStep step : steps) {
            PropertyPath path = first == null ? step.path() : first.told(step.path());
            told.add(step.at(last == null ? path : last.told(path)));
        }
        return new JsonUpgrade(List.copyOf(told));
    }

    /** Does all steps to the paths of a body, and returns the numbers of those that have none, from 0 on. */
    Set<Integer> carry(ShapePaths paths) {
        Set<Integer> missing = new LinkedHashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            if (!steps.get(i).isIn(paths)) {
                missing.add(i);
            }
            steps.get(i).change(paths);
        }
        return missing;
    }

    /** Takes the numbers of the steps that a body has something for out of others. */
    void meet(String body, Set<Integer> numbers) {
        try {
            JsonText json = JsonText.of(body);
            for (int i = 0; i < steps.size(); i++) {
                if (numbers.contains(i) && steps.get(i).isIn(json)) {
                    numbers.remove(i);
                }
                steps.get(i).change(json);
            }
        } catch (Exception e) {
            // Whoever upgrades it says what is wrong.
        }
    }

    /** Says of steps that they work on nothing. */
    String shown(Set<Integer> numbers, ShapePaths paths) {
        return numbers.stream()
                .sorted()
                .map(number -> "step " + (number + 1) + ", "
                        + steps.get(number).shown() + ", near "
                        + paths.near(steps.get(number).path()).stream()
                                .map(path -> "'" + path + "'")
                                .collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    /** Says whether a step makes a property, or something that it is in. */
    boolean makes(String path) {
        PropertyPath found = PropertyPath.of(path);
        return steps.stream().anyMatch(step -> {
            @Nullable PropertyPath made = step.made();
            return made != null && made.covers(found);
        });
    }

    private JsonUpgrade with(JsonStep step) {
        List<JsonStep> more = new ArrayList<>(steps);
        more.add(step);
        return new JsonUpgrade(List.copyOf(more));
    }

    private static int shared(PropertyPath path) {
        int length = 0;
        for (int i = 0; i < path.steps().size(); i++) {
            if (path.steps().get(i).kind() != PropertyPath.Kind.PROPERTY) {
                length = i + 1;
            }
        }
        return length;
    }
}
