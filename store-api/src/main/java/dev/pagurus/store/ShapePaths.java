package dev.pagurus.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The paths of a shape, each with its kind, while the steps of an upgrade change them. */
final class ShapePaths {

    private static final int NEAR = 3;

    /** What holds nothing that has a path. Whatever else a codec says may hold anything. */
    private static final Set<String> SCALARS = Set.of(
            "text integer real float decimal boolean enum type bytes uuid uri url locale currency pattern zone offset instant"
                    .split(" "));

    private static final Set<String> TIMES =
            Set.of("date time datetime offsettime offsetdatetime zoneddatetime year yearmonth monthday duration period"
                    .split(" "));

    private static final String ANY = "any";

    /** What the code itself has put there, which nobody can lose. */
    private static final String ADDED = "added";

    private final Map<List<PropertyPath.Step>, String> kinds = new LinkedHashMap<>();

    private final Set<List<PropertyPath.Step>> opened = new HashSet<>();

    private ShapePaths() {}

    /** Reads a shape; null if it is none of ours, or not known. */
    static @Nullable ShapePaths of(@Nullable String shape) {
        if (shape == null) {
            return null;
        }
        ShapePaths paths = new ShapePaths();
        for (String line : shape.lines().toList()) {
            int end = line.indexOf(' ');
            while (end > 0 && line.charAt(end - 1) == '\\') {
                end = line.indexOf(' ', end + 1);
            }
            if (end <= 0) {
                return null;
            }
            try {
                String path = line.substring(0, end);
                paths.kinds.put(
                        path.equals(".") ? List.of() : PropertyPath.of(path).steps(), line.substring(end + 1));
            } catch (SchemaException e) {
                return null;
            }
        }
        return paths;
    }

    /** Says whether a body of this shape may have a path. */
    boolean has(PropertyPath path) {
        return has(plain(path));
    }

    /** Returns the steps of a path as a shape has them. */
    private static List<PropertyPath.Step> plain(PropertyPath path) {
        return path.steps().stream()
                .map(step -> new PropertyPath.Step(step.kind(), step.name()))
                .toList();
    }

    private boolean has(List<PropertyPath.Step> path) {
        return kinds.entrySet().stream().anyMatch(line -> leads(line.getKey(), line.getValue(), path))
                || opened.stream().anyMatch(line -> leads(line, ANY, path));
    }

    /** Says whether what a path ends in may be there: all of it but the last step. */
    boolean hasHolder(PropertyPath path) {
        List<PropertyPath.Step> holder = plain(path).subList(0, path.steps().size() - 1);
        return holder.isEmpty() || has(holder);
    }

    private static boolean leads(List<PropertyPath.Step> line, String kind, List<PropertyPath.Step> path) {
        int at = 0;
        for (PropertyPath.Step step : path) {
            // Where a path names no subtype, all are meant.
            while (at < line.size() && isSubtype(line.get(at)) && !isSubtype(step)) {
                at++;
            }
            if (at == line.size()) {
                return isOpen(kind);
            }
            if (!isSame(line.get(at++), step)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSame(PropertyPath.Step line, PropertyPath.Step step) {
        boolean isKey = line.kind() == PropertyPath.Kind.MAP && step.kind() == PropertyPath.Kind.PROPERTY;
        return isKey || (line.kind() == step.kind() && line.name().equals(step.name()));
    }

    private static boolean isSubtype(PropertyPath.Step step) {
        return step.kind() == PropertyPath.Kind.SUBTYPE;
    }

    private static boolean isOpen(String kind) {
        String word = kind.split("[-: ]", 2)[0];
        return !SCALARS.contains(word) && !TIMES.contains(word);
    }

    /** There is something at a path now, of which nothing else is known. */
    void add(PropertyPath path) {
        kinds.put(plain(path), ADDED);
    }

    /** What is at a path may have any property now, and is of the kind that it was. */
    void open(PropertyPath path) {
        opened.add(plain(path));
    }

    /** There is nothing at a path any more. */
    void remove(PropertyPath path) {
        List<PropertyPath.Step> steps = plain(path);
        kinds.keySet().removeIf(line -> isWithin(line, steps));
        List<PropertyPath.Step> holder = steps.subList(0, steps.size() - 1);
        if (!holder.isEmpty() && !has(holder)) {
            // It is empty now, and still there.
            kinds.put(List.copyOf(holder), "object");
        }
    }

    /** What was at a path is at another one. */
    void move(PropertyPath from, PropertyPath target) {
        List<PropertyPath.Step> source = plain(from);
        List<PropertyPath.Step> to = plain(target);
        Map<List<PropertyPath.Step>, String> moved = new LinkedHashMap<>();
        kinds.forEach((line, kind) -> {
            if (isWithin(line, source)) {
                List<PropertyPath.Step> steps = new ArrayList<>(to);
                steps.addAll(line.subList(source.size(), line.size()));
                moved.put(steps, kind);
            }
        });
        remove(from);
        kinds.putAll(moved);
        if (moved.isEmpty()) {
            kinds.put(to, ANY);
        }
    }

    private static boolean isWithin(List<PropertyPath.Step> line, List<PropertyPath.Step> path) {
        return line.size() >= path.size() && line.subList(0, path.size()).equals(path);
    }

    /** Says whether a body of this shape may be read as something else by who expects another: at a path, kinds differ. */
    boolean differsIn(ShapePaths wanted, boolean fromFunction) {
        return wanted.kinds.entrySet().stream().anyMatch(line -> {
            @Nullable String kind = kinds.get(line.getKey());
            return kind == null ? fromFunction : !kind.equals(ADDED) && !kind.equals(line.getValue());
        });
    }

    /** Returns the paths that are most like another one. */
    List<String> near(PropertyPath path) {
        return kinds.keySet().stream()
                .filter(line -> !line.isEmpty())
                .map(PropertyPath::text)
                .distinct()
                .sorted(Comparator.comparingInt((String other) -> -likeness(path.text(), other))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(NEAR)
                .toList();
    }

    /** How many characters two texts begin and end with alike. */
    private static int likeness(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int begin = 0;
        while (begin < shorter && one.charAt(begin) == other.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < shorter - begin && one.charAt(one.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
        }
        return begin + end;
    }

    /**
     * Returns the path with the property that tells each of its subtypes; the same where that is not known.
     *
     * @throws SchemaException if a body of this shape tells them otherwise than by a property of the object
     */
    PropertyPath told(PropertyPath path) {
        List<PropertyPath.Step> steps = new ArrayList<>(path.steps());
        for (int i = 0; i < steps.size(); i++) {
            PropertyPath.Step step = steps.get(i);
            if (isSubtype(step) && step.told().isEmpty()) {
                steps.set(i, new PropertyPath.Step(step.kind(), step.name(), teller(path, i)));
            }
        }
        return new PropertyPath(path.text(), steps);
    }

    private String teller(PropertyPath path, int at) {
        List<PropertyPath.Step> holder = path.steps().subList(0, at);
        // Below what is told once or may be anything, nothing is known of subtypes.
        if (kinds.keySet().stream()
                .noneMatch(line -> leads(line, "text", path.steps().subList(0, at + 1)))) {
            return "";
        }
        Set<String> tellers = new HashSet<>();
        kinds.forEach((line, kind) -> {
            if (kind.equals("type")
                    && line.size() == holder.size() + 1
                    && leads(line.subList(0, line.size() - 1), ANY, holder)) {
                tellers.add(line.get(line.size() - 1).name());
            }
        });
        if (tellers.size() != 1) {
            throw new SchemaException(
                    "The path '" + path.text() + "' names a subtype, and these documents do not tell it by"
                            + " a property of the object. Write a function from text to text for that: upgrade(n, body -> ...).");
        }
        return tellers.iterator().next();
    }

    /** Returns a path in which the key of a map is no name, but stands for all. */
    String normal(String path) {
        List<PropertyPath.Step> steps = new ArrayList<>(PropertyPath.of(path).steps());
        for (int i = 0; i < steps.size(); i++) {
            List<PropertyPath.Step> holder = steps.subList(0, i);
            PropertyPath.Step step = steps.get(i);
            boolean isKey = step.kind() == PropertyPath.Kind.PROPERTY
                    && kinds.keySet().stream().anyMatch(line -> isMapAt(line, holder));
            if (isKey) {
                steps.set(i, new PropertyPath.Step(PropertyPath.Kind.MAP, ""));
            }
        }
        return PropertyPath.text(steps);
    }

    private static boolean isMapAt(List<PropertyPath.Step> line, List<PropertyPath.Step> holder) {
        List<PropertyPath.Step> plain =
                line.stream().filter(step -> !isSubtype(step)).toList();
        return plain.size() > holder.size()
                && plain.get(holder.size()).kind() == PropertyPath.Kind.MAP
                && plain.subList(0, holder.size()).equals(holder);
    }
}
