package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file is its owner's alone from the system call that creates it on; what the killed leave, the next one removes. */
@Timeout(120)
class SqlitePrivateFilesTest {

    private static final String OWNER_ONLY = "rw-------";

    /** Also of a call that strace shows in two parts, because another thread came in between. */
    private static final Pattern CREATED = Pattern.compile(
            ".*open(?:at)?\\((?:AT_FDCWD[^,]*, )?\"([^\"]+)\", [A-Z_|]*O_CREAT[A-Z_|]*, (0\\d+)(?:\\)| <unf).*");

    @TempDir
    private Path directory;

    @Test
    void everyFileIsCreatedForItsOwnerAloneWhateverTheUmask() throws Exception {
        Path trace = Files.createDirectory(directory.resolve("trace")).resolve("trace");
        Path files = Files.createDirectory(directory.resolve("files"));
        List<String> command = new ArrayList<>(List.of("sh", "-c", "umask 0; exec \"$0\" \"$@\""));
        command.addAll(List.of("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=open,openat", "-e", "signal=none"));
        command.addAll(List.of("-o", trace.toString()));
        command.addAll(saver("everything", files));
        try (ChildJvm saver = ChildJvm.start(command)) {
            saver.finish();
        }

        Map<String, String> created = new LinkedHashMap<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher matcher = CREATED.matcher(line);
            // SQLite asks each time for a file to be created; what counts is who asked first.
            if (matcher.matches() && matcher.group(1).startsWith(files.toString())) {
                created.putIfAbsent(String.valueOf(Path.of(matcher.group(1)).getFileName()), matcher.group(2));
            }
        }
        assertThat(created)
                .containsKeys("data.db", "data.db-wal", "data.db-shm", "copy.db", "imported.db")
                .allSatisfy((name, mode) -> assertThat(mode).as(name).isEqualTo("0600"));
        assertThat(created.keySet())
                .anySatisfy(name -> assertThat(name).matches("export\\.zip\\..*\\.part"))
                .anySatisfy(name -> assertThat(name).matches("backup\\.db\\..*\\.part"))
                .anySatisfy(name -> assertThat(name).matches("pagurus-import-.*\\.zip"))
                .anySatisfy(name -> assertThat(name).matches("pagurus-\\d.*\\.db"))
                .anySatisfy(name -> assertThat(name).matches("pagurus-\\d.*\\.db-wal"));
        assertThat(permissions(files).keySet())
                .containsExactly("backup.db", "copy.db", "data.db", "export.zip", "imported.db");
        assertThat(permissions(files).values()).containsOnly(OWNER_ONLY);
    }

    @Test
    void whatTheOwnerGaveToOthersStaysWithTheDatabaseAndNotWithACopy() throws IOException {
        Path data = directory.resolve("data.db");
        Path backup = directory.resolve("backup.db");
        Path export = directory.resolve("export.zip");
        Files.createFile(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rw-r-----"));
        try (Store store = Stores.open("sqlite:" + data)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            store.backup(backup, false);
            store.exportTo(export, CopyOptions.DEFAULT);
            for (Path copy : List.of(backup, export)) {
                Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-r--r--"));
            }
            store.backup(backup, true);
            store.exportTo(export, CopyOptions.DEFAULT.withOverwrite());

            assertThat(permissions(directory))
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "data.db", "rw-r-----",
                            "data.db-wal", "rw-r-----",
                            "data.db-shm", "rw-r-----",
                            "backup.db", OWNER_ONLY,
                            "export.zip", OWNER_ONLY));
        }
    }

    @Test
    void aLinkToAFileThatIsNotThereYetGivesNothingAway() throws IOException {
        Path real = Files.createDirectory(directory.resolve("real"));
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), real.resolve("data.db"));
        try (Store store = Stores.open("sqlite:" + link)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));

            assertThat(permissions(real)).hasSize(3);
            assertThat(permissions(real).values()).containsOnly(OWNER_ONLY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"export", "import", "memory"})
    void whatTheKilledLeaveIsRemovedByTheNextAndWhatRunsIsNot(String what) throws Exception {
        try (ChildJvm running = ChildJvm.start(saver(what, directory))) {
            running.await("stopped");
            List<String> ofRunning = unfinished();
            assertThat(ofRunning).as("the files of the one that runs").isNotEmpty();
            try (ChildJvm killed = ChildJvm.start(saver(what, directory))) {
                killed.await("stopped");
                assertThat(unfinished()).hasSize(2 * ofRunning.size()).containsAll(ofRunning);
                killed.kill();
            }
            assertThat(unfinished()).as("nobody was there to remove them").hasSizeGreaterThan(ofRunning.size());

            try (ChildJvm next = ChildJvm.start(saver(what.equals("memory") ? "nothing" : "everything", directory))) {
                next.finish();
            }

            assertThat(unfinished()).as("of the one that runs").isEqualTo(ofRunning);
        }
    }

    /** Returns the names of what goes when it is done, without databases and what they are copied to. */
    private List<String> unfinished() throws IOException {
        return permissions(directory).keySet().stream()
                .filter(name -> name.contains(".part") || name.startsWith("pagurus-"))
                .toList();
    }

    private static Map<String, String> permissions(Path directory) throws IOException {
        Map<String, String> permissions = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                permissions.put(
                        String.valueOf(file.getFileName()),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            }
        }
        return permissions;
    }

    private static List<String> saver(String what, Path directory) {
        List<String> command = ChildJvm.command(Saver.class, what, directory);
        command.add(1, "-Djava.io.tmpdir=" + directory);
        return command;
    }
}
