package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The spellings of a path in a URL, and the file that each of them means. */
class SqlitePathsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            plain.db         | plain.db
            no suffix        | no suffix
            %20space.db      | ~ space.db~
            Grüße-数据-🦀.db  | Grüße-数据-🦀.db
            %F0%9F%A6%80.db  | 🦀.db
            50%25.db         | 50%.db
            what%3F.db       | what?.db
            a#b.db           | a#b.db
            a%23b.db         | a#b.db
            a+b.db           | a+b.db
            a%2Bb.db         | a+b.db
            it's.db          | it's.db
            "quoted".db      | "quoted".db
            a&b=c;d.db       | a&b=c;d.db
            back\\slash.db   | back\\slash.db
            $HOME `id`.db    | $HOME `id`.db
            a:b@c.db         | a:b@c.db
            -leading-dash    | -leading-dash
            %41.db           | A.db
            """)
    void aNameInTheUrlMeansThisFile(String inUrl, String name) throws IOException {
        writeAndReadAgain("sqlite:" + directory + "/" + inUrl);

        assertThat(filesLeft()).containsExactly(name);
        assertThat(Files.size(directory.resolve(name))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:%s",
                "sqlite://%s",
                "jdbc:sqlite:%s",
                "SQLite:%s",
                "JDBC:SQLITE:%s",
                "sqlite:%s?readers=1",
                "sqlite:%s?",
                "sqlite://%s?readers=1&timeout=5s&synchronous=normal",
            })
    void everySpellingOfAnAbsolutePathMeansTheSameFile(String url) throws IOException {
        writeAndReadAgain(url.formatted(directory.resolve("data.db")));

        assertThat(filesLeft()).containsExactly("data.db");
    }

    @Test
    void anEmptyFileBecomesADatabase() throws IOException {
        Files.createFile(directory.resolve("data.db"));

        writeAndReadAgain("sqlite:" + directory.resolve("data.db"));

        assertThat(filesLeft()).containsExactly("data.db");
    }

    @Test
    void aPathMayBeRelative() throws IOException {
        Path relative =
                Path.of("").toAbsolutePath().relativize(directory.toRealPath().resolve("data.db"));

        writeAndReadAgain("sqlite:" + relative);

        assertThat(filesLeft()).containsExactly("data.db");
    }

    @Test
    void aPathMayHaveDotsInIt() throws IOException {
        Files.createDirectory(directory.resolve("sub"));

        writeAndReadAgain("sqlite:" + directory + "/./sub/../data.db");

        assertThat(directory.resolve("data.db")).isRegularFile();
    }

    @Test
    void aSymbolicLinkMeansTheFileThatItPointsTo() throws IOException {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), elsewhere.resolve("real.db"));
        writeAndReadAgain("sqlite:" + elsewhere.resolve("real.db"));

        try (Store throughLink = Stores.open("sqlite:" + link);
                Store direct = Stores.open("sqlite:" + elsewhere.resolve("real.db"))) {
            throughLink.collection(Note.SCHEMA).put("n2", Note.titled("bread"));

            assertThat(direct.collection(Note.SCHEMA).exists("n2")).isTrue();
            assertThat(throughLink.health().details())
                    .as("sizes are those of the real files")
                    .containsEntry("wal_bytes", direct.health().details().get("wal_bytes"))
                    .doesNotContainEntry("wal_bytes", "0");
        }
        assertThat(filesLeft()).as("nothing beside the link").containsExactly("elsewhere", "link.db");
    }

    @Test
    void aSymbolicLinkToADirectoryIsADirectoryLikeAnother() throws IOException {
        Files.createDirectory(directory.resolve("real"));
        Files.createSymbolicLink(directory.resolve("link"), directory.resolve("real"));

        writeAndReadAgain("sqlite:" + directory + "/link/data.db");

        assertThat(directory.resolve("real").resolve("data.db")).isRegularFile();
    }

    @Test
    void memoryIsAPrivateFileThatIsGoneAfterClosing() {
        Path file;
        try (Store one = Stores.open("sqlite::memory:");
                Store other = Stores.open("jdbc:sqlite::memory:")) {
            file = Path.of(Objects.requireNonNull(one.health().details().get("file")));
            one.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));

            assertThat(file).isRegularFile();
            assertThat(other.collection(Note.SCHEMA).exists("n1")).isFalse();
        }
        for (String suffix : List.of("", "-wal", "-shm", "-journal")) {
            assertThat(Path.of(file + suffix)).doesNotExist();
        }
    }

    private static void writeAndReadAgain(String url) {
        try (Store store = Stores.open(url)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
        }
        try (Store again = Stores.open(url)) {
            DocumentCollection<Note> notes = again.collection(Note.SCHEMA);
            assertThat(notes.get("n1").orElseThrow().value()).isEqualTo(Note.titled("milk"));
        }
    }

    private List<String> filesLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
