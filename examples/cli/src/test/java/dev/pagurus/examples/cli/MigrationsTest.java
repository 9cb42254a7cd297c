package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a database lacks, for administrators. */
@Timeout(120)
class MigrationsTest {

    /** Makes a database one of a newer release. */
    static final String NEWER =
            "insert into pagurus_migrations select max(version) + 1, 'later.sql', 'x', 0 from pagurus_migrations";

    @TempDir
    private Path directory;

    @Test
    void anAdministratorRunsWhatIsPrintedAndTheApplicationWorks() throws Exception {
        String application = Postgres.url("app:" + Postgres.PASSWORD, Postgres.newSchema());

        Run missing = Run.of("migrations", application)
                .endsWith(Main.REFUSED)
                .says("postgres://app:***@localhost", "An administrator must run this SQL");
        assertThat(missing.out()).startsWith("begin;\n").endsWith("commit;\n").contains("\n-- 0001_catalogue.sql\n");
        Run.of("migrations", "--apply", application).endsWith(Main.WRONG).says("may not create");
        assertThat(Run.of("migrations", application).out()).isEqualTo(missing.out());

        Postgres.run(missing.out());

        Run.done("migrations", application).says("is up to date, at version 4");
        try (Store store = Stores.open(application + "&migrate=validate")) {
            store.collection(Notes.SCHEMA).put("one", new Notes("first", Set.of("a")));
        }
        Run.done("info", application);
    }

    @Test
    void aSqliteFileIsLeftAsItIsUntilSomebodyRunsWhatIsPrinted() throws Exception {
        Path file = directory.resolve("theirs.db");
        sqlite(file, "create table theirs (a text)");
        byte[] before = Files.readAllBytes(file);

        Run missing =
                Run.of("migrations", "sqlite:" + file).endsWith(Main.REFUSED).says("sqlite:" + file);
        Run.of("info", "sqlite:" + file)
                .endsWith(Main.REFUSED)
                .says("does not have the store's own tables", "migrations");
        assertThat(file).hasBinaryContent(before);

        sqlite(file, missing.out());

        Run.done("migrations", "sqlite:" + file).says("is up to date, at version 6");
        Notes.fill("sqlite:" + file + "?migrate=validate", 3);
        assertThat(Run.done("info", "sqlite:" + file).out()).contains("notes: 3 documents", "field title TEXT");
    }

    @Test
    void applyingDoesItAtOnce() throws Exception {
        String server = Postgres.newStore();
        Run.done("migrations", "--apply", server).says("was brought to version 4");
        Run.done("migrations", "--apply", server).says("is up to date, at version 4");

        Path file = directory.resolve("empty.db");
        Files.createFile(file);
        Run.done("migrations", "--apply", "sqlite:" + file).says("was brought to version 6");
    }

    @Test
    void applyingMakesNoDatabaseOfAMistypedPath() {
        Path file = directory.resolve("mistyped.db");
        Run.of("migrations", "--apply", "sqlite:" + file).endsWith(Main.WRONG).says("There is no file " + file);
        assertThat(file).doesNotExist();
    }

    @Test
    void aNewerDatabaseIsRefused() throws Exception {
        Path file = directory.resolve("newer.db");
        Notes.fill("sqlite:" + file, 1);
        sqlite(file, NEWER);
        Run newer = Run.of("migrations", "sqlite:" + file)
                .endsWith(Main.REFUSED)
                .says(" (later.sql)", "newer release", "Nothing was changed");
        assertThat(newer.out()).isEmpty();
    }

    static void sqlite(Path file, String script) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(script);
            try (ResultSet mode = statement.executeQuery("pragma integrity_check")) {
                mode.next();
            }
        }
    }
}
