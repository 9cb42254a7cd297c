package dev.pagurus.store.internal.query;

import dev.pagurus.store.Explanation;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.Sort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes words of what is declared, and of what an engine says of a query; they name fields, and never a value. */
public final class Explaining {

    private final QueryPlan<?> query;
    private final Scan scan;
    private final List<Condition> parts;

    private Explaining(QueryPlan<?> query) {
        this.query = query;
        this.scan = query.scan(null, 1);
        this.parts = IndexPaths.parts(scan.filter());
    }

    public static Explanation of(QueryPlan<?> query, ScanPlan plan) {
        MissingLines missing = QueryIndexes.missing(query);
        String words = new Explaining(query).words(plan);
        String choice = missing.choice();
        return new Explanation(choice.isEmpty() ? words : words + "\n" + choice, missing.all(), plan.text());
    }

    private String words(ScanPlan plan) {
        List<String> words = new ArrayList<>();
        words.add(asked());
        if (parts.contains(Condition.NOTHING)) {
            return words.get(0) + "\nNothing can match.";
        }
        ScanPlan.Way way = plan.way();
        if (way == null) {
            String declared = QueryIndexes.declared(query);
            words.add(declared.isEmpty() ? "It is all there is, by id." : "Declared: " + declared + ".");
        } else {
            words.add(found(way));
            words.add(sorted(way));
            String others = others(way);
            if (!others.isEmpty()) {
                words.add("Not taken now: " + others + "; which way is shorter depends on the values.");
            }
        }
        if (plan.matching() != null) {
            // What is reckoned from a sample or from statistics may be there all the same.
            words.add(
                    plan.matching() == 0
                            ? "Matching documents: few or none."
                            : String.format(Locale.ROOT, "Matching documents: about %,d.", plan.matching()));
        }
        return String.join("\n", words);
    }

    private String asked() {
        String shape = QueryShape.of(query);
        String name = "'" + scan.collection().name() + "'";
        if (shape.isEmpty()) {
            return "All of " + name + ", by id.";
        }
        return query.filters().isEmpty()
                ? "All of " + name + ", ordered " + shape.substring("order ".length()) + "."
                : "Of " + name + " where " + shape + ".";
    }

    private String found(ScanPlan.Way way) {
        List<IndexPath> paths = way.paths();
        List<Condition> bounds =
                paths.stream().flatMap(path -> path.bounds().stream()).toList();
        if (paths.isEmpty() || (bounds.isEmpty() && way.sorts())) {
            return "Every document of the collection is looked at"
                    + (paths.isEmpty() ? "" : ", along " + names(paths))
                    + (parts.isEmpty() ? "." : ", by hand: " + fields(parts) + ".");
        }
        List<Condition> rest =
                parts.stream().filter(part -> !bounds.contains(part)).toList();
        String along = "Goes along " + names(paths) + ", which has ";
        if (rest.isEmpty()) {
            return along + (parts.isEmpty() ? "all of it." : "the whole filter.");
        }
        return along + (bounds.isEmpty() ? "the order and nothing of the filter" : "a part of the filter")
                + ". What it leads to is looked at by hand: " + fields(rest) + ".";
    }

    private String sorted(ScanPlan.Way way) {
        String order = query.orders().isEmpty()
                ? "id"
                : query.orders().stream().map(Sort::field).collect(Collectors.joining(", "));
        return way.sorts() ? "What is found is sorted by hand: " + order + "." : "Nothing is sorted.";
    }

    /** Returns the other ways that are declared, if the one that is taken leaves something to be done by hand. */
    private String others(ScanPlan.Way way) {
        IndexPaths paths = IndexPaths.of(scan);
        boolean whole = way.paths().stream().anyMatch(path -> path.bounds().containsAll(parts));
        if (whole && !way.sorts()) {
            return "";
        }
        List<IndexPath> others = new ArrayList<>(paths.toFilter());
        paths.inOrder().filter(path -> way.sorts()).ifPresent(others::add);
        Set<String> taken = way.paths().stream().map(QueryIndexes::name).collect(Collectors.toSet());
        return others.stream()
                .map(QueryIndexes::name)
                .distinct()
                .filter(name -> !taken.contains(name))
                .collect(Collectors.joining(", "));
    }

    private static String names(List<IndexPath> paths) {
        return paths.stream().map(QueryIndexes::name).distinct().collect(Collectors.joining(" and "));
    }

    private static String fields(List<Condition> conditions) {
        Set<String> fields = Condition.fieldsOf(conditions);
        return fields.isEmpty() ? "the filter" : String.join(", ", fields);
    }
}
