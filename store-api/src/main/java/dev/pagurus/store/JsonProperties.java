package dev.pagurus.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which properties there are in a body, at which paths. */
final class JsonProperties {

    private JsonProperties() {}

    /** Returns the paths of all properties in a node, which stands at a path itself, empty for the body; how often each is there. */
    static Map<String, Integer> in(JsonNode node, String path) {
        Map<String, Integer> paths = new TreeMap<>();
        collect(node, path, paths);
        return paths;
    }

    private static void collect(JsonNode node, String path, Map<String, Integer> paths) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                String name = PropertyPath.escaped(property.getKey());
                String inside = path.isEmpty() ? name : path + "." + name;
                paths.merge(inside, 1, Integer::sum);
                collect(property.getValue(), inside, paths);
            }
        } else if (node instanceof ArrayNode array) {
            String inside = path + "[]";
            for (JsonNode element : array) {
                paths.merge(inside, 1, Integer::sum);
                collect(element, inside, paths);
            }
        }
    }

    /**
     * Returns the paths of the properties that one text has and the next has not, or not as often, without those in another one
     * of them, and those that are named. A text that is not JSON has none.
     *
     * @throws SchemaException if the next one is not JSON any more
     */
    static Set<String> leftOut(String before, String after, List<PropertyPath> named) {
        @Nullable JsonNode was = root(before);
        if (was == null) {
            return Set.of();
        }
        try {
            return leftOut(in(was, ""), in(JsonText.of(after).root(), ""), named);
        } catch (SchemaException e) {
            throw new SchemaException(
                    "It made a text that is not JSON, or not for every reader, of one that is. " + e.getMessage(), e);
        }
    }

    /** The same for the paths of two. */
    static Set<String> leftOut(Map<String, Integer> before, Map<String, Integer> after, List<PropertyPath> named) {
        Set<String> outermost = new TreeSet<>();
        before.forEach((path, count) -> {
            if (after.getOrDefault(path, 0) < count && !isIn(path, outermost) && !isCovered(path, named)) {
                outermost.add(path);
            }
        });
        return outermost;
    }

    /** Says whether a path leads into one of others, by its beginnings: there may be many others. */
    private static boolean isIn(String path, Set<String> others) {
        for (int end = 1; end < path.length(); end++) {
            boolean ends = path.charAt(end) == '.' || path.charAt(end) == '[';
            if (ends && path.charAt(end - 1) != '\\' && others.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isCovered(String path, List<PropertyPath> named) {
        if (named.isEmpty()) {
            return false;
        }
        PropertyPath found = PropertyPath.of(path);
        return named.stream().anyMatch(one -> one.covers(found));
    }

    private static @Nullable JsonNode root(String text) {
        try {
            return JsonText.of(text).root();
        } catch (SchemaException e) {
            return null;
        }
    }
}
