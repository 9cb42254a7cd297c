package dev.pagurus.store.tck.process;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A second JVM with this one's class path and system properties, in which engines run that are used from here: {@link #open} gives a store like
 * any other. Safe for use by several threads.
 */
public final class OtherProcess implements Mortal {

    private static final int LINES_KEPT = 200;
    private static final int SECONDS_TO_END = 10;

    private final String password = UUID.randomUUID().toString();
    private final Path temporary;
    private final Process process;
    private final Lifeline lifeline = new Lifeline(this::kill);
    private final int port;
    private final List<String> said = new ArrayList<>();
    private final ConcurrentLinkedDeque<Line> idle = new ConcurrentLinkedDeque<>();

    /** Starts it, and waits until it can be used. */
    public OtherProcess() {
        try {
            temporary = Files.createTempDirectory("process-of-the-kit-");
            process = new ProcessBuilder(command(temporary))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream()
                    .write((password + "\n" + SharedProperties.line() + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
            port = readPort(output);
            Thread reader = new Thread(() -> readOn(output), "reader of process " + process.pid());
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new UncheckedIOException("A second JVM for second handles could not be started.", e);
        }
    }

    /** Opens a database there. */
    public Store open(StoreConfig config) {
        return Stores.open(provider(config), config);
    }

    @Override
    public StoreProvider provider(StoreConfig config) {
        return new StoreProvider() {
            @Override
            public Set<String> schemes() {
                return Set.of(config.scheme());
            }

            @Override
            public int spiVersion() {
                return SPI_VERSION;
            }

            @Override
            public StoreEngine open(StoreConfig same) {
                return openEngine(same);
            }
        };
    }

    @Override
    public void endAt(int messages, Moment moment) {
        lifeline.endAt(messages, moment);
    }

    @Override
    public boolean isDead() {
        return lifeline.isDead();
    }

    Lifeline lifeline() {
        return lifeline;
    }

    /** As the system does when it has no memory left, or an operator: the process is not asked, and gone on return. */
    private void kill() {
        process.destroyForcibly().onExit().join();
    }

    private StoreEngine openEngine(StoreConfig config) {
        if (config.dataSource() != null) {
            throw new IllegalStateException("A DataSource cannot be taken to another JVM.");
        }
        return new RemoteCalls(this)
                .open(new Message.Open(
                        config.url(),
                        config.user(),
                        config.password(),
                        config.clock(),
                        config.timeout(),
                        config.maxBodyBytes()));
    }

    /** Takes a line that nobody uses; {@link #giveBack} follows, unless it breaks. */
    Line line() throws IOException {
        @Nullable Line line = idle.pollFirst();
        if (line == null) {
            line = new Line(new Socket(InetAddress.getLoopbackAddress(), port));
            line.introduce(password);
        }
        return line;
    }

    void giveBack(Line line) {
        idle.addFirst(line);
    }

    /** Says how the process is, for messages about a line that broke. */
    String state() {
        synchronized (said) {
            return (process.isAlive() ? "It is alive" : "It has ended with " + process.exitValue()) + " and said last: "
                    + said;
        }
    }

    @Override
    public void close() throws IOException {
        for (Line line = idle.pollFirst(); line != null; line = idle.pollFirst()) {
            line.close();
        }
        try {
            // The end of its input is the end of the process.
            process.getOutputStream().close();
            if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            removeWhatIsLeft();
        }
    }

    /** One that was killed cannot tidy up after itself, as drivers do who have unpacked something. */
    private void removeWhatIsLeft() throws IOException {
        try (Stream<Path> left = Files.walk(temporary)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private int readPort(BufferedReader output) throws IOException {
        for (@Nullable String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(Servant.READY)) {
                return Integer.parseInt(line.substring(Servant.READY.length()));
            }
            keep(line);
        }
        throw new IOException("It ended at once and said: " + said);
    }

    private void readOn(BufferedReader output) {
        try {
            output.lines().forEach(this::keep);
        } catch (UncheckedIOException e) {
            keep("(reading it failed: " + e + ")");
        }
    }

    private void keep(String line) {
        synchronized (said) {
            if (said.size() == LINES_KEPT) {
                said.remove(0);
            }
            said.add(line);
        }
    }

    private static List<String> command(Path temporary) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m"));
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(
                SharedProperties.among(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", classPath(), Servant.class.getName()));
        return command;
    }

    /** Surefire starts its JVM with another class path than the tests'; modules work on the class path too. */
    private static String classPath() {
        return Stream.of(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        System.getProperty("jdk.module.path", ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
