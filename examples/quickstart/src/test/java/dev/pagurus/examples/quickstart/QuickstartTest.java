package dev.pagurus.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Runs the program as a user does, each time in a process of its own. */
class QuickstartTest {

    private static final int KNOWN = Currency.getAvailableCurrencies().size();

    @TempDir
    Path directory;

    @Test
    void itRunsOnSqlite() throws Exception {
        assertThatTheSecondRunFindsWhatTheFirstOneStored("sqlite:" + directory.resolve("test.db"));
    }

    @Test
    @DisabledIfSystemProperty(named = "skipPostgres", matches = ".*", disabledReason = "-DskipPostgres")
    void itRunsOnPostgresqlByTheUrlAlone() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start()) {
            assertThatTheSecondRunFindsWhatTheFirstOneStored(
                    "postgres://postgres@localhost:" + server.getPort() + "/postgres");
        }
    }

    private static void assertThatTheSecondRunFindsWhatTheFirstOneStored(String url) throws Exception {
        assertThat(run(url))
                .contains("The store is empty.")
                .contains("Stored " + KNOWN + " currencies, skipped 0 that were there.")
                .contains("Switzerland pays with the Swiss Franc, CHF.")
                .contains("Bob starts from what is there now: the euro has 2 stars.")
                .contains("The euro hands a star to the yen, both or neither: the yen has 1.")
                .anyMatch(line -> line.endsWith("currencies have three decimals, the first is the Bahraini Dinar."))
                .anyMatch(line -> line.startsWith("A page of 50: Afghan Afghani to "))
                .anyMatch(line -> line.contains("so his star is refused: Document 'EUR' in collection 'currencies'"));

        assertThat(run(url))
                .contains("Found " + KNOWN + " currencies from an earlier run.")
                .contains("Stored 0 currencies, skipped " + KNOWN + " that were there.")
                .contains("The euro hands a star to the yen, both or neither: the yen has 2.");
    }

    private static List<String> run(String url) throws IOException, InterruptedException {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-classpath",
                System.getProperty("java.class.path"),
                Quickstart.class.getName());
        program.environment().put("DATABASE_URL", url);
        Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return lines;
    }
}
