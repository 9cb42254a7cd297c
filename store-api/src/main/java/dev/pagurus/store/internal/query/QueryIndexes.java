package dev.pagurus.store.internal.query;

import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which declared indexes serve a query, or that none does: what is known before an engine looks at any value. */
public final class QueryIndexes {

    private QueryIndexes() {}

    /** Returns the words, and which indexes are missing; empty for everything in order of id, which needs none. */
    public static String of(QueryPlan<?> plan) {
        String missing = missing(plan).inLine();
        return declared(plan) + (missing.isEmpty() ? "" : ", missing " + missing);
    }

    /** Returns the indexes that are missing. */
    static MissingLines missing(QueryPlan<?> plan) {
        return MissingIndexes.of(plan.scan(null, 1));
    }

    /** Returns the words. */
    static String declared(QueryPlan<?> plan) {
        Scan scan = plan.scan(null, 1);
        IndexPaths paths = IndexPaths.of(scan);
        List<String> words = new ArrayList<>();
        List<Condition> parts = IndexPaths.parts(scan.filter());
        if (!parts.isEmpty()) {
            Optional<IndexPath> most = paths.toFilter().stream()
                    .max(Comparator.comparingInt(path -> path.bounds().size()));
            words.add(most.map(path -> name(path) + " for " + (path.bounds().containsAll(parts) ? "" : "a part of ")
                            + "the filter")
                    .orElse("no index for the filter"));
        }
        if (!plan.orders().isEmpty()) {
            words.add(paths.inOrder().map(path -> name(path) + " for the order").orElse("no index for the order"));
        }
        return String.join(", ", words);
    }

    /** Returns what a way goes along. */
    static String name(IndexPath path) {
        if (path instanceof IndexPath.Stretch stretch) {
            return stretch.index() == null
                    ? "id"
                    : "index "
                            + stretch.index().terms().stream().map(Sort::field).collect(Collectors.joining("+"));
        }
        if (path instanceof IndexPath.Prefix prefix) {
            return "index " + prefix.prefix().field();
        }
        return path instanceof IndexPath.Union union
                ? union.paths().stream().map(QueryIndexes::name).distinct().collect(Collectors.joining(" and "))
                : "index " + ((IndexPath.Values) path).values().field();
    }
}
