package dev.pagurus.store;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which properties there are in a body, at which paths. */
final class JsonProperties {

    private JsonProperties() {}

    /** Returns the paths of all properties in a node, which stands at a path itself; empty for the body. */
    static Set<String> in(JsonNode node, String path) {
        Set<String> paths = new TreeSet<>();
        collect(node, path, paths);
        return paths;
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> property : object.properties()) {
                String name = PropertyPath.escaped(property.getKey());
                String inside = path.isEmpty() ? name : path + "." + name;
                // A name that is empty has no path; what is in it would seem to stand one level above.
                if (!name.isEmpty()) {
                    paths.add(inside);
                    collect(property.getValue(), inside, paths);
                }
            }
        } else if (node instanceof ArrayNode array) {
            for (JsonNode element : array) {
                collect(element, path + "[]", paths);
            }
        }
    }

    /**
     * Returns the paths of the properties that one text has and the next has not, without those in another one of them, and
     * those that are named. A text that is not JSON has none.
     *
     * @throws SchemaException if the next one is not JSON any more
     */
    static Set<String> leftOut(String before, String after, List<PropertyPath> named) {
        @Nullable JsonNode changed = root(after);
        Set<String> leftOut = leftOut(in(root(before)), in(changed), named);
        if (changed == null && !leftOut.isEmpty()) {
            throw new SchemaException("It made a text that is not JSON of one that is.");
        }
        return leftOut;
    }

    /** The same for two sets of paths. */
    static Set<String> leftOut(Set<String> before, Set<String> after, List<PropertyPath> named) {
        Set<String> gone = new TreeSet<>(before);
        gone.removeAll(after);
        gone.removeIf(path -> isCovered(path, named));
        Set<String> outermost = new TreeSet<>();
        for (String path : gone) {
            if (outermost.stream().noneMatch(other -> path.startsWith(other + ".") || path.startsWith(other + "["))) {
                outermost.add(path);
            }
        }
        return outermost;
    }

    private static boolean isCovered(String path, List<PropertyPath> named) {
        PropertyPath found = PropertyPath.of(path);
        return named.stream().anyMatch(one -> one.covers(found));
    }

    private static Set<String> in(@Nullable JsonNode root) {
        return root == null ? Set.of() : in(root, "");
    }

    private static @Nullable JsonNode root(String text) {
        try {
            return JsonText.of(text).root();
        } catch (SchemaException e) {
            return null;
        }
    }
}
