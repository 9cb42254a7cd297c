package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surroundings in which a store cannot be opened as usual: each is named, with the way out. */
class SqliteSurroundingsTest {

    @TempDir
    private Path directory;

    @Test
    void aPathBeyondAsciiNeedsAJvmThatCanNameIt() throws Exception {
        String wayOut = "Start it with LC_ALL=C.UTF-8";
        assertThat(open("C", "sqlite:" + directory + "/m\\u.db")).contains("beyond ASCII", "ANSI_X3.4-1968", wayOut);
        assertThat(open("C", "sqlite:" + directory + "/m%C3%BC.db")).contains(wayOut);
        assertThat(directory).isEmptyDirectory();
        assertThat(open("C.UTF-8", "sqlite:" + directory + "/m%C3%BC.db")).contains("opened true");
        assertThat(open("C", "sqlite:" + directory + "/plain.db")).contains("opened true");
    }

    @Test
    void aDirectoryForTheLibraryThatCannotBeWrittenIsNamed() throws Exception {
        String missing = directory.resolve("no-such-directory").toString();
        String said = run(List.of(
                ChildJvm.java().get(0),
                "-Djava.io.tmpdir=" + missing,
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                "sqlite:" + directory.resolve("data.db")));
        assertThat(said)
                .contains(
                        "ConfigurationException: SQLite's native library could not be loaded",
                        missing + ", which this user cannot write",
                        "-Dorg.sqlite.tmpdir=");
    }

    @Test
    void aLinkToAFileThatIsStillToBeMadeIsTheFile() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createSymbolicLink(directory.resolve("second.db"), Path.of("elsewhere", "real.db"));
        Path link = Files.createSymbolicLink(directory.resolve("first.db"), Path.of("second.db"));
        try (Store store = Stores.open("sqlite:" + link)) {
            store.collection(Note.SCHEMA).put("n1", Note.titled("milk"));
            assertThat(store.health().details())
                    .containsEntry(
                            "file", elsewhere.toRealPath().resolve("real.db").toString())
                    .doesNotContainEntry("wal_bytes", "0");
        }
    }

    @Test
    void aLinkIntoADirectoryThatIsNotThereOrToItselfSaysSo() throws IOException {
        Path missing = directory.toRealPath().resolve("missing");
        Path link = Files.createSymbolicLink(directory.resolve("lost.db"), missing.resolve("real.db"));
        assertThatThrownBy(() -> Stores.open("sqlite:" + link).close())
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining("The directory " + missing + " of sqlite:" + link)
                .hasMessageContaining("that is where the link leads");
        Path circle = Files.createSymbolicLink(directory.resolve("circle.db"), Path.of("circle.db"));
        assertThatThrownBy(() -> Stores.open("sqlite:" + circle).close())
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining("leads in a circle");
    }

    private static String open(String locale, String url) throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "LC_ALL=" + locale));
        command.addAll(ChildJvm.command(Opener.class, url));
        return run(command);
    }

    private static String run(List<String> command) throws Exception {
        try (ChildJvm program = ChildJvm.start(command)) {
            return String.join("\n", program.finish());
        }
    }
}
