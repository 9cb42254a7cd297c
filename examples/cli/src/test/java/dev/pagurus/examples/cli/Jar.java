package dev.pagurus.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The one jar, run in a JVM of its own as users run it. */
final class Jar implements AutoCloseable {

    private final Path directory;

    /** With the directory of what each prints. */
    private final Map<Process, Path> started = new HashMap<>();

    Jar(Path directory) {
        this.directory = directory;
    }

    @Override
    public void close() {
        started.keySet().forEach(Process::destroyForcibly);
    }

    /** The two options are for its start, which is most of what many tests do. */
    static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                Objects.requireNonNull(System.getProperty("cli.jar"), "cli.jar")));
        command.addAll(List.of(args));
        return command;
    }

    Run run(String... args) throws IOException, InterruptedException {
        return run(Map.of(), args);
    }

    Run run(Map<String, String> environment, String... args) throws IOException, InterruptedException {
        return ended(start(environment, command(args)));
    }

    Run ended(Process process) throws IOException, InterruptedException {
        int code = process.waitFor();
        return new Run(code, said(process, "out"), said(process, "err"));
    }

    /** As {@code script} runs it, which is a terminal to it. */
    Process onATerminal(String... args) throws IOException {
        String quoted = "'" + String.join("' '", command(args)) + "'";
        return start(Map.of("TERM", "xterm"), List.of("script", "-qec", quoted, "/dev/null"));
    }

    Process start(Map<String, String> environment, List<String> command) throws IOException {
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

    /** Returns what it has printed so far. */
    String said(Process process, String stream) throws IOException {
        return Files.readString(Objects.requireNonNull(started.get(process)).resolve(stream));
    }

    void await(Process process, String stream, String text) throws Exception {
        while (!said(process, stream).contains(text)) {
            if (!process.isAlive()) {
                throw new AssertionError(ended(process));
            }
            Thread.sleep(5);
        }
    }

    /** Starts what will send a signal, so that it comes at once when it is time. */
    static Process killer(Process of, String signal) throws IOException {
        return new ProcessBuilder("bash", "-c", "read; kill -" + signal + " " + of.pid()).start();
    }

    static void kill(Process killer) throws Exception {
        killer.getOutputStream().write('\n');
        killer.getOutputStream().close();
        killer.waitFor();
    }
}
