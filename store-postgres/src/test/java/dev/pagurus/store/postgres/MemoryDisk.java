package dev.pagurus.store.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder that lies in memory, where the system has such a disk. Thousands of commits are forced to the disk in the kit, and
 * no test takes the machine its power: so it may be one that answers at once. The long form waits for the real one.
 */
final class MemoryDisk {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long ENOUGH_BYTES = 3L << 30;
    private static final String NAME = "pagurus-tests-";

    /** No run takes as long. */
    private static final Duration LEFT = Duration.ofHours(6);

    private MemoryDisk() {}

    /** Returns a new folder of it, or of the real disk; it goes with this process. */
    static Path folder() throws IOException {
        if (!isThere()) {
            return Files.createTempDirectory(NAME);
        }
        removeWhatTheKilledLeft();
        return Files.createTempDirectory(MEMORY, NAME);
    }

    private static boolean isThere() throws IOException {
        return !Boolean.getBoolean("pagurus.long")
                && Files.isWritable(MEMORY)
                && Files.getFileStore(MEMORY).getUsableSpace() >= ENOUGH_BYTES;
    }

    /** It would take memory until the machine is started again. */
    private static void removeWhatTheKilledLeft() {
        Instant left = Instant.now().minus(LEFT);
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(MEMORY, NAME + "*")) {
            for (Path folder : folders) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(left)) {
                    remove(folder);
                }
            }
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            // Another run was faster.
        }
    }

    private static void remove(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> inside = Files.walk(folder)) {
            all = inside.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
