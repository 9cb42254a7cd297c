package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The one jar, as people run it: both stores are in it. */
class JarIT {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void theJarShowsAQueue(TestStore kind) throws Exception {
        String url = kind.url(directory);
        try (Store store = Stores.open(url)) {
            new Jobs(store).enqueue(NewJob.ofJson("mail", "{}"));
        }
        String jar = Objects.requireNonNull(System.getProperty("jobs.jar"), "jobs.jar");
        ProcessBuilder program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar, "status")
                .redirectErrorStream(true);
        program.environment().put("DATABASE_URL", url);
        Process process = program.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).startsWith("WAITING   1").doesNotContain("WARN", "SLF4J");
    }
}
