package dev.pagurus.store.spi;

import dev.pagurus.store.SchemaException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What two definitions of one revision differ in, as a message says it. */
final class SchemaDifferences {

    private static final int MOST = 20;
    private static final int LONGEST = 200;
    private static final String GONE = "stored but not declared";
    private static final String COME = "declared but not stored";

    private SchemaDifferences() {}

    static SchemaException refused(CollectionDefinition stored, CollectionDefinition wanted) {
        return new SchemaException(told(stored, wanted) + " Raise the revision: Schema.revision("
                + (wanted.revision() + 1) + ")"
                + (ofShapes(stored.shape(), wanted.shape()).isEmpty()
                        ? "."
                        : ", and say with upgrade(" + wanted.revision()
                                + ", ...) what becomes of stored documents, if they have to change."));
    }

    static String told(CollectionDefinition stored, CollectionDefinition wanted) {
        List<String> ofTables = ofTables(stored, wanted);
        List<String> ofShapes = ofShapes(stored.shape(), wanted.shape());
        String what = ofShapes.isEmpty()
                ? "another definition"
                : (ofTables.isEmpty() ? "" : "another definition and ") + "another shape of its documents";
        List<String> all = new ArrayList<>(ofTables);
        all.addAll(ofShapes);
        return "Collection '" + wanted.name() + "' is stored with " + what + " at the same revision "
                + wanted.revision() + ": " + cut(all) + ". Nothing was changed.";
    }

    private static List<String> ofTables(CollectionDefinition stored, CollectionDefinition wanted) {
        List<String> differences = new ArrayList<>();
        missing(GONE, stored.fields(), wanted.fields(), differences);
        missing(COME, wanted.fields(), stored.fields(), differences);
        missing(GONE, stored.indexes(), wanted.indexes(), differences);
        missing(COME, wanted.indexes(), stored.indexes(), differences);
        if (!Objects.equals(stored.retention(), wanted.retention())) {
            differences.add(
                    changes(stored.retention()) + " as stored and " + changes(wanted.retention()) + " as declared");
        }
        if (!Objects.equals(stored.expiry(), wanted.expiry())) {
            differences.add(expiry(stored.expiry()) + " as stored and " + expiry(wanted.expiry()) + " as declared");
        }
        if (differences.isEmpty() && !stored.hasTablesOf(wanted)) {
            differences.add("the order of fields or indexes");
        }
        return differences;
    }

    private static String changes(@Nullable Duration retention) {
        return retention == null ? "changes are not kept" : "changes are kept for " + retention;
    }

    private static String expiry(@Nullable String field) {
        return field == null ? "documents stay" : "documents expire by '" + field + "'";
    }

    private static <E> void missing(String how, List<E> here, List<E> there, List<String> differences) {
        for (E one : here) {
            if (!there.contains(one)) {
                differences.add(one + " is " + how);
            }
        }
    }

    /** In order of path: what has another kind is named once, with both. */
    private static List<String> ofShapes(@Nullable String stored, @Nullable String wanted) {
        if (stored == null || wanted == null || stored.equals(wanted)) {
            return List.of();
        }
        Map<String, String> gone = kinds(stored, wanted);
        Map<String, String> come = kinds(wanted, stored);
        Set<String> paths = new TreeSet<>(gone.keySet());
        paths.addAll(come.keySet());
        List<String> differences = new ArrayList<>();
        for (String path : paths) {
            String was = gone.get(path);
            String is = come.get(path);
            if (was == null) {
                differences.add(shown(path + is) + " is " + COME);
            } else if (is == null) {
                differences.add(shown(path + was) + " is " + GONE);
            } else {
                differences.add(shown(path) + " is stored as" + shown(was) + " and declared as" + shown(is));
            }
        }
        return differences.isEmpty() ? List.of("the order of the shape's lines") : differences;
    }

    /** Returns the kinds, each behind a space, of the paths in those lines that the other shape has not. */
    private static Map<String, String> kinds(String shape, String other) {
        Set<String> lines = new TreeSet<>(shape.lines().toList());
        lines.removeAll(new TreeSet<>(other.lines().toList()));
        Map<String, String> kinds = new TreeMap<>();
        for (String line : lines) {
            int space = line.indexOf(' ');
            String path = space < 0 ? line : line.substring(0, space);
            String kind = space < 0 ? "" : line.substring(space);
            kinds.merge(path, kind, (one, more) -> one + " or" + more);
        }
        return kinds;
    }

    private static String shown(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    private static String cut(List<String> differences) {
        List<String> named = differences.subList(0, Math.min(MOST, differences.size()));
        int more = differences.size() - named.size();
        return String.join(", ", named) + (more > 0 ? ", and " + more + " more" : "");
    }
}
