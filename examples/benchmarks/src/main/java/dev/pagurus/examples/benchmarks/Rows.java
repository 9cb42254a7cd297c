package dev.pagurus.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What several runs measured, as a file of JSON. */
final class Rows {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Rows() {}

    /**
     * Returns what a file has; nothing if there is none.
     *
     * @throws IllegalArgumentException if it is not of this program, or of an older one
     */
    static List<Row> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        try {
            for (JsonNode entry : JSON.readTree(Files.readString(file))) {
                rows.add(Row.of(entry));
            }
        } catch (IllegalArgumentException | JacksonException e) {
            throw new IllegalArgumentException(
                    file + " is not what this program writes, so nothing can be added to it: " + e.getMessage()
                            + ". Give into= another file, or move this one away.",
                    e);
        }
        return rows;
    }

    static String json(List<Row> rows) {
        return JSON.writeValueAsString(rows.stream().map(Row::entry).toList());
    }

    /** Returns all rows in order; of the same row the newer one. */
    static List<Row> merged(List<Row> before, List<Row> now) {
        List<Row> merged = new ArrayList<>(before);
        merged.removeIf(old -> now.stream().anyMatch(row -> row.comparison().isAbout(old.comparison())));
        merged.addAll(now);
        merged.sort(Row.ORDER);
        return merged;
    }
}
