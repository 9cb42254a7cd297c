package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.Clause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes which mutants broke which clause, and how often each was caught. Safe for use by several threads. */
final class MutantReport {

    private static final Path DIRECTORY = Path.of("target", "store-tck");

    private final Map<String, Line> lines = new ConcurrentSkipListMap<>();

    /** A mutant and what became of it; the time is that of all its runs. */
    record Line(String mutant, List<String> clauses, int caught, int runs, long millis) {}

    /** A clause and its mutants. */
    record Row(String clause, String sentence, List<Line> mutants) {}

    void add(Mutation mutation, int caught, int runs, long millis) {
        List<String> clauses = mutation.clauses().stream().map(Clause::name).toList();
        lines.put(mutation.name(), new Line(mutation.name(), clauses, caught, runs, millis));
    }

    public void write() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Clause clause : Clause.values()) {
            List<Line> mutants = lines.values().stream()
                    .filter(line -> line.clauses().contains(clause.name()))
                    .toList();
            rows.add(new Row(clause.name(), clause.sentence(), mutants));
        }
        Files.createDirectories(DIRECTORY);
        JsonMapper mapper =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Files.writeString(DIRECTORY.resolve("mutants.json"), mapper.writeValueAsString(rows) + "\n");
        Files.writeString(DIRECTORY.resolve("mutants.md"), page(rows));
    }

    private static String page(List<Row> rows) {
        StringBuilder page = new StringBuilder("""
                # The kit against broken stores

                | clause | mutants, caught / runs | promise |
                |---|---|---|
                """);
        for (Row row : rows) {
            page.append("| " + row.clause() + " | "
                    + row.mutants().stream()
                            .map(line -> line.mutant() + " " + line.caught() + " / " + line.runs())
                            .collect(Collectors.joining("<br>"))
                    + " | " + row.sentence().replace("|", "\\|") + " |\n");
        }
        return page.toString();
    }
}
