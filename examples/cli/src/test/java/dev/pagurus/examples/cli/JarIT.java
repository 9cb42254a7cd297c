package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one jar, in a JVM of its own, as users run it: on terminals, with signals, with passwords from outside. */
@Timeout(180)
class JarIT {

    /** With the directory of what each prints. */
    private final Map<Process, Path> started = new HashMap<>();

    @TempDir
    private Path directory;

    @AfterEach
    void endAll() {
        started.keySet().forEach(Process::destroyForcibly);
    }

    private String filled(int documents) {
        String url = "sqlite:" + directory.resolve("source.db");
        Notes.fill(url, documents);
        return url;
    }

    @Test
    void itSaysWhatItIsAndWhatItCan() throws Exception {
        assertThat(run(Map.of(), "--version").endsWith(Main.DONE).out()).matches("pagurus \\d+\\.\\d+\\S*\\s*");
        assertThat(run(Map.of(), "--help").endsWith(Main.DONE).out()).contains("migrations", "Exit codes:");
        assertThat(run(Map.of()).endsWith(Main.WRONG).err()).contains("Usage: pagurus");
    }

    @Test
    void passwordsComeFromTheEnvironment() throws Exception {
        String schema = Postgres.newSchema();
        Postgres.run("create schema " + schema + "; grant all on schema " + schema + " to app");
        String server = Postgres.url("app", schema);
        String file = filled(600);

        run(Map.of(), "copy", file, server).endsWith(Main.WRONG).says("postgres://app@localhost", "password");
        run(Map.of("PAGURUS_TARGET_PASSWORD", "not-the-" + Postgres.PASSWORD), "copy", file, server)
                .endsWith(Main.WRONG)
                .says("postgres://app@localhost");
        run(Map.of("PAGURUS_TARGET_PASSWORD", Postgres.PASSWORD), "copy", file, server)
                .endsWith(Main.DONE)
                .says("Copying notes");
        assertThat(run(Map.of("PAGURUS_PASSWORD", Postgres.PASSWORD), "info", server)
                        .endsWith(Main.DONE)
                        .out())
                .contains("PostgreSQL", "notes: 600 documents", "unique");
    }

    @Test
    void onATerminalThereIsABar() throws Exception {
        Process process = onATerminal("copy", filled(5000), "sqlite:" + directory.resolve("target.db"));
        assertThat(process.waitFor()).isEqualTo(Main.DONE);
        assertThat(Files.readString(file(process, "out")))
                .contains(
                        "\r[############",
                        "] Copying notes: ",
                        "[##############################] Comparing notes: 5,000 of 5,000")
                .contains("Copied and found equal");
    }

    @Test
    void onATerminalThePasswordIsAskedForAndNotShown() throws Exception {
        String schema = Postgres.newSchema();
        Postgres.run("create schema " + schema + "; grant all on schema " + schema + " to app");
        Process process = onATerminal("migrations", "--apply", "--ask-password", Postgres.url("app", schema));
        await(process, "out", "Password of postgres://app@localhost:");
        process.getOutputStream().write((Postgres.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertThat(process.waitFor()).isEqualTo(Main.DONE);
        assertThat(Files.readString(file(process, "out")))
                .contains("was brought to version 1")
                .doesNotContain(Postgres.PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "KILL"})
    void aCopyThatIsStoppedLeavesAMarkAndIsFinishedLater(String signal) throws Exception {
        String source = filled(60_000);
        String target = Postgres.newStore();
        Process copy = start(Map.of(), command("copy", source, target));
        await(copy, "err", "Copying notes");
        new ProcessBuilder("kill", "-" + signal, Long.toString(copy.pid()))
                .start()
                .waitFor();
        assertThat(copy.waitFor(30, TimeUnit.SECONDS)).isTrue();

        Run stopped = ended(copy);
        if (signal.equals("KILL")) {
            assertThat(stopped.code()).isEqualTo(128 + 9);
        } else {
            stopped.endsWith(signal.equals("TERM") ? 128 + 15 : 128 + 2)
                    .says("broke off", "interrupted", "The source is unchanged", "goes on where it stopped");
        }
        assertThat(stopped.out()).isEmpty();
        assertThatThrownBy(() -> Stores.open(target))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("not finished");

        run(Map.of(), "copy", source, target).endsWith(Main.DONE);
        assertThat(run(Map.of(), "verify", source, target).endsWith(Main.DONE).out())
                .contains("60,000 documents");
    }

    @Test
    void whatOthersMustReadIsAloneOnTheStandardOutput() throws Exception {
        String schema = Postgres.newSchema();
        Run run = run(Map.of("PAGURUS_PASSWORD", Postgres.PASSWORD), "migrations", Postgres.url("app", schema))
                .endsWith(Main.REFUSED)
                .says("An administrator must run this SQL");
        assertThat(run.out())
                .startsWith("begin;")
                .contains("create schema \"" + schema + "\"")
                .endsWith("commit;\n");
    }

    private List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Objects.requireNonNull(System.getProperty("cli.jar"), "cli.jar")));
        command.addAll(List.of(args));
        return command;
    }

    private Run run(Map<String, String> environment, String... args) throws IOException, InterruptedException {
        return ended(start(environment, command(args)));
    }

    private Run ended(Process process) throws IOException, InterruptedException {
        int code = process.waitFor();
        return new Run(code, Files.readString(file(process, "out")), Files.readString(file(process, "err")));
    }

    /** As {@code script} runs it, which is a terminal to it. */
    private Process onATerminal(String... args) throws IOException {
        String quoted = "'" + String.join("' '", command(args)) + "'";
        return start(Map.of("TERM", "xterm"), List.of("script", "-qec", quoted, "/dev/null"));
    }

    private Process start(Map<String, String> environment, List<String> command) throws IOException {
        Path output = Files.createTempDirectory(directory, "run");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(output.resolve("out").toFile())
                .redirectError(output.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("PAGURUS") || name.equals("NO_COLOR"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        started.put(process, output);
        return process;
    }

    private Path file(Process process, String stream) {
        return Objects.requireNonNull(started.get(process)).resolve(stream);
    }

    private void await(Process process, String stream, String text) throws Exception {
        while (!Files.readString(file(process, stream)).contains(text)) {
            if (!process.isAlive()) {
                throw new AssertionError(ended(process));
            }
            Thread.sleep(5);
        }
    }
}
