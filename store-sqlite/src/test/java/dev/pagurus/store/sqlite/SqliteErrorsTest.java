package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a wrong file, path or option is answered with: each its own message, and nothing changed. */
class SqliteErrorsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("noDatabases")
    void aFileThatIsNoDatabaseIsRefusedAndNotTouched(byte[] content) throws IOException {
        Path file = Files.write(directory.resolve("notes.txt"), content);

        assertRefused("sqlite:" + file)
                .hasMessageContaining("not a SQLite database (or is an encrypted one)")
                .hasMessageContaining(file.toString())
                .hasMessageContaining("name another file");

        assertThat(file).hasBinaryContent(content);
        assertThat(directory).as("and nothing beside it").isDirectoryNotContaining(path -> !path.equals(file));
    }

    static Stream<byte[]> noDatabases() {
        byte[] encrypted = new byte[16 << 10];
        new Random(1).nextBytes(encrypted);
        return Stream.of(
                "hello".getBytes(StandardCharsets.UTF_8),
                "A text, and no database. ".repeat(1000).getBytes(StandardCharsets.UTF_8),
                "SQLite format 2\0".repeat(300).getBytes(StandardCharsets.UTF_8),
                encrypted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16le", "UTF-16be"})
    void aDatabaseOfAnotherEncodingIsRefused(String encoding) throws SQLException {
        // Its texts would be compared as UTF-16, whose order is not that of code points.
        Path file = directory.resolve("data.db");
        OtherProgram.run(file, "pragma encoding = '" + encoding + "'; create table theirs (a text)");
        List<String> before = OtherProgram.dump(file);

        assertRefused("sqlite:" + file).hasMessageContaining("UTF-8").hasMessageContaining(encoding);

        assertThat(OtherProgram.dump(file)).isEqualTo(before);
    }

    @Test
    void aMissingDirectoryIsNamedAndNotCreated() {
        Path missing = directory.resolve("missing").resolve("deep");

        assertRefused("sqlite:" + missing.resolve("data.db"))
                .hasMessageContaining("The directory " + missing)
                .hasMessageContaining("does not exist")
                .hasMessageContaining("Create it");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aDirectoryInPlaceOfAFileIsRefusedWithAnExampleOfAFileInIt() {
        assertRefused("sqlite:" + directory)
                .hasMessageContaining("is a directory, not a file")
                .hasMessageContaining("sqlite:" + directory.resolve("data.db"));
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsNamed() throws IOException {
        Path file = Files.writeString(directory.resolve("plain"), "text");

        assertRefused("sqlite:" + file.resolve("data.db")).hasMessageContaining("The directory " + file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite:", "sqlite::memory", "sqlite:file:data.db", "jdbc:sqlite:", "sqlite:?readers=1"})
    void aUrlWithoutAFileIsRefused(String url) {
        assertRefused(url).hasMessageContaining("names no file").hasMessageContaining("sqlite:data/notes.db");
    }

    @Test
    void aNameThatIsTooLongForTheFileSystemIsSaidToBe() {
        assertRefused("sqlite:" + directory.resolve("x".repeat(300) + ".db"))
                .hasMessageContaining("too long")
                .hasMessageNotContaining("permissions");
    }

    @Test
    void aPathThatIsTooLongForSqliteIsSaidToBe() throws IOException {
        // Fine for Linux, which takes 4,096 bytes; SQLite takes 512.
        Path deep = Files.createDirectories(
                directory.resolve("x".repeat(200) + "/" + "y".repeat(200) + "/" + "z".repeat(200)));

        assertRefused("sqlite:" + deep.resolve("data.db"))
                .hasMessageContaining("too long")
                .hasMessageNotContaining("permissions");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(String url) {
        return assertThatThrownBy(() -> Stores.open(url).close()).isExactlyInstanceOf(ConfigurationException.class);
    }
}
