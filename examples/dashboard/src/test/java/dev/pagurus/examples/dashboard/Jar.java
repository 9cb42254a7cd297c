package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one jar, in JVMs of its own, which end with the test. */
final class Jar implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("The dashboard is at (http://localhost:[0-9]+)");

    private final Path directory;
    private final Map<Process, Path> logs = new HashMap<>();

    Jar(Path directory) {
        this.directory = directory;
    }

    Process start(Map<String, String> more) throws IOException {
        String jar = Objects.requireNonNull(System.getProperty("dashboard.jar"), "dashboard.jar");
        Path log = Files.createTempFile(directory, "run", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("DATABASE") || name.startsWith("DASHBOARD"));
        builder.environment().put("WEBHOOK_TOKEN", TestApp.TOKEN);
        builder.environment().put("PORT", "0");
        builder.environment().putAll(more);
        Process process = builder.start();
        logs.put(process, log);
        return process;
    }

    String log(Process process) throws IOException {
        return Files.readString(Objects.requireNonNull(logs.get(process)), StandardCharsets.UTF_8);
    }

    String awaitAddress(Process process) throws Exception {
        while (true) {
            Matcher matcher = ADDRESS.matcher(log(process));
            if (matcher.find()) {
                return matcher.group(1);
            }
            assertThat(process.isAlive()).as(log(process)).isTrue();
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        logs.keySet().forEach(Process::destroyForcibly);
    }
}
