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

    /** Returns the words; empty for everything in order of id, which needs none. */
    public static String of(QueryPlan<?> plan) {
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

    private static String name(IndexPath path) {
        if (path instanceof IndexPath.Stretch stretch) {
            return stretch.index() == null
                    ? "id"
                    : "index "
                            + stretch.index().terms().stream().map(Sort::field).collect(Collectors.joining("+"));
        }
        return path instanceof IndexPath.Values values
                ? "index " + values.values().field()
                : "several indexes";
    }
}
