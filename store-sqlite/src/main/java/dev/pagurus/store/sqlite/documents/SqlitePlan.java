package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a scan before any value is looked at.
 *
 * @param head what is read of each document
 * @param ways to what the filter asks for
 * @param inOrder the way that gives documents in the scan's order; null if there is none
 * @param held the parts of the filter that hold on the way in order
 * @param checked the other parts
 * @param isServed whether the way in order is the only sensible one
 */
public record SqlitePlan(
        Scan scan,
        SqliteHead head,
        List<IndexPath> ways,
        @Nullable IndexPath inOrder,
        List<Condition> held,
        List<Condition> checked,
        boolean isServed) {

    /** Returns the plan of a scan for whole documents. */
    public static SqlitePlan of(Scan scan) {
        return of(scan, List.of());
    }

    /** Returns the plan of a scan for some fields; the same, wherever the documents are found. */
    public static SqlitePlan of(Scan scan, List<String> fields) {
        IndexPaths paths = IndexPaths.of(scan);
        IndexPath inOrder = paths.inOrder().orElse(null);
        List<Condition> held = new ArrayList<>(inOrder == null ? List.of() : inOrder.bounds());
        List<Condition> parts = IndexPaths.parts(scan.filter());
        if (inOrder instanceof IndexPath.Stretch stretch && stretch.index() == null) {
            for (Condition part : parts) {
                if (part instanceof Condition.In in && in.field().equals("id")) {
                    // SQLite goes through a list in its order.
                    held.add(part);
                }
            }
            IndexPath.Values values = oneValue(paths.toFilter());
            if (values != null) {
                inOrder = values;
                held.add(values.values());
            }
        }
        List<Condition> checked = without(parts, held);
        // Where nothing bounds the way, the whole table may be the shorter one.
        boolean served = inOrder != null && (checked.isEmpty() || (!held.isEmpty() && holdAll(held, paths.toFilter())));
        SqliteHead head = new SqliteHead(scan.collection(), fields);
        return new SqlitePlan(scan, head, paths.toFilter(), inOrder, held, checked, served);
    }

    /**
     * Whether documents are looked up on the way that is in order, so that it matters how long their bodies are: a long one
     * has a page for itself.
     */
    boolean looksUp() {
        return head.isOfDocuments()
                || !(inOrder instanceof IndexPath.Stretch stretch)
                || !new SqliteCovering(scan, head.fields()).has(stretch.index());
    }

    boolean isWhole() {
        return scan.ranges().size() == 1 && scan.ranges().get(0).equals(Range.ALL);
    }

    /** Returns the parts of the filter that do not hold on a way. */
    static List<Condition> without(List<Condition> parts, List<Condition> bounds) {
        if (bounds.isEmpty()) {
            return parts;
        }
        List<Condition> rest = new ArrayList<>();
        for (Condition part : parts) {
            if (!bounds.contains(part)) {
                rest.add(part);
            }
        }
        return rest;
    }

    /** The index of a many-field has the documents of one value in order of the id. */
    private static IndexPath.@Nullable Values oneValue(List<IndexPath> ways) {
        for (IndexPath way : ways) {
            if (way instanceof IndexPath.Values values
                    && values.values().values().size() == 1) {
                return values;
            }
        }
        return null;
    }

    private static boolean holdAll(List<Condition> held, List<IndexPath> ways) {
        for (IndexPath way : ways) {
            if (!held.containsAll(way.bounds())) {
                return false;
            }
        }
        return true;
    }
}
