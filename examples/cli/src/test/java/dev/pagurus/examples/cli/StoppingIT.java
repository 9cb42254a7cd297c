package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left by a command that is stopped in the middle: by Ctrl-C, by a service manager, by kill -9. */
@Timeout(180)
class StoppingIT {

    private static final int DOCUMENTS = 30_000;

    /** A terminal gives its programs a Ctrl-C; whoever is started in the background of a shell inherits none. */
    private static final List<String> TERMINAL = List.of("env", "--default-signal=INT,TERM");

    /** Many pages: see {@link #slowly}. */
    @TempDir
    private static Path shared;

    private static String source = "";

    @TempDir
    private Path directory;

    private Jar jar;

    @BeforeAll
    static void fill() {
        source = "sqlite:" + shared.resolve("source.db");
        Notes.fill(source, DOCUMENTS);
        Run.done("export", source, shared.resolve("notes.zip").toString());
        Run.done("backup", source, shared.resolve("backup.db").toString());
    }

    @BeforeEach
    void prepare() {
        jar = new Jar(directory);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    private String target() {
        return "sqlite:" + directory.resolve("target.db");
    }

    private List<String> left(String beginning) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(one -> one.getFileName().toString())
                    .filter(one -> one.startsWith(beginning))
                    .toList();
        }
    }

    private Run stopped(String signal, String shown, String... args) throws Exception {
        Process process = slowly(args);
        Process killer = Jar.killer(process, signal);
        jar.await(process, "err", shown);
        Jar.kill(killer);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        int number = signal.equals("INT") ? 2 : signal.equals("KILL") ? 9 : 15;
        return jar.ended(process).endsWith(128 + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "KILL"})
    void aCopyLeavesAMarkAndIsFinishedLater(String signal) throws Exception {
        Run stopped = stopped(signal, "Copying notes", "copy", source, target());
        if (!signal.equals("KILL")) {
            stopped.says("broke off", "it was stopped", "The source is unchanged", "goes on where it stopped");
        }
        assertThat(stopped.out()).isEmpty();
        isMarked(target());
        assertThat(Run.done("copy", source, target()).out()).contains("30,000 documents");
    }

    @Test
    void aCopyToAServerDoesSoToo() throws Exception {
        String server = Postgres.newStore();
        stopped("INT", "Copying notes", "copy", source, server).says("broke off", "goes on where it stopped");
        isMarked(server);
        Run.of("verify", source, server).endsWith(Main.REFUSED).says("is not finished", "Run the copy again");
    }

    @Test
    void anImportDoesSoToo() throws Exception {
        String export = shared.resolve("notes.zip").toString();
        stopped("INT", "Copying notes", "import", target(), export)
                .says("broke off", "it was stopped", "goes on where it stopped");
        isMarked(target());
        assertThat(Run.done("import", target(), export).out()).contains("30,000 documents");
    }

    private static void isMarked(String url) {
        assertThatThrownBy(() -> Stores.open(url))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("not finished");
    }

    @Test
    void anExportLeavesNothing() throws Exception {
        Run run = stopped(
                "INT",
                "Copying notes",
                "export",
                source,
                directory.resolve("saved.zip").toString());
        assertThat(run.says("Stopped before it was done", "Nothing was changed").out())
                .isEmpty();
        assertThat(left("saved")).isEmpty();
    }

    @Test
    void aBackupLeavesNothing() throws Exception {
        Process process = slowly("backup", source, directory.resolve("saved.db").toString());
        Process killer = Jar.killer(process, "INT");
        while (left("saved").stream().noneMatch(one -> one.endsWith(".part"))) {
            assertThat(process.isAlive()).isTrue();
        }
        Jar.kill(killer);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        jar.ended(process).endsWith(128 + 2).says("Stopped before it was done", "Nothing was changed");
        assertThat(left("saved")).isEmpty();
    }

    @Test
    void aComparisonEndsAtOnce() throws Exception {
        Run run = stopped("INT", "Comparing notes", "verify", source, source);
        assertThat(run.says("Stopped before it was done").out()).isEmpty();
    }

    @Test
    void aRestoreLeavesTheOldContentsOrTheNewOnes() throws Exception {
        Notes.put(target(), "mine");
        stopped(
                "INT",
                "Restoring",
                "restore",
                "--overwrite",
                shared.resolve("backup.db").toString(),
                target());
        assertThat(Notes.count(target())).isIn(1L, (long) DOCUMENTS);
        assertThat(left("target")).containsExactly("target.db");
    }

    /** Killed by strace on entering a call of the system on the database or its journal. */
    @ParameterizedTest
    @CsvSource({
        "fsync:signal=KILL:when=1, 1",
        "pwrite64:signal=KILL:when=600, 1",
        "fsync:signal=KILL:when=9, 1",
        "unlink:signal=KILL:when=1, 30000"
    })
    void aRestoreThatIsKilledLeavesThemWhole(String where, long documents) throws Exception {
        Notes.put(target(), "mine");
        Path file = directory.resolve("target.db");
        String backup = shared.resolve("backup.db").toString();
        Process process = underStrace(
                List.of("-P", file.toString(), "-P", file + "-journal", "-e", "inject=" + where),
                Jar.command("restore", "--overwrite", backup, target()));
        jar.ended(process).endsWith(128 + 9).says("Restoring");

        assertThat(Notes.count(target())).isEqualTo(documents);
        Run.done("restore", "--overwrite", backup, target());
        Run.done("verify", "sqlite:" + backup, target());
        assertThat(left("target")).containsExactly("target.db");
    }

    /** At a rename: that of the whole file to its name is the last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aRestoreToAFreeNameThatIsKilledLeavesNoPartUnderTheName(int which) throws Exception {
        String backup = shared.resolve("backup.db").toString();
        Process process = underStrace(
                List.of("-e", "inject=rename,renameat,renameat2,link:signal=KILL:when=" + which),
                Jar.command("restore", backup, target()));
        Run run = jar.ended(process).says("Restoring");
        if (which == 1) {
            run.endsWith(128 + 9);
        }
        if (run.code() != Main.DONE) {
            assertThat(directory.resolve("target.db")).doesNotExist();
            Run.done("restore", backup, target());
        }
        assertThat(Notes.count(target())).isEqualTo(DOCUMENTS);
    }

    /** Each page is read and written with a delay, so that the command is still at work when it is seen to be. */
    private Process slowly(String... args) throws IOException {
        return underStrace(
                List.of("-D", "-e", "trace=pread64,pwrite64", "-e", "inject=pread64,pwrite64:delay_enter=1000"),
                Jar.command(args));
    }

    private Process underStrace(List<String> options, List<String> command) throws IOException {
        return jar.start(
                Map.of(),
                Stream.of(List.of("strace", "-f", "-qq", "-o", "/dev/null"), options, TERMINAL, command)
                        .flatMap(List::stream)
                        .toList());
    }
}
