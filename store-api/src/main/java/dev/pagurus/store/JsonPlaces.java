package dev.pagurus.store;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the places of a path in a body. What is missing or null has none; what is something else than the path says is refused,
 * for a step that passes by it in silence would leave the body as it is.
 */
final class JsonPlaces {

    private JsonPlaces() {}

    /** Visits every object that has, or may have, the property that a path ends with. */
    static void holders(JsonNode root, PropertyPath path, Consumer<ObjectNode> visitor) {
        int length = path.steps().size() - 1;
        visit(root, path, length, place -> {
            @Nullable ObjectNode holder = object(place, path, length);
            if (holder != null) {
                visitor.accept(holder);
            }
        });
    }

    /** Visits every place that the first steps of a path lead to. */
    static void visit(JsonNode root, PropertyPath path, int length, Consumer<JsonNode> visitor) {
        visit(root, path, 0, length, visitor);
    }

    private static void visit(
            @Nullable JsonNode node, PropertyPath path, int at, int length, Consumer<JsonNode> visitor) {
        if (node == null) {
            return;
        }
        if (at == length) {
            visitor.accept(node);
            return;
        }
        PropertyPath.Step step = path.steps().get(at);
        switch (step.kind()) {
            case PROPERTY -> {
                @Nullable ObjectNode object = object(node, path, at);
                if (object != null) {
                    visit(object.get(step.name()), path, at + 1, length, visitor);
                }
            }
            case MAP -> {
                @Nullable ObjectNode object = object(node, path, at);
                if (object != null) {
                    object.values().forEach(value -> visit(value, path, at + 1, length, visitor));
                }
            }
            case LIST -> {
                @Nullable ArrayNode array = array(node, path, at);
                if (array != null) {
                    array.forEach(value -> visit(value, path, at + 1, length, visitor));
                }
            }
            case SUBTYPE -> {
                if (isOf(node, step)) {
                    visit(node, path, at + 1, length, visitor);
                }
            }
        }
    }

    /** The name of a subtype is the value of one of its properties; of any, as long as no shape says which one. */
    private static boolean isOf(JsonNode node, PropertyPath.Step subtype) {
        if (!(node instanceof ObjectNode object)) {
            return false;
        }
        if (!subtype.told().isEmpty()) {
            @Nullable JsonNode told = object.get(subtype.told());
            return told != null && subtype.name().equals(told.stringValue(null));
        }
        return object.values().stream().anyMatch(value -> subtype.name().equals(value.stringValue(null)));
    }

    /** Returns a node as the object that it must be; null where nothing is. */
    static @Nullable ObjectNode object(@Nullable JsonNode node, PropertyPath path, int at) {
        if (node == null || node.isNull()) {
            return null;
        }
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new SchemaException("The path '" + path.text() + "' wants an object at " + step(path, at) + ", where a "
                + kind(node) + " is." + (node.isArray() ? " Write [] behind the name of a list." : ""));
    }

    /** The same for a list. */
    static @Nullable ArrayNode array(JsonNode node, PropertyPath path, int at) {
        if (node.isNull()) {
            return null;
        }
        if (node instanceof ArrayNode array) {
            return array;
        }
        throw new SchemaException("The path '" + path.text() + "' wants a list at " + step(path, at) + ", where a "
                + kind(node) + " is.");
    }

    private static String step(PropertyPath path, int at) {
        return at == 0
                ? "its beginning"
                : "step " + at + " (" + shown(path.steps().get(at - 1)) + ")";
    }

    private static String shown(PropertyPath.Step step) {
        return switch (step.kind()) {
            case PROPERTY -> step.name();
            case LIST -> "[]";
            case MAP -> "{}";
            case SUBTYPE -> "<" + step.name() + ">";
        };
    }

    private static String kind(JsonNode node) {
        return node.isArray() ? "list" : node.isObject() ? "object" : node.isString() ? "text" : "number or boolean";
    }
}
