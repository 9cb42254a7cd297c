package dev.pagurus.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where properties stand in a body: names joined by {@code .}, with {@code []} behind what is a list, <code>{}</code> behind
 * what is a map, and {@code <name>} behind what is of that subtype; as {@link Codec#shape()} has it, and every message. A
 * backslash stands before a character of a name that would mean something else, a space among them; {@code \e} is the name that
 * is empty, and <code>&#92;u</code> with four digits a character that cannot be shown.
 *
 * @param text as it was written
 * @param steps what it is made of, from the outside in
 */
record PropertyPath(String text, List<Step> steps) {

    private static final String SPECIAL = "\\.[]{}<> ";

    private static final Pattern CODE = Pattern.compile("[0-9A-Fa-f]{4}");

    /** What a step goes to. */
    enum Kind {
        /** The property of this name. */
        PROPERTY,
        /** Every element of a list. */
        LIST,
        /** Every value of a map. */
        MAP,
        /** What is there already, if it is of this subtype: a property of it has this name for a value. */
        SUBTYPE
    }

    /**
     * One step.
     *
     * @param name empty where the kind needs none
     * @param told the property that has the name of a subtype; empty if that is not known
     */
    record Step(Kind kind, String name, String told) {

        Step(Kind kind, String name) {
            this(kind, name, "");
        }
    }

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
                int end = name(text, at + 1, Kind.SUBTYPE, steps);
                if (end == text.length() || text.charAt(end) != '>') {
                    throw wrong(text, "'<' begins the name of a subtype, with a '>' at its end");
                }
                at = end + 1;
            } else if (first == '.' || at == 0) {
                at = name(text, first == '.' && at > 0 ? at + 1 : at, Kind.PROPERTY, steps);
            } else {
                throw wrong(text, "a '.' is missing before '" + first + "'");
            }
        }
        return new PropertyPath(text, steps);
    }

    /** Reads a name, and returns where it ends. */
    private static int name(String text, int from, Kind kind, List<Step> steps) {
        StringBuilder name = new StringBuilder();
        int at = from;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\\' && at + 1 < text.length()) {
                at = escape(text, at + 1, name);
            } else if (next != ' ' && SPECIAL.indexOf(next) >= 0) {
                break;
            } else {
                name.append(next);
                at++;
            }
        }
        if (at == from) {
            throw wrong(text, "a name is missing at index " + from);
        }
        steps.add(new Step(kind, name.toString()));
        return at;
    }

    /** Reads what is behind a backslash, and returns where it ends. */
    private static int escape(String text, int at, StringBuilder name) {
        char next = text.charAt(at);
        if (next == 'u' && CODE.matcher(text).region(at + 1, text.length()).lookingAt()) {
            name.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
            return at + 5;
        }
        if (next != 'e') {
            name.append(next);
        }
        return at + 1;
    }

    private static SchemaException wrong(String text, String why) {
        return new SchemaException("'" + text + "' is no path of a property: " + why
                + ". Join names with '.', write [] behind a list and {} behind a map, such as lines[].price, and \\ before"
                + " one of " + SPECIAL + " that is a part of a name.");
    }

    /** Returns a name as it stands in a path. */
    static String escaped(String name) {
        if (name.isEmpty()) {
            return "\\e";
        }
        boolean plain = true;
        for (int i = 0; i < name.length() && plain; i++) {
            plain = SPECIAL.indexOf(name.charAt(i)) < 0 && !isHidden(name.charAt(i));
        }
        if (plain) {
            return name;
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char next = name.charAt(i);
            if (isHidden(next)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04X", (int) next));
            } else {
                escaped.append(SPECIAL.indexOf(next) >= 0 ? "\\" : "").append(next);
            }
        }
        return escaped.toString();
    }

    /** What ends a line, or cannot be shown. */
    private static boolean isHidden(char character) {
        return character < ' ' || character == 0x7F || character == 0x85 || character == 0x2028 || character == 0x2029;
    }

    /** Returns steps as they are written. */
    static String text(List<Step> steps) {
        StringBuilder text = new StringBuilder();
        for (Step step : steps) {
            switch (step.kind()) {
                case PROPERTY -> text.append(text.isEmpty() ? "" : ".").append(escaped(step.name()));
                case LIST -> text.append("[]");
                case MAP -> text.append("{}");
                case SUBTYPE -> text.append('<').append(escaped(step.name())).append('>');
            }
        }
        return text.toString();
    }

    /** Returns the last step. */
    Step last() {
        return steps.get(steps.size() - 1);
    }

    /** Returns the same path to another property of the same object. */
    PropertyPath withLast(String name) {
        List<Step> other = new ArrayList<>(steps.subList(0, steps.size() - 1));
        other.add(new Step(Kind.PROPERTY, name));
        return new PropertyPath(text(other), other);
    }

    /** Refuses a path that ends otherwise than with a name. */
    PropertyPath endingInName(String what) {
        if (last().kind() != Kind.PROPERTY) {
            throw new SchemaException("The path '" + text + "' cannot be " + what
                    + ": it ends with a list, a map or a subtype, not with the name of a property. Name the property that"
                    + " holds it, or one in it.");
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
