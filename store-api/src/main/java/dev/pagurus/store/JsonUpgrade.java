package dev.pagurus.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
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
 * behind what is a map, {@code <name>} behind what is of a subtype. A step is done at every place of its path, and nothing where
 * the body has no such property. What no step names stays as it is: the order of properties and the text of numbers too, such
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
     * Adds a property where it is missing, to the end of its object. One that is null is there, and an object that is missing
     * is not made.
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
