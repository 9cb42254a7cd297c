package dev.pagurus.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where properties stand in a body: names joined by {@code .}, with {@code []} behind what is a list, <code>{}</code> behind
 * what is a map, and {@code <name>} behind what is of that subtype; as {@link Codec#shape()} has it. A backslash stands before
 * a character of a name that would mean something else.
 *
 * @param text as it was written
 * @param steps what it is made of, from the outside in
 */
record PropertyPath(String text, List<Step> steps) {

    private static final String SPECIAL = "\\.[]{}<>";

    /** What a step goes to. */
    enum Kind {
        /** The property of this name. */
        PROPERTY,
        /** Every element of a list. */
        LIST,
        /** Every value of a map. */
        MAP,
        /** What is there already, if it is of this subtype: it begins with a property that has this name for a value. */
        SUBTYPE
    }

    /**
     * One step.
     *
     * @param name empty where the kind needs none
     */
    record Step(Kind kind, String name) {}

    PropertyPath {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a path.
     *
     * @throws SchemaException if it is none
     */
    static PropertyPath of(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            throw new SchemaException("A path in an upgrade is " + (text == null ? "null" : "empty")
                    + "; it names a property, such as author.name or lines[].price.");
        }
        List<Step> steps = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            if (first == '[' || first == '{') {
                boolean list = first == '[';
                if (!text.startsWith(list ? "[]" : "{}", at)) {
                    throw wrong(text, "'" + first + "' is not closed at once");
                }
                steps.add(new Step(list ? Kind.LIST : Kind.MAP, ""));
                at += 2;
            } else if (first == '<') {
                int end = text.indexOf('>', at);
                if (end < at + 2 || at == 0) {
                    throw wrong(text, "'<' begins the name of a subtype, behind what has it and with a '>' at its end");
                }
                steps.add(new Step(Kind.SUBTYPE, text.substring(at + 1, end)));
                at = end + 1;
            } else if (first == '.' || at == 0) {
                at = name(text, first == '.' && at > 0 ? at + 1 : at, steps);
            } else {
                throw wrong(text, "a '.' is missing before '" + first + "'");
            }
        }
        return new PropertyPath(text, steps);
    }

    /** Reads a name, and returns where it ends. */
    private static int name(String text, int from, List<Step> steps) {
        StringBuilder name = new StringBuilder();
        int at = from;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\\' && at + 1 < text.length()) {
                at++;
                name.append(text.charAt(at));
            } else if (SPECIAL.indexOf(next) >= 0) {
                break;
            } else {
                name.append(next);
            }
            at++;
        }
        if (name.isEmpty()) {
            throw wrong(text, "a name is missing at index " + from);
        }
        steps.add(new Step(Kind.PROPERTY, name.toString()));
        return at;
    }

    private static SchemaException wrong(String text, String why) {
        return new SchemaException("'" + text + "' is no path of a property: " + why
                + ". Join names with '.', write [] behind a list and {} behind a map, such as lines[].price, and \\ before"
                + " one of " + SPECIAL + " that is a part of a name.");
    }

    /** Returns a name as it stands in a path. */
    static String escaped(String name) {
        boolean plain = true;
        for (int i = 0; i < name.length() && plain; i++) {
            plain = SPECIAL.indexOf(name.charAt(i)) < 0;
        }
        if (plain) {
            return name;
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            escaped.append(SPECIAL.indexOf(name.charAt(i)) >= 0 ? "\\" : "").append(name.charAt(i));
        }
        return escaped.toString();
    }

    /** Returns the last step. */
    Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Refuses a path that ends otherwise than with a name. */
    PropertyPath endingInName(String what) {
        if (last().kind() != Kind.PROPERTY) {
            throw new SchemaException("The path '" + text + "' cannot be " + what
                    + ": it ends with a list, a map or a subtype, not with the name of a property.");
        }
        return this;
    }

    /**
     * Says whether this names another property, or something that it is in. What a map is cannot be seen in a body: its keys are
     * names there, and <code>{}</code> stands for each of them.
     */
    boolean covers(PropertyPath found) {
        int at = 0;
        for (Step step : steps) {
            if (step.kind() == Kind.SUBTYPE) {
                continue;
            }
            if (at == found.steps.size()) {
                return false;
            }
            Step other = found.steps.get(at);
            boolean same = step.kind() == Kind.MAP ? other.kind() == Kind.PROPERTY : step.equals(other);
            if (!same) {
                return false;
            }
            at++;
        }
        return true;
    }
}
