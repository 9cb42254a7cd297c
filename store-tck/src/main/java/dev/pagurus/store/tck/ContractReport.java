package dev.pagurus.store.tck;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Collects how the tests of one {@link StoreTck} went and writes the verdict. A clause has passed when every one of its
 * tests has; one that was filtered out leaves it NOT RUN. Safe for use by several threads.
 */
final class ContractReport {

    private static final Path DIRECTORY = Path.of("target", "store-tck");

    private final Set<Method> passed = ConcurrentHashMap.newKeySet();
    private final Map<Method, String> failed = new ConcurrentHashMap<>();
    private volatile String store = "unnamed";
    private volatile @Nullable String engine;

    /** The whole report, as the file holds it. */
    record Report(String store, String engine, String verdict, List<Line> clauses) {}

    /** What became of a clause. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String id,
            Clause.Level level,
            String sentence,
            String result,
            @Nullable String failure) {}

    void store(String name) {
        store = name;
    }

    void engine(String name) {
        engine = name;
    }

    boolean knowsEngine() {
        return engine != null;
    }

    void passed(Method test) {
        passed.add(test);
    }

    void failed(Method test, String failure) {
        failed.put(test, failure);
    }

    Report report() {
        List<Line> lines = new ArrayList<>();
        ClauseTests.byClause().forEach((clause, tests) -> lines.add(line(clause, tests)));
        return new Report(store, engine == null ? "never reached" : engine, verdict(lines), lines);
    }

    /** Writes the report as JSON for programs and as a page for people. */
    void write() throws IOException {
        Report report = report();
        Files.createDirectories(DIRECTORY.resolve(store).getParent());
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(DIRECTORY.resolve(store + ".json"), mapper.writeValueAsString(report) + "\n");
        Files.writeString(DIRECTORY.resolve(store + ".md"), page(report));
    }

    private Line line(Clause clause, List<Method> tests) {
        List<String> failures =
                tests.stream().filter(failed::containsKey).map(failed::get).toList();
        String result =
                !failures.isEmpty() ? "FAILED" : !tests.isEmpty() && passed.containsAll(tests) ? "PASSED" : "NOT RUN";
        return new Line(
                clause.name(),
                clause.level(),
                clause.sentence(),
                result,
                failures.isEmpty() ? null : String.join("\n\n", failures));
    }

    /** One broken clause is enough to know; short of that, what has not run is not known. */
    private static String verdict(List<Line> lines) {
        if (lines.stream().anyMatch(line -> line.result().equals("FAILED") && line.level() == Clause.Level.MUST)) {
            return "NOT CONFORMANT";
        }
        if (lines.stream().anyMatch(line -> line.result().equals("NOT RUN"))) {
            return "PARTIAL";
        }
        return lines.stream().anyMatch(line -> line.result().equals("WAIVED")) ? "CONFORMANT EXCEPT" : "CONFORMANT";
    }

    private static String page(Report report) {
        StringBuilder page = new StringBuilder("# " + report.store() + ": " + report.verdict() + "\n\nEngine: "
                + report.engine() + "\n\n| clause | level | result | promise |\n|---|---|---|---|\n");
        for (Line line : report.clauses()) {
            page.append("| " + line.id() + " | " + line.level() + " | " + line.result() + " | "
                    + line.sentence().replace("|", "\\|") + " |\n");
        }
        for (Line line : report.clauses()) {
            if (line.failure() != null) {
                page.append("\n## " + line.id() + "\n\n```\n" + line.failure() + "\n```\n");
            }
        }
        return page.toString();
    }
}
