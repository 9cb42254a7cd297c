package dev.pagurus.store.tck.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pagurus.store.tck.Clause;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the kit found out, as the JSON file holds it.
 *
 * @param store the fixture's name for the store
 * @param test the class that ran the kit
 * @param engine engine and version, or {@code never reached}
 * @param capabilities what the store declares
 * @param verdict {@code CONFORMANT}, {@code CONFORMANT EXCEPT W4, Q35}, {@code NOT CONFORMANT} or {@code PARTIAL}
 * @param problems what went wrong outside of any clause
 * @param clauses what became of each clause
 */
record Report(
        String store,
        String test,
        String engine,
        List<String> capabilities,
        String verdict,
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

    /** Returns the report as a page for people. */
    String page() {
        StringBuilder page = new StringBuilder("# " + store + ": " + verdict + "\n\nEngine: " + engine
                + "  \nCapabilities: " + String.join(", ", capabilities) + "\n");
        if (!problems.isEmpty()) {
            page.append("\n## Problems\n");
            problems.forEach(problem -> page.append("\n```\n" + problem + "\n```\n"));
        }
        page.append("\n| clause | level | result | promise |\n|---|---|---|---|\n");
        for (Line line : clauses) {
            page.append(
                    "| " + line.id + " | " + line.level + " | " + line.result + " | " + cell(line.sentence) + " |\n");
        }
        list(page, "Not run", line -> line.notRun);
        list(page, "Not applicable", line -> line.notApplicable);
        for (Line line : clauses) {
            if (line.waiver != null) {
                page.append("\n## Waived: " + line.id + "\n\n" + line.waiver + "\n");
            }
            if (line.failure != null) {
                page.append("\n## Failed: " + line.id + "\n\n```\n" + line.failure + "\n```\n");
            }
        }
        return page.toString();
    }

    private void list(StringBuilder page, String title, Function<Line, List<String>> tests) {
        if (clauses.stream().allMatch(line -> tests.apply(line).isEmpty())) {
            return;
        }
        page.append("\n## " + title + "\n\n");
        for (Line line : clauses) {
            tests.apply(line).forEach(test -> page.append("- " + line.id + ": " + test + "\n"));
        }
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
