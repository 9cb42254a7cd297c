package dev.pagurus.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One step of a {@link JsonUpgrade}. */
sealed interface JsonStep {

    /**
     * Does it.
     *
     * @throws SchemaException if the text does not allow it
     */
    void change(JsonText json) throws Exception;

    /** Another name in the same place. */
    record Rename(PropertyPath path, String name) implements JsonStep {
        @Override
        public void change(JsonText json) {
            String old = path.last().name();
            JsonPlaces.holders(json.root(), path, holder -> {
                if (!holder.has(old)) {
                    return;
                }
                if (holder.has(name)) {
                    throw taken("renamed", path.text(), name);
                }
                Map<String, JsonNode> properties = new LinkedHashMap<>();
                holder.properties().forEach(one -> properties.put(one.getKey(), one.getValue()));
                holder.removeAll();
                properties.forEach((key, value) -> holder.set(key.equals(old) ? name : key, value));
                json.changed();
            });
        }
    }

    /** Away with it. */
    record Drop(PropertyPath path) implements JsonStep {
        @Override
        public void change(JsonText json) {
            JsonPlaces.holders(json.root(), path, holder -> {
                if (holder.remove(path.last().name()) != null) {
                    json.changed();
                }
            });
        }
    }

    /** What is missing. */
    record Add(PropertyPath path, JsonNode value) implements JsonStep {
        @Override
        public void change(JsonText json) {
            JsonPlaces.holders(json.root(), path, holder -> {
                if (!holder.has(path.last().name())) {
                    holder.set(path.last().name(), value.deepCopy());
                    json.changed();
                }
            });
        }
    }

    /**
     * Another place.
     *
     * @param shared how many steps both paths begin with: up to the last list, map or subtype, within whose elements it moves
     */
    record Move(PropertyPath from, PropertyPath to, int shared) implements JsonStep {
        @Override
        public void change(JsonText json) {
            JsonPlaces.visit(json.root(), from, shared, top -> {
                String name = from.last().name();
                @Nullable ObjectNode holder = down(top, from, false);
                if (holder == null || !holder.has(name)) {
                    return;
                }
                JsonNode moved = holder.remove(name);
                @Nullable ObjectNode target = down(top, to, true);
                if (target == null || target.has(to.last().name())) {
                    throw taken("moved", from.text(), to.text());
                }
                target.set(to.last().name(), moved);
                json.changed();
            });
        }

        /** Returns the object that holds the last name of a path; made if that is asked for, else null where there is none. */
        private @Nullable ObjectNode down(JsonNode top, PropertyPath path, boolean make) {
            @Nullable ObjectNode holder = JsonPlaces.object(top, path, shared);
            for (int i = shared; i < path.steps().size() - 1 && holder != null; i++) {
                String name = path.steps().get(i).name();
                @Nullable JsonNode next = holder.get(name);
                holder = make && (next == null || next.isNull())
                        ? holder.putObject(name)
                        : JsonPlaces.object(next, path, i + 1);
            }
            return holder;
        }
    }

    /** Another value. */
    record Value(
            PropertyPath path,
            Codec.Function<? super JsonNode, ? extends JsonNode> function,
            List<PropertyPath> dropped)
            implements JsonStep {
        @Override
        public void change(JsonText json) throws Exception {
            int length = path.steps().size() - 1;
            List<JsonNode> holders = new ArrayList<>();
            JsonPlaces.visit(json.root(), path, length, holders::add);
            for (JsonNode holder : holders) {
                if (path.last().kind() == PropertyPath.Kind.LIST) {
                    @Nullable ArrayNode array = JsonPlaces.array(holder, path, length);
                    for (int i = 0; array != null && i < array.size(); i++) {
                        array.set(i, mapped(json, array.get(i)));
                    }
                    continue;
                }
                @Nullable ObjectNode object = JsonPlaces.object(holder, path, length);
                if (object != null) {
                    for (String name : names(object)) {
                        object.replace(name, mapped(json, object.get(name)));
                    }
                }
            }
        }

        private List<String> names(ObjectNode object) {
            if (path.last().kind() == PropertyPath.Kind.MAP) {
                return List.copyOf(object.propertyNames());
            }
            return object.has(path.last().name()) ? List.of(path.last().name()) : List.of();
        }

        @SuppressWarnings("ReferenceEquality") // an equal number may have other digits
        private JsonNode mapped(JsonText json, JsonNode old) throws Exception {
            Set<String> before = JsonProperties.in(old, path.text());
            boolean container = old.isContainer();
            @Nullable JsonNode value = function.apply(old);
            if (value == null || value.isMissingNode()) {
                throw new SchemaException(
                        "map('" + path.text()
                                + "', ...) made nothing of a value. Return NullNode for a null in the text, or drop the property.");
            }
            if (!before.isEmpty()) {
                json.leftOut().addAll(JsonProperties.leftOut(before, JsonProperties.in(value, path.text()), dropped));
            }
            if (container || value != old) {
                json.changed();
            }
            return value;
        }
    }

    private static SchemaException taken(String done, String from, String to) {
        return new SchemaException("'" + from + "' cannot be " + done + " to '" + to
                + "', where something is already. Drop, rename or move that first.");
    }
}
