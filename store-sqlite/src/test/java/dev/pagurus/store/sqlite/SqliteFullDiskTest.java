package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that is really full: a small file system in memory, that only a child process and its children see. */
class SqliteFullDiskTest {

    private static final String REFUSED = "UnavailableException: The disk that holds sqlite:";

    @TempDir
    private Path directory;

    @Test
    void aFullDiskRefusesWritesChangesNothingAndStopsNoReader() throws Exception {
        try (ChildJvm filler =
                ChildJvm.start(onSmallDisk(directory, "8m", ChildJvm.command(DiskFiller.class, directory)))) {
            assertThat(filler.await("put: "))
                    .startsWith(REFUSED)
                    .contains("data.db is full", "Nothing was changed", "make room and try again");
            assertThat(filler.await("the refused one is there: ")).isEqualTo("false");
            assertThat(Integer.parseInt(filler.await("stored: "))).isBetween(50, 200);
            for (int i = 0; i < 3; i++) {
                assertThat(filler.await("put again: ")).startsWith(REFUSED).contains("is full");
            }
            assertThat(filler.await("transaction: ")).startsWith(REFUSED).contains("is full");
            assertThat(filler.await("backup: "))
                    .startsWith("UnavailableException: The backup of sqlite:")
                    .contains("make room")
                    .endsWith("[]");
            assertThat(filler.await("upgrade: ")).startsWith(REFUSED).contains("is full");
            assertThat(filler.await("count: ")).isEqualTo("0 more than stored");
            assertThat(filler.await("n1: ")).as("it is as it was").isEqualTo("true");
            assertThat(filler.await("open on a full disk: "))
                    .satisfiesAnyOf(
                            outcome -> assertThat(outcome).isEqualTo("done"),
                            outcome -> assertThat(outcome).startsWith(REFUSED));
            assertThat(filler.await("with room: ")).isEqualTo("done");
            assertThat(filler.await("count: ")).isEqualTo("1 more than stored");
            filler.finish();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"?timeout=5s", "?timeout=5s&synchronous=off&journal.limit=1GiB"})
    void aSmallVolumeIsFilledAndEmptiedAndOpenedAgain(String options) throws Exception {
        try (ChildJvm program = ChildJvm.start(
                onSmallDisk(directory, "40m", ChildJvm.command(SmallVolume.class, directory, options)))) {
            int kibibytes = Integer.parseInt(program.await("stored KiB: "));
            // With a log that takes 64 MiB it was 24 MiB, of which nothing could be deleted.
            assertThat(kibibytes).isGreaterThan(32 << 10);
            assertThat(program.await("count: ")).isEqualTo("" + kibibytes / 32);
            assertThat(program.await("after 100: ")).isEqualTo("IllegalStateException: enough");
            assertThat(program.await("deleted: ")).isEqualTo("100");
            assertThat(program.await("count: ")).isEqualTo("" + (kibibytes / 32 - 100));
            assertThat(Integer.parseInt(program.await("stored again: "))).isGreaterThanOrEqualTo(100);
            assertThat(program.await("deleted all: ")).isEqualTo("done");
            assertThat(program.await("count: ")).isEqualTo("0");
            assertThat(Integer.parseInt(program.await("stored at last: "))).isGreaterThanOrEqualTo(kibibytes / 32);
            program.finish();
        }
    }

    @Test
    void anErrorOfTheDiskWhileCommittingLeavesTheOutcomeOpen() throws Exception {
        // No disk to break at hand; a limit for the size of files (in blocks of 512 bytes) makes writing fail as well.
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -S -f 6000 && exec \"$0\" \"$@\""));
        command.addAll(ChildJvm.command(DiskFiller.class, directory));
        try (ChildJvm filler = ChildJvm.start(command)) {
            assertThat(filler.await("put: "))
                    .startsWith("OutcomeUnknownException: The disk that holds sqlite:")
                    .contains(
                            "data.db reported an error while committing", "disk I/O error", "read before trying again");
            assertThat(filler.await("n1: ")).as("it is as it was").isEqualTo("true");
            assertThat(filler.await("with room: ")).isEqualTo("done");
            assertThat(filler.await("count: ")).isEqualTo("1 more than stored");
            filler.finish();
        }
    }

    /** Root may mount; anybody may where he is root, which is in a user namespace of his own. */
    static List<String> onSmallDisk(Path directory, String size, List<String> program) {
        List<String> command = new ArrayList<>(List.of("unshare", "--mount"));
        if (!System.getProperty("user.name").equals("root")) {
            command.add("--map-root-user");
        }
        command.addAll(List.of(
                "sh", "-c", "mount -t tmpfs -o size=" + size + " none \"$0\" && exec \"$@\"", directory.toString()));
        command.addAll(program);
        return command;
    }
}
