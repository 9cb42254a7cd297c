package dev.pagurus.store.tck.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.watch.ClauseResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the kit found out, as the JSON file holds it.
 *
 * @param store the fixture's name for the store
 * @param test the class that ran the kit
 * @param engine engine and version, or {@code never reached}
 * @param capabilities what the store declares
 * @param verdict {@code CONFORMANT}, {@code CONFORMANT EXCEPT W4, Q35}, {@code NOT CONFORMANT}, {@code PARTIAL}, or {@code
 *     UNFINISHED} while nothing is broken and the kit runs
 * @param unfinished what ran when this was written; null at the end of the run
 * @param problems what went wrong outside of any clause
 * @param clauses what became of each clause
 */
record Report(
        String store,
        String test,
        String engine,
        List<String> capabilities,
        String verdict,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Running unfinished,
        List<String> problems,
        List<Line> clauses) {

    /**
     * What became of a clause.
     *
     * @param waiver why its failure is accepted
     * @param notRun its tests that did not run
     * @param notApplicable its tests that do not apply to this store, with the reason
     * @param failure what its tests said, if any failed
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    record Line(
            String id,
            Clause.Level level,
            String sentence,
            String result,
            @Nullable String waiver,
            List<String> notRun,
            List<String> notApplicable,
            @Nullable String failure) {}

    /**
     * What ran when the report was written, which is not finished then.
     *
     * @param test the group and the test
     * @param since when it began
     */
    record Running(String test, String since) {}

    /** Returns the report as a page for people: what failed comes first, what has not run is summed up. */
    String page() {
        StringBuilder page = new StringBuilder("# " + store + ": " + verdict + "\n\nEngine: " + engine
                + "  \nCapabilities: " + String.join(", ", capabilities) + "  \nClauses: " + counts() + "\n");
        if (unfinished != null) {
            page.append("\n**This run has not come to its end.** It was in " + unfinished.test + ", which began at "
                    + unfinished.since + ". Nothing is known of what had not run.\n");
        }
        if (!problems.isEmpty()) {
            page.append("\n## Problems\n");
            problems.forEach(problem -> page.append("\n```\n" + problem + "\n```\n"));
        }
        for (Line line : clauses) {
            if (line.failure != null) {
                String title = line.waiver == null ? "Failed: " + line.id : "Waived: " + line.id + "\n\n" + line.waiver;
                page.append("\n## " + title + "\n\n```\n" + line.failure + "\n```\n");
            }
        }
        notRun(page);
        table(page);
        list(
                page,
                "Not applicable",
                clauses.stream()
                        .flatMap(line -> line.notApplicable.stream().map(test -> line.id + ": " + test))
                        .toList());
        return page.toString();
    }

    private String counts() {
        Map<String, Long> counts = clauses.stream()
                .collect(Collectors.groupingBy(Line::result, LinkedHashMap::new, Collectors.counting()));
        return counts.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    /** What could not run says why, a line each; what was left out, or never came to its turn, is a line together. */
    private void notRun(StringBuilder page) {
        List<String> reasons = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        int tests = 0;
        for (int i = 0; i < clauses.size(); i++) {
            Line line = clauses.get(i);
            line.notRun.stream().filter(Report::saysWhy).forEach(test -> reasons.add(line.id + ": " + test));
            long left = line.notRun.stream().filter(test -> !saysWhy(test)).count();
            tests += (int) left;
            if (left > 0) {
                others.add(i);
            }
        }
        if (tests > 0) {
            reasons.add(tests + " tests of " + others.size() + " clauses: " + ranges(others));
        }
        list(page, "Not run", reasons);
    }

    private static boolean saysWhy(String test) {
        return test.endsWith(")");
    }

    /** Such as {@code V1 to V20, R3}. */
    private String ranges(List<Integer> places) {
        List<String> ranges = new ArrayList<>();
        for (int from = 0, to; from < places.size(); from = to + 1) {
            to = from;
            while (to + 1 < places.size()
                    && places.get(to + 1) == places.get(to) + 1
                    && group(places.get(to + 1)) == group(places.get(from))) {
                to++;
            }
            String first = clauses.get(places.get(from)).id;
            ranges.add(from == to ? first : first + " to " + clauses.get(places.get(to)).id);
        }
        return String.join(", ", ranges);
    }

    private char group(int place) {
        return clauses.get(place).id.charAt(0);
    }

    private void table(StringBuilder page) {
        page.append("\n## Clauses\n\n| clause | level | result | promise |\n|---|---|---|---|\n");
        for (Line line : clauses) {
            if (!line.result.equals(ClauseResult.NOT_RUN.toString())) {
                page.append("| " + line.id + " | " + line.level + " | " + line.result + " | " + cell(line.sentence)
                        + " |\n");
            }
        }
    }

    private static void list(StringBuilder page, String title, List<String> items) {
        if (!items.isEmpty()) {
            page.append("\n## " + title + "\n\n");
            items.forEach(item -> page.append("- " + item + "\n"));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
