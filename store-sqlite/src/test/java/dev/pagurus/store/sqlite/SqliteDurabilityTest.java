package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is acknowledged has reached the disk. A killed process proves nothing about that (the kernel keeps what it wrote),
 * so strace shows the system calls: between the announcement of a write and its acknowledgement, the log is flushed.
 */
class SqliteDurabilityTest {

    private static final int WRITES = 3 * AnnouncingWriter.KINDS;

    private static final Pattern SYNC = Pattern.compile("(\\d+) +(?:fsync|fdatasync)\\(\\d+<(.*?)>(.*)");
    private static final Pattern SYNC_DONE = Pattern.compile("(\\d+) +<\\.\\.\\. (?:fsync|fdatasync) resumed>.*= 0");
    private static final Pattern SAID = Pattern.compile("\\d+ +write\\(1<.*?>, \"(begin|done) ([-\\d]+)\\\\n\".*");

    @TempDir
    private Path directory;

    @Test
    void everyKindOfWriteIsFlushedBeforeItReturns() throws Exception {
        assertThat(flushesOfEachWrite("", 1))
                .hasSize(WRITES)
                .allSatisfy((write, flushes) -> assertThat(flushes).isPositive());
    }

    @Test
    void writesOfSeveralThreadsAreFlushedBeforeTheyReturn() throws Exception {
        assertThat(flushesOfEachWrite("?synchronous=full", 4))
                .hasSize(4 * WRITES)
                .allSatisfy((write, flushes) -> assertThat(flushes).isPositive());
    }

    @Test
    void withSynchronousOffNothingIsFlushedWhichShowsThatTheCheckCanFail() throws Exception {
        assertThat(flushesOfEachWrite("?synchronous=off", 1))
                .hasSize(WRITES)
                .allSatisfy((write, flushes) -> assertThat(flushes).isZero());
    }

    private Map<String, Long> flushesOfEachWrite(String options, int threads) throws Exception {
        Path trace = directory.resolve("trace");
        Path file = directory.resolve("data.db");
        List<String> command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-qq",
                "--seccomp-bpf",
                "-y",
                "-e",
                "trace=write,fsync,fdatasync",
                "-e",
                "signal=none"));
        command.addAll(List.of("-o", trace.toString()));
        command.addAll(ChildJvm.command(AnnouncingWriter.class, "sqlite:" + file + options, threads, WRITES));
        try (ChildJvm writer = ChildJvm.start(command)) {
            writer.finish();
        }
        return count(Files.readAllLines(trace), file + "-wal");
    }

    /** Counts for each write the flushes that began after its announcement and ended before its acknowledgement. */
    private static Map<String, Long> count(List<String> trace, String log) {
        // Where each flush that has ended began, as a number of a line.
        List<Integer> flushes = new ArrayList<>();
        Map<String, Integer> begun = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        Map<String, Integer> underWay = new HashMap<>();
        for (int line = 0; line < trace.size(); line++) {
            Matcher sync = SYNC.matcher(trace.get(line));
            Matcher done = SYNC_DONE.matcher(trace.get(line));
            Matcher said = SAID.matcher(trace.get(line));
            if (sync.matches() && sync.group(2).equals(log)) {
                if (sync.group(3).endsWith("= 0")) {
                    flushes.add(line);
                } else {
                    underWay.put(sync.group(1), line);
                }
            } else if (done.matches() && underWay.containsKey(done.group(1))) {
                flushes.add(Objects.requireNonNull(underWay.remove(done.group(1))));
            } else if (said.matches() && said.group(1).equals("begin")) {
                begun.put(said.group(2), line);
            } else if (said.matches()) {
                int start = Objects.requireNonNull(begun.get(said.group(2)));
                counts.put(
                        said.group(2),
                        flushes.stream().filter(flush -> flush > start).count());
            }
        }
        return counts;
    }
}
