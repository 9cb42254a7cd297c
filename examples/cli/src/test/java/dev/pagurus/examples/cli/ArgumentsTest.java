package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** What somebody may type: by mistake, without knowing, and with a secret in it. */
@Timeout(120)
class ArgumentsTest {

    private static final String URL = "postgres://app:pass-word@localhost:1/db";

    @TempDir
    private Path directory;

    static Stream<List<String>> mistakesWithASecret() {
        return Stream.of(
                List.of("info", "sqlite:x.db", URL),
                List.of(URL),
                List.of("inof", URL),
                List.of("info", "--password=pass-word", "sqlite:x.db"),
                List.of("info", "--password", "pass-word", "sqlite:x.db"),
                List.of("info", "-ppass-word", "sqlite:x.db"),
                List.of("info", "--ask-password=pass-word", "sqlite:x.db"),
                List.of("info", "--ask-password", "pass-word", "sqlite:x.db"),
                List.of("info", "--ask-password", URL),
                List.of("info", "app:pass-word@localhost/db"),
                List.of("info", "postgres:app:pass-word@localhost/db"),
                List.of("info", "postgres://app:pass-word?@localhost/db"),
                List.of("info", "postgres://app:pass-word%@localhost/db"),
                List.of("info", URL + "?pasword=pass-word"),
                List.of("info", URL + "?schema"),
                List.of("copy", URL),
                List.of("copy", "--overwrite=" + URL, "sqlite:a.db", "sqlite:b.db"),
                List.of("export", "sqlite:x.db", URL),
                List.of("import", URL, URL),
                List.of("backup", "sqlite:x.db", URL),
                List.of("backup", URL, "x.db"),
                List.of("restore", URL, "sqlite:x.db"),
                List.of("restore", "x.db", URL),
                List.of("verify", URL),
                List.of("info", "sqlite://app:pass-word@localhost/x.db"),
                List.of("info", "sqlite:/app:pass-word@localhost/x.db"),
                List.of("info", "jdbc:h2:./x;USER=app;PASSWORD=pass-word"),
                List.of("jdbc:h2:./x;USER=app;PASSWORD=pass-word"),
                List.of("verify", "sqlite:x.db?key=pass-word"),
                List.of("copy", "jdbc:sqlserver://localhost;password=pass-word", "sqlite:x.db"));
    }

    @ParameterizedTest
    @MethodSource
    void mistakesWithASecret(List<String> args) {
        Run run = Run.of(args.toArray(String[]::new)).endsWith(Main.WRONG);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isNotBlank().doesNotContain("pass-word", "Exception");
    }

    @Test
    void aMistakeIsNamedWithAWayOn() {
        Run.of("inof", "sqlite:x.db").endsWith(Main.WRONG).says("is not a command", "info", "'pagurus --help'");
        Run.of("frobnicate").endsWith(Main.WRONG).says("is not a command", "'pagurus --help'");
        assertThat(Run.of("frobnicate").err()).doesNotContain("Did you mean");
        assertThat(Run.of("info", "--frobnicate", "x").err()).doesNotContain("Did you mean");
        Run.of("copy", "--overwrit", "a", "b").endsWith(Main.WRONG).says("'--overwrit'", "Did you mean --overwrite");
        Run.of("copy", "sqlite:a.db").endsWith(Main.WRONG).says("'TARGET'", "'pagurus copy --help'");
        Run.of("info", "sqlite:a.db", "b").endsWith(Main.WRONG).says("too many arguments", "'pagurus info --help'");
        Run.of("info", "notes.db").endsWith(Main.WRONG).says("not the URL of a store", "sqlite:notes.db");
        Run.of("info", "mysql://host/db").endsWith(Main.WRONG).says("'mysql'", "sqlite");
        Run.of("export", "sqlite:x.db", URL).endsWith(Main.WRONG).says("FILE", "pagurus copy");
        Run.of("verify", "sqlite:x.db").endsWith(Main.WRONG).says("Name a second one");
        Run.of().endsWith(Main.WRONG).says("Usage: pagurus", "migrations");
    }

    @Test
    void aPathIsShownWhateverIsInIt() {
        Path file = directory.resolve("me@home=1.zip");
        Run.of("verify", file.toString()).endsWith(Main.WRONG).says("There is no file " + file);
        Run.of("info", "sqlite:" + file).endsWith(Main.WRONG).says("There is no file " + file);
    }

    @Test
    void aMistypedPathMakesNoDatabase() {
        Path file = directory.resolve("mistyped.db");
        String url = "sqlite:" + file;
        String other = "sqlite:" + directory.resolve("other.db");
        Notes.fill(other, 1);
        for (String[] args : new String[][] {
            {"info", url},
            {"copy", url, other},
            {"export", url, directory.resolve("x.zip").toString()},
            {"backup", url, directory.resolve("x.db").toString()},
            {"verify", url, other},
            {"verify", other, url},
            {"migrations", url}
        }) {
            Run.of(args).endsWith(Main.WRONG).says("There is no file " + file);
            assertThat(directory)
                    .isDirectoryNotContaining(path -> path.toString().contains("mistyped"));
        }
        for (String[] args : new String[][] {{"import", other, file.toString()}, {"verify", file.toString()}}) {
            Run.of(args).endsWith(Main.WRONG).says("There is no file " + file);
        }
    }

    @Test
    void aServerThatIsNotThereIsSomethingToTryAgain() {
        Run.of("info", URL).endsWith(Main.UNREACHABLE).says("postgres://app:***@localhost:1/db");
        Path file = directory.resolve("source.db");
        Notes.fill("sqlite:" + file, 1);
        Run.of("copy", "sqlite:" + file, URL).endsWith(Main.UNREACHABLE).says("localhost:1");
    }

    @Test
    void aWrongPasswordIsNotShown() {
        String url = Postgres.url("app:not-the-" + Postgres.PASSWORD, Postgres.newSchema());
        Run.of("info", url).endsWith(Main.WRONG).says("postgres://app:***@localhost");
    }

    @Test
    void passwordsAreNotAskedForWhereNobodyIs() {
        Run.of("info", "--ask-password", "postgres://app@localhost:1/db")
                .endsWith(Main.WRONG)
                .says("There is no terminal", "PAGURUS_PASSWORD");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "info",
                "copy",
                "export",
                "import",
                "backup",
                "restore",
                "verify",
                "rename",
                "drop",
                "migrations"
            })
    void theHelpIsEnoughToWorkWith(String command) {
        Run help = command.isEmpty() ? Run.done("--help") : Run.done(command, "--help");
        assertThat(help.out())
                .contains("Usage: pagurus", "sqlite:data/notes.db", "postgres://app@host:5432/notes")
                .contains("PAGURUS_PASSWORD", "PAGURUS_TARGET_PASSWORD", "--ask-password")
                .contains("Exit codes:", "  3   a database or a file cannot be reached");
        if (!command.isEmpty()) {
            assertThat(help.out()).contains("Example", "  pagurus " + command + " ");
            assertThat(Run.done("help", command).out()).isEqualTo(help.out());
            assertThat(Run.done(command, "--version").out()).startsWith("pagurus ");
        }
        assertThat(help.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void scriptsRelyOnTheNumbers() {
        assertThat(List.of(Main.DONE, Main.REFUSED, Main.WRONG, Main.UNREACHABLE, Main.FAULT))
                .containsExactly(0, 1, 2, 3, 4);
    }

    @Command(name = "fail")
    static final class Failing implements Runnable {
        @Parameters
        private String[] all = {};

        @Override
        public void run() {
            throw new IllegalStateException("Nobody foresaw " + String.join(" ", all), new RuntimeException(all[0]));
        }
    }

    @Test
    void aFaultOfThisProgramIsToldApartAndShowsNoSecret() {
        CommandLine main = Main.commandLine();
        main.addSubcommand(new Failing());
        main.setExecutionExceptionHandler(main.getExecutionExceptionHandler());
        Run run = Run.of(main, "fail", URL, "sqlite:x.db").endsWith(Main.FAULT);
        assertThat(run.err())
                .contains("IllegalStateException", "Nobody foresaw postgres://app:***@localhost:1/db sqlite:x.db")
                .contains("Caused by: java.lang.RuntimeException: postgres://app:***@localhost:1/db", "\tat ")
                .doesNotContain("pass-word");
    }
}
