package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that take the place of databases. */
@Timeout(120)
class RestoreTest {

    @TempDir
    private Path directory;

    private Path backup;
    private Path target;

    @BeforeEach
    void makeABackup() {
        backup = directory.resolve("saved's \"file\"?.db");
        target = directory.resolve("target.db");
        Notes.fill("sqlite:" + directory.resolve("source.db"), 300);
        Run.done("backup", "sqlite:" + directory.resolve("source.db"), backup.toString());
    }

    private String url() {
        return "sqlite:" + target;
    }

    private Run restore(String... more) {
        String[] args = Arrays.copyOf(new String[] {"restore", backup.toString(), url()}, 3 + more.length);
        System.arraycopy(more, 0, args, 3, more.length);
        return Run.of(args);
    }

    private List<String> besideTheTarget() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(one -> one.getFileName().toString())
                    .filter(one -> one.startsWith("target"))
                    .toList();
        }
    }

    @Test
    void itTakesAFreeNameAndNobodyElseMayReadIt() throws Exception {
        byte[] before = Files.readAllBytes(backup);
        assertThat(restore().endsWith(Main.DONE).out()).contains("Restored " + url() + " from " + backup);

        assertThat(besideTheTarget()).containsExactly("target.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-------");
        assertThat(backup).hasBinaryContent(before);
        assertThat(directory.resolve(backup.getFileName() + "-shm")).doesNotExist();
        Run.done("verify", "sqlite:" + directory.resolve("source.db"), url());
    }

    @Test
    void itReplacesADatabaseOnlyWhenAskedToAndLeavesItsPermissions() throws Exception {
        Notes.put(url(), "mine");
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
        Object inode = Files.getAttribute(target, "unix:ino");
        restore()
                .endsWith(Main.REFUSED)
                .says(target + " exists", "Nothing was changed", "pagurus backup", "--overwrite");
        assertThat(Notes.count(url())).isEqualTo(1);

        restore("--overwrite").endsWith(Main.DONE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
                .isEqualTo("rw-r-----");
        assertThat(Files.getAttribute(target, "unix:ino")).isEqualTo(inode);
        assertThat(besideTheTarget()).containsExactly("target.db");
        Run.done("verify", "sqlite:" + directory.resolve("source.db"), url());
    }

    @Test
    void whatAnOldLogHoldsDoesNotComeBack() throws Exception {
        Path live = directory.resolve("live.db");
        try (Store store = Stores.open("sqlite:" + live)) {
            store.collection(Notes.SCHEMA).put("old", new Notes("of the old log", Set.of()));
            // As a crash leaves them.
            for (String suffix : List.of("", "-wal")) {
                Files.copy(DatabaseFile.beside(live, suffix), DatabaseFile.beside(target, suffix));
            }
        }
        assertThat(DatabaseFile.beside(target, "-wal")).isNotEmptyFile();

        restore("--overwrite").endsWith(Main.DONE);
        assertThat(besideTheTarget()).containsExactly("target.db");
        Run.done("verify", "sqlite:" + directory.resolve("source.db"), url());
    }

    @Test
    void aLogWhoseDatabaseIsGoneDoesNotComeBackEither() throws Exception {
        Path live = directory.resolve("live.db");
        try (Store store = Stores.open("sqlite:" + live)) {
            store.collection(Notes.SCHEMA).put("old", new Notes("of the old log", Set.of()));
            Files.copy(DatabaseFile.beside(live, "-wal"), DatabaseFile.beside(target, "-wal"));
        }
        restore().endsWith(Main.REFUSED).says("target.db-wal is left of one", "Nothing was changed", "--overwrite");
        assertThat(besideTheTarget()).containsExactly("target.db-wal");

        restore("--overwrite").endsWith(Main.DONE);
        assertThat(besideTheTarget()).containsExactly("target.db");
        Run.done("verify", "sqlite:" + directory.resolve("source.db"), url());
    }

    @Test
    void aDatabaseThatWasCopiedWithItsLogIsABackupToo() throws Exception {
        Path live = directory.resolve("live.db");
        Path copied = directory.resolve("copied.db");
        try (Store store = Stores.open("sqlite:" + live)) {
            store.collection(Notes.SCHEMA).put("only in the log", new Notes("of the log", Set.of()));
            for (String suffix : List.of("", "-wal")) {
                Files.copy(DatabaseFile.beside(live, suffix), DatabaseFile.beside(copied, suffix));
            }
        }
        byte[] before = Files.readAllBytes(copied);
        byte[] log = Files.readAllBytes(DatabaseFile.beside(copied, "-wal"));
        Run.done("restore", copied.toString(), url());
        assertThat(Notes.count(url())).isEqualTo(1);
        assertThat(copied).hasBinaryContent(before);
        assertThat(DatabaseFile.beside(copied, "-wal")).hasBinaryContent(log);

        // Closed, it has a log to be made when it is opened.
        Run.done("restore", "--overwrite", live.toString(), url());
        assertThat(Notes.count(url())).isEqualTo(1);
        for (String suffix : List.of("-wal", "-shm")) {
            assertThat(DatabaseFile.beside(live, suffix)).doesNotExist();
        }
    }

    @Test
    void aDatabaseThatIsOpenIsRefusedThoughNobodyUsesIt() {
        try (Store store = Stores.open(url())) {
            store.collection(Notes.SCHEMA).put("mine", new Notes("mine", Set.of()));
            restore("--overwrite")
                    .endsWith(Main.UNREACHABLE)
                    .says(target + " is in use", "Nothing", "Stop the application");
            store.collection(Notes.SCHEMA).put("later", new Notes("later", Set.of()));
        }
        assertThat(Notes.count(url())).isEqualTo(2);
        restore("--overwrite").endsWith(Main.DONE);
    }

    @Test
    void aDatabaseThatAnotherProgramHasOpenIsRefused() throws Exception {
        Notes.put(url(), "mine");
        Process shell = new ProcessBuilder("sqlite3", target.toString())
                .redirectErrorStream(true)
                .start();
        try {
            shell.getOutputStream().write("select count(*) from notes;\n".getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().flush();
            assertThat(shell.getInputStream().read()).isEqualTo('1');
            restore("--overwrite").endsWith(Main.UNREACHABLE).says(target + " is in use");
        } finally {
            shell.getOutputStream().close();
            shell.waitFor();
        }
        assertThat(Notes.count(url())).isEqualTo(1);
        restore("--overwrite").endsWith(Main.DONE);
    }

    @Test
    void whatIsNoBackupIsRefusedBeforeAnythingIsChanged() throws Exception {
        Notes.put(url(), "mine");
        Path source = directory.resolve("source.db");
        Path export = directory.resolve("notes.zip");
        Run.done("export", "sqlite:" + source, export.toString());
        Path text = Files.writeString(directory.resolve("text"), "no database".repeat(1000));
        Path cut = directory.resolve("cut.db");
        byte[] whole = Files.readAllBytes(backup);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        Path theirs = directory.resolve("theirs.db");
        MigrationsTest.sqlite(theirs, "create table theirs (a text)");

        refused(export, Main.REFUSED, "is an export", "'pagurus import'");
        refused(text, Main.REFUSED, "is damaged, or not an SQLite database", "another backup");
        refused(cut, Main.REFUSED, "is damaged", "another backup");
        refused(theirs, Main.REFUSED, "not one of a store", "'pagurus backup'");
        refused(target, Main.REFUSED, "the same file");
        refused(directory, Main.WRONG, "is a directory");
        refused(directory.resolve("missing.db"), Main.WRONG, "There is no file");
        assertThat(Notes.count(url())).isEqualTo(1);
    }

    private void refused(Path file, int code, String... words) {
        Run.of("restore", "--overwrite", file.toString(), url()).endsWith(code).says(words);
    }

    @Test
    void aFileThatIsNoDatabaseIsNotTouchedAndTheWayOutWorks() throws Exception {
        Files.writeString(target, "mine".repeat(5000));
        restore("--overwrite").endsWith(Main.REFUSED).says("is damaged so badly", "move the file away");
        assertThat(target).hasContent("mine".repeat(5000));

        Files.move(target, directory.resolve("moved"));
        restore().endsWith(Main.DONE);
        Run.done("verify", "sqlite:" + directory.resolve("source.db"), url());
    }

    @Test
    void aDamagedDatabaseIsWhatItIsFor() throws Exception {
        Notes.fill(url(), 300);
        byte[] bytes = Files.readAllBytes(target);
        // Behind the pages that say what tables there are.
        Arrays.fill(bytes, bytes.length - 4 * 4096, bytes.length, (byte) 0x5A);
        Files.write(target, bytes);
        restore("--overwrite").endsWith(Main.DONE);
        Run.done("verify", "sqlite:" + directory.resolve("source.db"), url());
    }

    @Test
    void toAServerTheWayIsACopy() throws Exception {
        String server = Postgres.newStore();
        Run.of("restore", backup.toString(), server)
                .endsWith(Main.WRONG)
                .says("Run: pagurus copy " + FileName.quoted(FileName.storeUrl(backup)) + " 'postgres://postgres@");
        Run.done("copy", FileName.storeUrl(backup), server);
        Run.done("verify", FileName.storeUrl(backup), server);
    }
}
