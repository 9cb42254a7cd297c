package dev.pagurus.store.tck.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where reports are: {@code target/store-tck/<store>.json} and {@code .md}. */
public final class ReportFiles {

    private static final Path DIRECTORY = Path.of("target", "store-tck");
    private static final String PART = ".part";
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ReportFiles() {}

    public static void write(Report report) throws IOException {
        Files.createDirectories(DIRECTORY.resolve(report.store()).getParent());
        write(report.store() + ".json", MAPPER.writeValueAsString(report) + "\n");
        write(report.store() + ".md", report.page());
    }

    /**
     * Replaces a file at once: whoever looks, and whoever comes after a kit that was killed, sees a whole one. A broken store
     * may return half a character, which a failure then shows: it becomes a question mark.
     */
    private static void write(String file, String text) throws IOException {
        Path part = DIRECTORY.resolve(file + PART);
        Files.write(part, text.getBytes(StandardCharsets.UTF_8));
        try {
            Files.move(part, DIRECTORY.resolve(file), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Removes what an earlier run of a test class wrote, so that nobody takes it for this run's. */
    public static void removeReportsOf(String testClass) throws IOException {
        if (!Files.isDirectory(DIRECTORY)) {
            return;
        }
        try (DirectoryStream<Path> reports = Files.newDirectoryStream(DIRECTORY, "*.json")) {
            for (Path report : reports) {
                if (isOf(testClass, report)) {
                    String name = String.valueOf(report.getFileName()).replaceFirst("\\.json$", "");
                    for (String kind : List.of(".json", ".md", ".json" + PART, ".md" + PART)) {
                        Files.deleteIfExists(report.resolveSibling(name + kind));
                    }
                }
            }
        }
    }

    private static boolean isOf(String testClass, Path report) throws IOException {
        try {
            return MAPPER.readTree(Files.readString(report))
                    .path("test")
                    .asString("")
                    .equals(testClass);
        } catch (NoSuchFileException e) {
            return false; // somebody else was faster
        } catch (JacksonException e) {
            return false; // something else, and not ours to judge
        }
    }
}
