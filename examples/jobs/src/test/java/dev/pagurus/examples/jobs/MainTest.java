package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The command line. */
class MainTest {

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... args) throws Exception {
        out.reset();
        err.reset();
        return Main.run(
                List.of(args),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void itShowsAQueueAndChangesIt(TestStore kind) throws Exception {
        String url = kind.url(directory);
        Map<String, String> environment = Map.of("DATABASE_URL", url);
        String dead;
        String open;
        try (Store store = Stores.open(url)) {
            Jobs jobs = new Jobs(store);
            dead = jobs.enqueue(NewJob.ofJson("mail", "{\"to\":\"ann@example.com\"}")
                    .key("ann")
                    .maxAttempts(1));
            Taken taken =
                    jobs.take(Set.of("mail"), 1, Duration.ofMinutes(1), "me").get(0);
            taken.end(taken.job().failed("no\u001b[31m paper", Instant.now(), Instant.now()));
            open = jobs.enqueue(NewJob.ofJson("mail", "{}").due(Instant.parse("2026-01-01T00:00:00Z")));
        }
        assertThat(run(environment, "status")).isZero();
        assertThat(printed())
                .contains("WAITING   1")
                .contains("DEAD      1")
                .contains("STUCK     " + open + " of kind mail since 2026-01-01T00:00:00Z, no worker")
                .contains("DEAD      " + dead)
                .contains("last error: no [31m paper")
                .doesNotContain("ann", "\u001b");
        assertThat(run(Map.of(), "--store", url, "retry", dead)).isZero();
        assertThat(run(environment, "cancel", open)).isZero();
        assertThat(run(environment, "cancel", open)).isEqualTo(1);
        assertThat(printed()).contains("that job is CANCELLED");
        assertThat(run(environment, "cancel", "none")).isEqualTo(1);
        assertThat(printed()).contains("is not there");
        assertThat(run(environment, "pause", "mail")).isZero();
        assertThat(run(environment, "status")).isZero();
        assertThat(printed()).contains("WAITING   1").contains("PAUSED    mail since ");
        assertThat(run(environment, "resume", "mail")).isZero();
        assertThat(run(environment, "resume", "mail")).isEqualTo(1);
    }

    @Test
    void whatIsWrongIsSaidAndMakesNothing() throws Exception {
        Path file = directory.resolve("none.db");
        assertThat(run(Map.of())).isEqualTo(2);
        assertThat(printed()).contains("COMMAND");
        assertThat(run(Map.of(), "explode", "x")).isEqualTo(2);
        assertThat(run(Map.of(), "retry")).isEqualTo(2);
        assertThat(run(Map.of(), "--store", "sqlite:" + file, "status")).isEqualTo(2);
        assertThat(printed()).contains("There is no file");
        assertThat(Files.exists(file)).isFalse();
        assertThat(run(Map.of("DATABASE_URL", "nothing://me:pass-word@x/y"), "status"))
                .isEqualTo(2);
        assertThat(printed()).doesNotContain("pass-word");
        Stores.open("sqlite:" + file).close();
        assertThat(run(Map.of("DATABASE_URL", "sqlite:" + file), "status")).isEqualTo(2);
        assertThat(printed()).contains("There are no jobs in this store");
        assertThat(run(Map.of("DATABASE_URL", "postgres://me:pass-word@127.0.0.1:1/none?timeout=1s"), "status"))
                .isEqualTo(3);
        assertThat(printed()).doesNotContain("pass-word");
    }
}
