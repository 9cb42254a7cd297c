package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The clocks of several processes differ. So whatever time the queue goes by is the store's. */
class ClockTest {

    @Test
    void nothingAsksTheClockOfTheProcess() throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        assertThat(sources).hasSizeGreaterThan(10);
        for (Path source : sources) {
            assertThat(Files.readString(source))
                    .as(source.toString())
                    .doesNotContain(
                            "Instant.now(", "DateTime.now(", "Date.now(", "Clock.", "currentTimeMillis", "new Date(");
        }
    }
}
