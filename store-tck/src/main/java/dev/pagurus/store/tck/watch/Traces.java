package dev.pagurus.store.tck.watch;

import dev.pagurus.store.tck.Clause;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What tests leave behind in this process: threads, connections, open files. Threads and connections do not say whose they
 * are, so whoever looks must know who ran; connections and files are only seen where there is {@code /proc}.
 */
public final class Traces {

    /** Pools may end their threads and connections a moment after they were closed. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** In /proc/net/unix, behind the inode. */
    private static final int PATH = 7;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** The JVM's, JUnit's and the kit's own, which end by themselves. */
    private static final List<String> NOT_THE_STORES = List.of(
            "ForkJoinPool",
            "VirtualThread",
            "junit-",
            "kit-report",
            "race-",
            "party-",
            "elsewhere",
            "process reaper",
            "reader of process");

    static {
        openWhatTheJvmKeeps();
    }

    private Set<Thread> threads = Set.of();
    private Set<String> open = Set.of();
    private Set<Object> own = Set.of();

    /** The first file channel and the first socket of a JVM have it open a socket of its own, which it keeps. */
    private static void openWhatTheJvmKeeps() {
        try (FileChannel file = FileChannel.open(Path.of("/proc/self/status"));
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Objects.requireNonNull(file);
            Objects.requireNonNull(socket);
        } catch (IOException e) {
            // There is no such directory on this system, and nothing that could be looked at.
        }
    }

    /** Remembers what is there before the store is opened: what another test has left is no fault of this one. */
    public void remember() {
        threads = runningThreads();
        own = OwnSockets.open();
        open = open();
    }

    /** Fails if something is left, when all stores are closed. */
    public void requireNothingLeft(Collection<Path> files) throws InterruptedException {
        requireNone("threads that still run", this::leftThreads);
        requireNone("open sockets", this::leftSockets);
        requireNone("open files", () -> left(target -> isOneOf(files, target)));
    }

    private static void requireNone(String what, Supplier<Set<String>> look) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        Set<String> left = look.get();
        while (!left.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new LeftBehind(
                        Clause.L14, "Every store of the test was closed, and then there were " + what + ": " + left);
            }
            Thread.sleep(5);
            left = look.get();
        }
    }

    /** One thread of a kind may be a driver's, started once for the whole JVM; two of a kind are a leak. */
    private Set<String> leftThreads() {
        Map<String, List<Thread>> kinds = runningThreads().stream()
                .filter(Traces::mayBeTheStores)
                .collect(Collectors.groupingBy(
                        thread -> NUMBER.matcher(thread.getName()).replaceAll("#"),
                        TreeMap::new,
                        Collectors.toCollection(ArrayList::new)));
        Set<String> left = new HashSet<>();
        kinds.values().stream()
                .filter(kind -> kind.size() > 1)
                .flatMap(List::stream)
                .filter(thread -> !threads.contains(thread))
                .forEach(thread -> left.add(thread.getName()));
        return left;
    }

    private static Set<Thread> runningThreads() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] found = new Thread[all.activeCount() + 100];
        return new HashSet<>(Arrays.asList(found).subList(0, all.enumerate(found)));
    }

    private static boolean mayBeTheStores(Thread thread) {
        @Nullable ThreadGroup group = thread.getThreadGroup();
        return group != null
                && !group.getName().equals("system")
                && !group.getName().equals("InnocuousThreadGroup")
                && NOT_THE_STORES.stream().noneMatch(thread.getName()::startsWith);
    }

    private Set<String> left(Predicate<String> isOfAStore) {
        return open().stream()
                .filter(isOfAStore)
                .filter(target -> !open.contains(target))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Sockets do not say whose they are either, but the kit knows how many of them are its own. */
    private Set<String> leftSockets() {
        Set<Object> ownSince = new HashSet<>(OwnSockets.open());
        ownSince.removeAll(own);
        Set<String> left = left(Traces::isSocket);
        if (left.size() > ownSince.size()) {
            left.removeAll(socketsOfTools());
        }
        return left.size() > ownSince.size() ? left : Set.of();
    }

    /** Where this JVM listens since jcmd, jstack or a profiler looked into it first. */
    private static Set<String> socketsOfTools() {
        try (Stream<String> sockets = Files.lines(Path.of("/proc/net/unix"), StandardCharsets.ISO_8859_1)) {
            return sockets.map(line -> line.trim().split(" +"))
                    .filter(columns -> columns.length > PATH && columns[PATH].contains("/.java_pid"))
                    .map(columns -> "socket:[" + columns[PATH - 1] + "]")
                    .collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException e) {
            return Set.of();
        }
    }

    private static boolean isSocket(String target) {
        return target.startsWith("socket:");
    }

    private static boolean isOneOf(Collection<Path> files, String target) {
        return files.stream()
                .anyMatch(file -> target.startsWith(file.toAbsolutePath().toString()));
    }

    /** What the open handles of this process stand for, where the system tells. */
    private static Set<String> open() {
        Set<String> targets = new HashSet<>();
        File[] handles = new File("/proc/self/fd").listFiles();
        for (File handle : handles == null ? new File[0] : handles) {
            try {
                targets.add(Files.readSymbolicLink(handle.toPath()).toString());
            } catch (IOException e) {
                // Closed meanwhile.
            }
        }
        return targets;
    }
}
