package dev.pagurus.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Returns where it works. */
    PropertyPath path();

    /** Returns the same at a path of which more is known. */
    JsonStep at(PropertyPath told);

    /** Returns how it is written. */
    String shown();

    /** Changes the paths of a body as it changes the body. */
    void change(ShapePaths paths);

    /** Says whether a body may have what it works on. */
    default boolean isIn(ShapePaths paths) {
        return paths.has(path());
    }

    /** Says whether a body has what it works on. */
    default boolean isIn(JsonText json) {
        boolean[] found = {false};
        JsonPlaces.visit(json.root(), path(), path().steps().size(), place -> found[0] = true);
        return found[0];
    }

    /** Returns the path of what it makes; null if nothing. */
    default @Nullable PropertyPath made() {
        return null;
    }

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

        @Override
        public JsonStep at(PropertyPath told) {
            return new Rename(told, name);
        }

        @Override
        public String shown() {
            return "rename(\"" + path.text() + "\", \"" + PropertyPath.escaped(name) + "\")";
        }

        @Override
        public void change(ShapePaths paths) {
            paths.move(path, made());
        }

        @Override
        public PropertyPath made() {
            return path.withLast(name);
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

        @Override
        public JsonStep at(PropertyPath told) {
            return new Drop(told);
        }

        @Override
        public String shown() {
            return "drop(\"" + path.text() + "\")";
        }

        @Override
        public void change(ShapePaths paths) {
            paths.remove(path);
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

        @Override
        public JsonStep at(PropertyPath told) {
            return new Add(told, value);
        }

        @Override
        public String shown() {
            return "add(\"" + path.text() + "\", ...)";
        }

        @Override
        public void change(ShapePaths paths) {
            if (!paths.has(path)) {
                paths.add(path);
            }
        }

        /** What it works on is the object that it adds to. */
        @Override
        public boolean isIn(ShapePaths paths) {
            return paths.hasHolder(path);
        }

        @Override
        public boolean isIn(JsonText json) {
            boolean[] found = {false};
            JsonPlaces.holders(json.root(), path, holder -> found[0] = true);
            return found[0];
        }

        @Override
        public PropertyPath made() {
            return path;
        }
    }

    /**
     * Another place.
     *
     * @param shared how many steps both paths begin with: up to the last list, map or subtype, within whose elements it moves
     */
    record Move(PropertyPath path, PropertyPath to, int shared) implements JsonStep {
        @Override
        public void change(JsonText json) {
            JsonPlaces.visit(json.root(), path, shared, top -> {
                String name = path.last().name();
                @Nullable ObjectNode holder = down(top, path, false);
                if (holder == null || !holder.has(name)) {
                    return;
                }
                JsonNode moved = holder.remove(name);
                @Nullable ObjectNode target = down(top, to, true);
                if (target == null || target.has(to.last().name())) {
                    throw taken("moved", path.text(), to.text());
                }
                target.set(to.last().name(), moved);
                json.changed();
            });
        }

        @Override
        public JsonStep at(PropertyPath told) {
            return new Move(told, to, shared);
        }

        @Override
        public String shown() {
            return "move(\"" + path.text() + "\", \"" + to.text() + "\")";
        }

        @Override
        public void change(ShapePaths paths) {
            paths.move(path, to);
        }

        @Override
        public PropertyPath made() {
            return to;
        }

        /** Returns the object that holds the last name of a path; made if that is asked for, else null where there is none. */
        private @Nullable ObjectNode down(JsonNode top, PropertyPath of, boolean make) {
            @Nullable ObjectNode holder = JsonPlaces.object(top, of, shared);
            for (int i = shared; i < of.steps().size() - 1 && holder != null; i++) {
                String name = of.steps().get(i).name();
                @Nullable JsonNode next = holder.get(name);
                holder = make && (next == null || next.isNull())
                        ? holder.putObject(name)
                        : JsonPlaces.object(next, of, i + 1);
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

        @Override
        public JsonStep at(PropertyPath told) {
            return new Value(told, function, dropped);
        }

        @Override
        public String shown() {
            return "map(\"" + path.text() + "\", ...)";
        }

        /** What a function makes may have any property. */
        @Override
        public void change(ShapePaths paths) {
            paths.open(path);
        }

        private List<String> names(ObjectNode object) {
            if (path.last().kind() == PropertyPath.Kind.MAP) {
                return List.copyOf(object.propertyNames());
            }
            return object.has(path.last().name()) ? List.of(path.last().name()) : List.of();
        }

        private @Nullable JsonNode applied(JsonNode old) {
            try {
                return function.apply(old);
            } catch (Exception e) {
                // What it says may quote the value, which may be secret; the cause has it.
                throw new SchemaException(
                        "The function of map('" + path.text() + "', ...) threw "
                                + e.getClass().getSimpleName() + ".",
                        e);
            }
        }

        @SuppressWarnings("ReferenceEquality") // an equal number may have other digits
        private JsonNode mapped(JsonText json, JsonNode old) throws Exception {
            Map<String, Integer> before = JsonProperties.in(old, path.text());
            boolean container = old.isContainer();
            @Nullable JsonNode value = applied(old);
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

    /** Another value where a certain one is. */
    record Replace(Value value, JsonNode old) implements JsonStep {
        @Override
        public void change(JsonText json) throws Exception {
            value.change(json);
        }

        @Override
        public PropertyPath path() {
            return value.path();
        }

        @Override
        public JsonStep at(PropertyPath told) {
            return new Replace(new Value(told, value.function(), List.of()), old);
        }

        @Override
        public String shown() {
            return "replace(\"" + path().text() + "\", " + old + ", ...)";
        }

        /** The properties are the same, and so are their kinds. */
        @Override
        public void change(ShapePaths paths) {}
    }

    private static SchemaException taken(String done, String from, String to) {
        return new SchemaException("'" + from + "' cannot be " + done + " to '" + to
                + "', where something is already. Drop, rename or move that first.");
    }
}
