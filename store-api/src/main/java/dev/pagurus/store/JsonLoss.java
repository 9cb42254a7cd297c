package dev.pagurus.store;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a body holds that is not there any more when a codec has read and written it. A number is the same whatever its digits,
 * null is nothing, and neither is an empty list or object; what the codec adds, or gives another name, is no loss.
 */
final class JsonLoss {

    private final Set<String> paths = new TreeSet<>();

    private JsonLoss() {}

    /** Returns the paths of what is lost; none where a text is not JSON. */
    static Set<String> between(String body, String again) {
        JsonLoss loss = new JsonLoss();
        try {
            loss.look(JsonText.of(body).root(), JsonText.of(again).root(), "");
        } catch (SchemaException e) {
            return Set.of();
        }
        return loss.paths;
    }

    private static boolean isKept(JsonNode before, @Nullable JsonNode after) {
        JsonLoss loss = new JsonLoss();
        loss.look(before, after, "");
        return loss.paths.isEmpty();
    }

    private void look(JsonNode before, @Nullable JsonNode after, String path) {
        if (before.isNull() || (before.isContainer() && before.isEmpty() && (after == null || after.isNull()))) {
            return;
        }
        if (before instanceof ObjectNode object && after instanceof ObjectNode again) {
            objects(object, again, path);
        } else if (before instanceof ArrayNode array && after instanceof ArrayNode again) {
            arrays(array, again, path + "[]");
        } else if (after == null || before.isContainer() || after.isContainer() || !isSame(before, after)) {
            paths.add(path.isEmpty() ? "." : path);
        }
    }

    private void objects(ObjectNode before, ObjectNode after, String path) {
        for (Map.Entry<String, JsonNode> property : before.properties()) {
            @Nullable JsonNode again = after.get(property.getKey());
            if (again == null && isUnderAnotherName(property.getValue(), before, after)) {
                continue;
            }
            String name = PropertyPath.escaped(property.getKey());
            look(property.getValue(), again, path.isEmpty() ? name : path + "." + name);
        }
    }

    /** A codec may read an alias, and then writes its own name. */
    private static boolean isUnderAnotherName(JsonNode value, ObjectNode before, ObjectNode after) {
        return after.properties().stream()
                .anyMatch(other -> !before.has(other.getKey()) && isKept(value, other.getValue()));
    }

    /** A set may come back in another order. */
    private void arrays(ArrayNode before, ArrayNode after, String path) {
        JsonLoss inOrder = new JsonLoss();
        for (int i = 0; i < before.size(); i++) {
            inOrder.look(before.get(i), after.get(i), path);
        }
        if (inOrder.paths.isEmpty() || isKeptInAnotherOrder(before, after)) {
            return;
        }
        paths.addAll(inOrder.paths);
    }

    private static boolean isKeptInAnotherOrder(ArrayNode before, ArrayNode after) {
        if (before.size() > after.size()) {
            return false;
        }
        Set<String> texts = new HashSet<>();
        List<JsonNode> left = new ArrayList<>();
        for (JsonNode one : after) {
            if (!one.isString() || !texts.add(one.stringValue())) {
                left.add(one);
            }
        }
        for (JsonNode one : before) {
            if (!(one.isString() && texts.remove(one.stringValue())) && !left.removeIf(new First(one)::isIt)) {
                return false;
            }
        }
        return true;
    }

    /** The first element that keeps another one. */
    private static final class First {

        private final JsonNode before;
        private boolean found;

        First(JsonNode before) {
            this.before = before;
        }

        boolean isIt(JsonNode after) {
            boolean isIt = !found && isKept(before, after);
            found |= isIt;
            return isIt;
        }
    }

    private static boolean isSame(JsonNode before, JsonNode after) {
        if (before.isNumber() && after.isNumber()) {
            return plain(before).compareTo(plain(after)) == 0;
        }
        // A number that became a text, or the other way round, is still there if the text is.
        return before.asString().equals(after.asString());
    }

    private static BigDecimal plain(JsonNode number) {
        return number.decimalValue().stripTrailingZeros();
    }
}
