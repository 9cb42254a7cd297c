package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several applications on one database, each in a JVM of its own. */
@Timeout(120)
class PostgresProcessesTest {

    private static final int PROCESSES = 6;

    @Test
    void ofSixProcessesThatStartAtOnceOneMigratesAndNoneFails() throws Exception {
        try (OwnServer server = OwnServer.start()) {
            String url = server.url("postgres", "postgres") + "?pool.minIdle=0&schema=together";
            List<Process> processes = new ArrayList<>();
            List<BufferedReader> outputs = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                Process process = start(url, "p" + i);
                processes.add(process);
                outputs.add(process.inputReader(StandardCharsets.UTF_8));
            }
            for (BufferedReader output : outputs) {
                awaitLine(output, "READY");
            }
            for (Process process : processes) {
                process.getOutputStream().write('\n');
                process.getOutputStream().flush();
            }
            List<String> results = new ArrayList<>();
            for (int i = 0; i < PROCESSES; i++) {
                results.add(awaitLine(outputs.get(i), "MIGRATED", "FOUND"));
                assertThat(processes.get(i).waitFor()).isZero();
            }
            assertThat(results).containsOnlyOnce("MIGRATED").contains("FOUND");
            assertThat(server.ask("select count(*) from together.pagurus_migrations"))
                    .isEqualTo("4");
            try (Store store = Stores.open(StoreConfig.of(url))) {
                assertThat(store.collection(Thing.SCHEMA).query().count()).isEqualTo(PROCESSES);
            }
        }
    }

    private static Process start(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OpeningProgram.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Reads on until one of these lines, past what is logged. */
    private static String awaitLine(BufferedReader output, String... wanted) throws Exception {
        StringBuilder all = new StringBuilder();
        while (true) {
            String line = output.readLine();
            if (line == null) {
                throw new AssertionError("The process ended with:\n" + all);
            }
            if (List.of(wanted).contains(line)) {
                return line;
            }
            all.append(line).append('\n');
        }
    }
}
