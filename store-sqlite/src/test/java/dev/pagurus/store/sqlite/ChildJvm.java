package dev.pagurus.store.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * A JVM beside this one, or another program started in the same way, that talks in lines. A Java program uses
 * {@link Parent} for its side of the talk. Nothing waits longer than {@link #PATIENCE_SECONDS}.
 */
final class ChildJvm implements AutoCloseable {

    static final int PATIENCE_SECONDS = 90;

    /** What the reader puts after the last line. */
    private static final String END = "\0";

    private static final Path NATIVE_LIBRARY = unpackedNativeLibrary();

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    private ChildJvm(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "reader of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a program of the tests. */
    static ChildJvm start(Class<?> program, Object... arguments) throws IOException {
        return start(command(program, arguments));
    }

    /** Starts any command. What it says to its standard error is among its lines. */
    static ChildJvm start(List<String> command) throws IOException {
        return new ChildJvm(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Returns the command that starts a program of the tests. */
    static List<String> command(Class<?> program, Object... arguments) {
        List<String> command = java();
        command.addAll(List.of("-cp", classPath(), program.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return command;
    }

    /** Returns the beginning of a command that starts Java, tuned for a short life: the start is most of it. */
    static List<String> java() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Xmx512m",
                "-Dorg.sqlite.lib.path=" + NATIVE_LIBRARY.getParent(),
                "-Dorg.sqlite.lib.name=" + NATIVE_LIBRARY.getFileName()));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        return command;
    }

    /** Returns the class path of the tests; Surefire starts its own JVM with another one. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    void tell(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for the next line that begins so, passing over others, and returns the rest of it. */
    String await(String beginning) throws InterruptedException {
        long deadline = deadline();
        while (true) {
            String line = next(deadline);
            if (line.equals(END)) {
                throw new AssertionError("The process ended and did not say '" + beginning + "'. It said: " + heard);
            }
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
    }

    /** Tells the child a line, and returns the next line that it tells us with {@link Parent#answer}. */
    String ask(String line) throws IOException, InterruptedException {
        tell(line);
        return await(Parent.ANSWER);
    }

    /** Waits for a good end and returns all lines. */
    List<String> finish() throws InterruptedException {
        awaitEnd();
        if (process.exitValue() != 0) {
            throw new AssertionError("The process ended with " + process.exitValue() + ". It said: " + heard);
        }
        return List.copyOf(heard);
    }

    /** Kills the process (SIGKILL) and returns all lines that it had written by then. */
    List<String> kill() throws InterruptedException {
        // Process.destroyForcibly would close our end too, and what is still in the pipe would be lost.
        process.toHandle().destroyForcibly();
        awaitEnd();
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void awaitEnd() throws InterruptedException {
        long deadline = deadline();
        while (!next(deadline).equals(END)) {
            // The lines are kept in order already.
        }
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError("The process closed its output but did not end. It said: " + heard);
        }
    }

    private String next(long deadline) throws InterruptedException {
        @Nullable String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
            throw new AssertionError("Nothing (more) came from the process in time. It said: " + heard);
        }
        return line;
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    }

    private void read() {
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                heard.add(line);
                lines.add(line);
            }
        } catch (IOException e) {
            heard.add("(reading it failed: " + e + ")");
        } finally {
            lines.add(END);
        }
    }

    /** Unpacks SQLite once for all children: each would do it for itself, and a killed one would leave its copy. */
    private static Path unpackedNativeLibrary() {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream in = Objects.requireNonNull(LibraryLoaderUtil.class.getResourceAsStream(resource))) {
            Path directory = Files.createTempDirectory("pagurus-child-jvm-");
            Path library = directory.resolve(name);
            Files.copy(in, library);
            directory.toFile().deleteOnExit();
            library.toFile().deleteOnExit();
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
