package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A kit that hangs and is killed leaves a report, which says what it was at and what is known until then. */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoppedRunTest {

    @TempDir
    Path directory;

    @Test
    void aKitThatIsKilledLeavesAReport() throws Exception {
        Process kit = start();
        try {
            awaitHanging(kit.inputReader(StandardCharsets.UTF_8));
            while (count(report(), "PASSED") == 0 || !shows(" | MUST | PASSED | ")) {
                assertThat(kit.isAlive()).as("whether the kit runs").isTrue();
                Thread.sleep(20);
            }
        } finally {
            kit.destroyForcibly().waitFor();
        }
        JsonNode report = report();
        assertThat(report.path("verdict").asString()).isEqualTo("UNFINISHED");
        assertThat(report.path("unfinished").path("test").asString()).startsWith("Ids.");
        assertThat(count(report, "NOT RUN")).isGreaterThan(200);
        assertThat(Files.readString(page()))
                .startsWith("# hanging: UNFINISHED")
                .containsSubsequence(
                        "It was in Ids.", "## Not run", " tests of ", "V1 to V", "## Clauses", " | MUST | PASSED | ");
    }

    /** The page is written after the report, and each as a whole. */
    private boolean shows(String text) throws IOException {
        return Files.exists(page()) && Files.readString(page()).contains(text);
    }

    private Process start() throws IOException {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        path,
                        HangingKit.class.getName())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
    }

    private static void awaitHanging(BufferedReader output) throws IOException {
        StringBuilder said = new StringBuilder();
        for (@Nullable String line = output.readLine(); !HangingKit.HANGS.equals(line); line = output.readLine()) {
            if (line == null) {
                throw new AssertionError("The kit ended and said: " + said);
            }
            said.append(line).append('\n');
        }
    }

    private JsonNode report() throws IOException {
        Path file = reports().resolve(HangingKit.NAME + ".json");
        return JsonMapper.shared().readTree(Files.exists(file) ? Files.readString(file) : "{}");
    }

    private Path page() {
        return reports().resolve(HangingKit.NAME + ".md");
    }

    private Path reports() {
        return directory.resolve("target").resolve("store-tck");
    }

    private static int count(JsonNode report, String result) {
        int count = 0;
        for (JsonNode clause : report.path("clauses")) {
            count += clause.path("result").asString().equals(result) ? 1 : 0;
        }
        return count;
    }
}
