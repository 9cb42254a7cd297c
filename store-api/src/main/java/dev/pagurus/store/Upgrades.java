package dev.pagurus.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The functions of a {@link Schema} that bring bodies from older revisions up to it, one for each revision. Immutable. The
 * store uses it; and so can a test of the functions, for which no store is needed:
 *
 * <pre>{@code
 * assertEquals("{\"headline\":\"a\"}", Notes.SCHEMA.upgrades().apply(1, "{\"title\":\"a\"}"));
 * }</pre>
 */
public final class Upgrades {

    static final Upgrades NONE = new Upgrades("", 1, List.of());

    private final String schema;
    private final int first;
    private final List<Upgrade> functions;

    private Upgrades(String schema, int first, List<Upgrade> functions) {
        this.schema = schema;
        this.first = first;
        this.functions = functions;
    }

    Upgrades with(String name, int from, Upgrade upgrade) {
        Objects.requireNonNull(upgrade, "upgrade");
        if (from < 1) {
            throw new SchemaException("Schema '" + name + "' declares upgrade(" + from
                    + ", ...); the first revision is 1, and an upgrade is named after the one that it begins from.");
        }
        int next = first + functions.size();
        if (!functions.isEmpty() && from != next) {
            throw new SchemaException("Schema '" + name + "' declares upgrade(" + from + ", ...) behind upgrade("
                    + (next - 1) + ", ...), where upgrade(" + next
                    + ", ...) comes next. Declare one for each revision, in ascending order; upgrade(" + next
                    + ", Upgrade.NONE) where bodies stay as they are.");
        }
        List<Upgrade> more = new ArrayList<>(functions);
        more.add(upgrade);
        return new Upgrades(name, functions.isEmpty() ? from : first, List.copyOf(more));
    }

    /** Says whether no function is declared, so that bodies stay as they are. */
    public boolean isEmpty() {
        return functions.isEmpty();
    }

    /**
     * Refuses functions that do not lead to a revision: one is missing at the end, or the revision was not raised.
     *
     * @throws SchemaException if they do not
     */
    public void requireTo(int revision) {
        int end = first + functions.size();
        if (isEmpty() || end == revision) {
            return;
        }
        if (end > revision) {
            throw new SchemaException("Schema '" + schema + "' declares upgrade(" + (end - 1) + ", ...) and revision "
                    + revision + ", where that upgrade makes revision " + end + " of the documents. Raise the revision:"
                    + " Schema.revision(" + end + ").");
        }
        throw new SchemaException("Schema '" + schema + "' declares upgrades from revision " + first + " to " + end
                + ", but is at revision " + revision + ": upgrade(" + end + ", ...) is missing. Declare it; upgrade("
                + end + ", Upgrade.NONE) if bodies stay as they are.");
    }

    /**
     * Refuses functions that do not begin early enough.
     *
     * @param from the revision that is stored
     * @throws SchemaException if none begins from there
     */
    public void requireFrom(int from) {
        if (!isEmpty() && from < first) {
            throw new SchemaException("Collection '" + schema + "' is stored at revision " + from
                    + ", and the first upgrade that its schema declares is upgrade(" + first
                    + ", ...). Nothing was changed. Declare what becomes of older bodies: upgrade(" + from
                    + ", ...), with Upgrade.NONE if they stay as they are: upgrade(" + from + ", Upgrade.NONE).");
        }
    }

    /**
     * Returns what becomes of a body; the same text where nothing changes.
     *
     * @param from the revision of the body
     * @throws SchemaException if none begins from there, one fails, or one leaves out a property that it does not
     *     name; the message names the function, and never shows the body
     */
    public String apply(int from, String body) {
        Set<String> leftOut = new TreeSet<>();
        String text = run(from, body, leftOut);
        if (!leftOut.isEmpty()) {
            throw new SchemaException("The property '" + leftOut.iterator().next()
                    + "' would vanish: an upgrade leaves it out and does not name it.");
        }
        return text;
    }

    /**
     * Returns the paths of the properties that a function leaves out of a body and does not name; those of the first one that
     * does, and none if all is well or a function fails.
     */
    public Set<String> leftOut(int from, String body) {
        Set<String> leftOut = new TreeSet<>();
        try {
            run(from, body, leftOut);
        } catch (SchemaException e) {
            return Set.of();
        }
        return leftOut;
    }

    /** Returns the revision that the last of them makes, or the first one if there is none. */
    int end() {
        return first + functions.size();
    }

    /** Returns what becomes of the bodies of a revision. */
    Upgrade function(int from) {
        return from < first || from >= end() ? Upgrade.NONE : functions.get(from - first);
    }

    /** Tells steps what is known of their paths. */
    interface Teller {
        JsonUpgrade told(int from, JsonUpgrade steps);
    }

    /** Returns the same with steps that know more of their paths, from a revision on. */
    Upgrades told(int from, Teller teller) {
        requireFrom(from);
        List<Upgrade> told = new ArrayList<>(functions);
        for (int number = Math.max(from, first); number < end(); number++) {
            if (function(number) instanceof JsonUpgrade steps) {
                try {
                    told.set(number - first, teller.told(number, steps));
                } catch (SchemaException e) {
                    throw failed(number, e);
                }
            }
        }
        return new Upgrades(schema, first, told);
    }

    private String run(int from, String body, Set<String> leftOut) {
        requireFrom(from);
        if (!isEmpty() && from > end()) {
            throw new SchemaException("A body of revision " + from + " of collection '" + schema
                    + "' is newer than what these upgrades make, which is revision " + end() + ".");
        }
        String text = body;
        @Nullable JsonText json = null;
        int revision = isEmpty() ? first : from;
        try {
            for (; revision - first < functions.size() && leftOut.isEmpty(); revision++) {
                Upgrade function = functions.get(revision - first);
                if (function instanceof JsonUpgrade steps) {
                    json = json == null ? JsonText.of(text) : json;
                    steps.change(json);
                    leftOut.addAll(json.leftOut());
                } else {
                    text = json == null ? text : json.text();
                    json = null;
                    text = applied(function, text, leftOut);
                }
            }
            return json == null ? text : json.text();
        } catch (LinkageError e) {
            throw JsonUpgrade.missing(e);
        } catch (Exception e) {
            throw failed(revision, e);
        }
    }

    private static String applied(Upgrade function, String text, Set<String> leftOut) {
        @Nullable String changed;
        try {
            changed = function.apply(text);
        } catch (Exception e) {
            // What it says may quote the body, which may be secret; the cause has it.
            throw new SchemaException("It threw " + e.getClass().getSimpleName() + ".", e);
        }
        if (changed == null) {
            throw new SchemaException("It returned null. Return the text that was given where nothing changes.");
        }
        if (!changed.equals(text)) {
            leftOut.addAll(leftOut(text, changed, function));
            return changed;
        }
        return text;
    }

    /** Without Jackson, nobody here knows what the text of another codec means. */
    private static Set<String> leftOut(String before, String after, Upgrade function) {
        List<PropertyPath> named = function instanceof Dropping dropping ? dropping.dropped() : List.of();
        try {
            return JsonProperties.leftOut(before, after, named);
        } catch (LinkageError e) {
            return Set.of();
        }
    }

    private SchemaException failed(int revision, Exception e) {
        String message = e instanceof SchemaException
                ? String.valueOf(e.getMessage())
                : "It threw " + e.getClass().getSimpleName() + ".";
        int last = Math.min(revision, first + functions.size() - 1);
        return new SchemaException("upgrade(" + last + ", ...) cannot be done. " + message, e);
    }
}
