package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Stores in files: exports and backups. */
@Timeout(120)
class FilesTest {

    @TempDir
    private Path directory;

    private String source;
    private Path file;

    @BeforeEach
    void fillTheSource() {
        source = "sqlite:" + directory.resolve("source.db");
        file = directory.resolve("saved");
        Notes.fill(source, 1200);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(one -> one.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void anExportIsImportedElsewhere() {
        String server = Postgres.newStore();
        assertThat(Run.done("export", source, file.toString()).out())
                .contains("Exported: 1 collections, 1,200 documents.");
        assertThat(Run.done("verify", file.toString()).out()).contains("Whole: 1 collections, 1,200 documents.");
        assertThat(Run.done("import", server, file.toString()).out()).contains("Imported and found equal");
        Run.done("verify", source, server);
    }

    @Test
    void anExportThatWasCutOffIsRefusedAndNothingChanges() throws IOException {
        String target = "sqlite:" + directory.resolve("target.db");
        Notes.put(target, "mine");
        Run.done("export", source, file.toString());
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length * 2 / 3));

        Run.of("verify", file.toString()).endsWith(Main.REFUSED).says(file.toString(), "a part of one only");
        Run.of("import", "--overwrite", target, file.toString())
                .endsWith(Main.REFUSED)
                .says(file.toString(), "a part of one only");
        assertThat(Notes.count(target)).isEqualTo(1);
    }

    @Test
    void anImportIntoAStoreThatHoldsSomethingIsRefused() {
        String target = "sqlite:" + directory.resolve("target.db");
        Notes.put(target, "mine");
        Run.done("export", source, file.toString());
        Run.of("import", target, file.toString()).endsWith(Main.REFUSED).says(target, "is not empty");
        assertThat(Notes.count(target)).isEqualTo(1);
        Run.done("import", "--overwrite", target, file.toString());
        Run.done("verify", source, target);
    }

    @Test
    void anExportReplacesAnExportAndNothingElse() throws IOException {
        Files.writeString(file, "mine");
        Run.of("export", source, file.toString()).endsWith(Main.REFUSED).says(file + " exists", "--overwrite");
        Run.of("export", "--overwrite", source, file.toString())
                .endsWith(Main.REFUSED)
                .says(file + " exists and is no export");
        assertThat(file).hasContent("mine");

        Files.delete(file);
        Run.done("export", source, file.toString());
        Run.done("export", "--overwrite", source, file.toString());
        assertThat(names()).doesNotContain("saved.part").hasSize(2);
    }

    @Test
    void aBackupIsADatabaseOfItsOwn() {
        assertThat(Run.done("backup", source, file.toString()).out()).contains("Saved to " + file + ".");
        Run.done("verify", source, "sqlite:" + file);
    }

    @Test
    void aBackupReplacesAFileOnlyWhenAskedTo() throws IOException {
        Files.writeString(file, "mine");
        Run.of("backup", source, file.toString()).endsWith(Main.REFUSED).says(file + " exists", "--overwrite");
        assertThat(file).hasContent("mine");
        Run.done("backup", "--overwrite", source, file.toString());
        Run.done("verify", source, "sqlite:" + file);
    }

    @Test
    void aBackupOfPostgresIsForItsOwnTools() {
        String server = Postgres.newStore();
        Notes.fill(server, 1);
        Run.of("backup", server, file.toString()).endsWith(Main.WRONG).says("pg_dump");
        assertThat(file).doesNotExist();
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        String nowhere = directory.resolve("nowhere").resolve("notes.zip").toString();
        Run.of("export", source, nowhere).endsWith(Main.WRONG).says("There is no directory " + directory);
        Run.of("backup", source, nowhere).endsWith(Main.WRONG).says("There is no directory " + directory);
        Run.of("export", source, directory.toString()).endsWith(Main.WRONG).says(directory + " is a directory");
    }
}
