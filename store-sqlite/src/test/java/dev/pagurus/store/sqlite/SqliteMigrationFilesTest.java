package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.AppliedMigration;
import dev.pagurus.store.sqlite.schema.SqliteMigrations;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for our own .sql files: the runner relies on them, for it does not look into a file. */
class SqliteMigrationFilesTest {

    /** A transaction that ends inside of a file would leave half of it behind when the rest fails. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "\\b(begin|commit|rollback|savepoint|release|pragma|vacuum|attach|detach)\\b|(^|;)\\s*end\\b",
            Pattern.CASE_INSENSITIVE);

    /** Comments, texts and quoted names, where any word may stand. */
    private static final Pattern NOT_CODE =
            Pattern.compile("--[^\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"", Pattern.DOTALL);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("files")
    void noFileSpeaksOfTransactionsOrSettings(Path file) throws IOException {
        assertThat(speaksOfTransactions(Files.readString(file))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table a (b text); COMMIT; create table c (d text);",
                "begin immediate;",
                "insert into a values ('x');\nend;",
                "end transaction",
                "/* harmless */ rollback",
                "savepoint a; release a;",
                "-- a comment\nPragma user_version = 7;",
                "insert into a values ('it''s'); vacuum",
            })
    void theCheckFindsSuchWords(String sql) {
        assertThat(speaksOfTransactions(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-- we commit later; begin\ncreate table a (b text);",
                "/* rollback;\n end; */ create table a (b text);",
                "insert into a values ('commit; it''s over; end');",
                "create table \"begin\" (beginning text, endless text, committed_at integer);",
                "update a set b = case when c then 1 else 2 end;",
            })
    void theCheckPassesOverCommentsTextsAndOtherWords(String sql) {
        assertThat(speaksOfTransactions(sql)).isFalse();
    }

    @Test
    void everyFileIsInTheListInTheOrderOfItsNumber() throws Exception {
        Stores.open("sqlite:" + directory.resolve("data.db")).close();

        List<String> applied = OtherProgram.query(
                directory.resolve("data.db"),
                "select format('%04d', version) || ':' || name from pagurus_migrations order by version");

        assertThat(applied)
                .containsExactlyElementsOf(
                        files().map(file -> file.getFileName().toString())
                                .map(name -> name.substring(0, 4) + ":" + name)
                                .toList());
    }

    @Test
    void theHistoryHoldsTheHashOfEachFile() throws SQLException {
        Stores.open("sqlite:" + directory.resolve("data.db")).close();

        assertThat(OtherProgram.query(
                        directory.resolve("data.db"), "select sha256 from pagurus_migrations order by version"))
                .as("sha256sum of each file; one that was released is never edited")
                .containsExactlyElementsOf(SqliteMigrations.FILES.stream()
                        .map(file -> AppliedMigration.of(file.version(), file.name(), file.sql())
                                .sha256())
                        .toList())
                .allMatch(hash -> hash.matches("[0-9a-f]{64}"));
    }

    private static boolean speaksOfTransactions(String sql) {
        return FORBIDDEN.matcher(NOT_CODE.matcher(sql).replaceAll(" ")).find();
    }

    static Stream<Path> files() throws IOException, URISyntaxException {
        Path directory = Path.of(Objects.requireNonNull(SqliteMigrations.class.getResource("migrations"))
                .toURI());
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList().stream();
        }
    }
}
