package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every command against every failure that it can meet: what it says is for operators. */
@Timeout(120)
class WordsTest {

    /** What belongs to those who write applications. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "Exception|java\\.|javax\\.|sun\\.|dev\\.pagurus|org\\.|\\(\\)|[Tt]hread|StoreConfig|CopyOptions|Stores?\\.[a-z]"
                    + "|DataSource|withOverwrite|jdbc|JDBC|driver|SQLSTATE|target[SA]|\\bnull\\b|provider|on the path|TCP/IP"
                    + "|class|SPI|\\bAPI\\b|ask for it to be|migrate is|" + Postgres.PASSWORD);

    private static final Pattern PROGRESS = Pattern.compile("(Copying|Comparing|Checking|Restoring) .*");

    /** Begins what there is to do. */
    private static final Pattern ADVICE = Pattern.compile(
            "(^|[;.] )(Run|Check|Name|Use|Correct|Create|Stop|Add|Grant|Let"
                    + "|Make|Give|Move|Bring|Save|Choose|Restore|See|Try|Mend|If it is|An administrator must|run|name|Known options)\\b|such as ");

    @TempDir
    private static Path directory;

    /** Stores that cannot be used, by what is wrong with them. */
    private static final Map<String, String> STORES = new TreeMap<>();

    private static String good = "";
    private static String server = "";

    @BeforeAll
    static void breakAll() throws Exception {
        good = url("good.db");
        Notes.fill(good, 3);
        Run.done("export", good, path("good.zip"));
        Run.done("backup", good, path("backup.db"));
        Files.writeString(directory.resolve("text.db"), "no database".repeat(1000));
        Files.createDirectory(directory.resolve("folder"));
        Notes.fill(url("newer.db"), 1);
        MigrationsTest.sqlite(directory.resolve("newer.db"), MigrationsTest.NEWER);
        MigrationsTest.sqlite(directory.resolve("theirs.db"), "create table theirs (a text)");
        CopyOptions broken = CopyOptions.DEFAULT.withProgress(progress -> {
            throw new IllegalStateException("pulled the plug");
        });
        assertThatThrownBy(() -> Stores.copy(StoreConfig.of(good), StoreConfig.of(url("unfinished.db")), broken))
                .isNotNull();
        byte[] export = Files.readAllBytes(directory.resolve("good.zip"));
        Files.write(directory.resolve("cut.zip"), Arrays.copyOf(export, export.length / 2));
        export[60] ^= 0x55;
        Files.write(directory.resolve("flipped.zip"), export);

        server = Postgres.newStore();
        Notes.fill(server, 1);
        String schema = Postgres.newSchema();
        for (String broke : List.of("text", "folder", "newer", "theirs", "unfinished", "missing")) {
            STORES.put(broke, url(broke.equals("folder") ? broke : broke + ".db"));
        }
        STORES.put("no directory", "sqlite:" + directory.resolve("nowhere").resolve("x.db"));
        STORES.put("not a file", "sqlite:/dev/zero");
        STORES.put("no URL", "good.db");
        STORES.put("unknown scheme", "mysql://host/db");
        STORES.put("unknown option", good + "?pasword=x");
        STORES.put("wrong password", Postgres.url("app:not-it", schema));
        STORES.put("no password", Postgres.url("app", schema));
        STORES.put("no such user", Postgres.url("nobody:not-it", schema));
        STORES.put("no such database", Postgres.url("postgres", schema).replace("/postgres?", "/nowhere?"));
        STORES.put("empty server", Postgres.url("app:" + Postgres.PASSWORD, schema));
        STORES.put("no server", "postgres://app@localhost:1/db");
        STORES.put("two servers down", "postgres://app@localhost:1,localhost:2/db");
    }

    private static String url(String name) {
        return "sqlite:" + directory.resolve(name);
    }

    private static String path(String name) {
        return directory.resolve(name).toString();
    }

    private final List<String> wrong = new ArrayList<>();
    private int made;

    private String fresh(String suffix) {
        return "fresh" + made++ + suffix;
    }

    /** Runs a command that must fail, and looks at what it says. */
    private void fails(String why, String... args) {
        Run run = Run.of(args);
        List<String> said = run.err()
                .lines()
                .filter(line -> !PROGRESS.matcher(line).matches())
                .toList();
        String all = String.join("\n", said);
        String last = said.isEmpty() ? "" : said.get(said.size() - 1);
        List<String> faults = new ArrayList<>();
        if (run.code() == Main.DONE || run.code() == Main.FAULT) {
            faults.add("exit " + run.code());
        }
        if (said.isEmpty() || said.size() > 2) {
            faults.add(said.size() + " lines");
        }
        FORBIDDEN
                .matcher(all.replace(directory.toString(), "").replace("pagurus.jar", ""))
                .results()
                .forEach(word -> faults.add("'" + word.group() + "'"));
        if (!ADVICE.matcher(last).find()) {
            faults.add("no advice at its end");
        }
        if (Pattern.compile("\\bagain\\b").matcher(all).results().count() > 1
                || Pattern.compile("Nothing was changed").matcher(all).results().count() > 1) {
            faults.add("said twice");
        }
        if (!faults.isEmpty()) {
            wrong.add(why + ": " + String.join(" ", args) + "\n  " + faults + "\n  " + run);
        }
    }

    private void nothingWasWrong() {
        assertThat(String.join("\n", wrong)).isEmpty();
    }

    @Test
    void aStoreThatCannotBeRead() {
        STORES.forEach((why, store) -> {
            fails(why, "info", store);
            fails(why, "copy", store, url(fresh(".db")));
            fails(why, "export", store, path(fresh(".zip")));
            fails(why, "backup", store, path(fresh(".db")));
            fails(why, "verify", store, good);
            fails(why, "verify", good, store);
            if (!why.equals("unknown option")) {
                fails(why, "migrations", store);
            }
        });
        nothingWasWrong();
    }

    @Test
    void aStoreThatCannotBeFilled() {
        STORES.forEach((why, store) -> {
            // Which are made, brought up to date, or gone on with.
            if (!List.of("missing", "theirs", "unfinished").contains(why)) {
                fails(why, "copy", good, store);
                fails(why, "import", store, path("good.zip"));
            }
        });
        for (String full : List.of(url("newer.db"), server)) {
            fails("not empty", "copy", good, full);
            fails("not empty", "import", full, path("good.zip"));
        }
        fails("the same", "copy", good, good);
        fails("the same", "copy", "--overwrite", good, good);
        Run.of("copy", good, server).endsWith(Main.REFUSED).says("is not empty", "add --overwrite");
        Run.of("import", server, path("good.zip")).endsWith(Main.REFUSED).says("is not empty", "add --overwrite");
        nothingWasWrong();
    }

    @Test
    void aFileThatCannotBeReadOrWritten() {
        for (String file : List.of("missing.zip", "folder", "text.db", "cut.zip", "flipped.zip", "good.db")) {
            fails(file, "import", url(fresh(".db")), path(file));
            fails(file, "verify", path(file));
        }
        for (String file : List.of(path("good.zip"), path("folder"), path("nowhere/x"), "/proc/saved", "/dev/zero")) {
            fails(file, "export", good, file);
            fails(file, "backup", good, file);
        }
        fails("no export", "export", "--overwrite", good, path("text.db"));
        fails("itself", "backup", "--overwrite", good, path("good.db"));
        nothingWasWrong();
    }

    @Test
    void aRestoreThatCannotBe() {
        for (String file : List.of("missing.db", "folder", "text.db", "good.zip", "theirs.db")) {
            fails(file, "restore", path(file), url(fresh(".db")));
        }
        STORES.forEach((why, store) -> {
            if (!why.equals("missing")) {
                fails(why, "restore", path("backup.db"), store);
            }
        });
        fails("text", "restore", "--overwrite", path("backup.db"), url("text.db"));
        fails("the same", "restore", "--overwrite", path("good.db"), good);
        nothingWasWrong();
    }

    @Test
    void whatIsMistyped() {
        for (String[] args : new String[][] {
            {"frobnicate"},
            {"inof", good},
            {"info"},
            {"info", good, good},
            {"info", "--jsn", good},
            {"copy", good},
            {"export", good},
            {"export", good, server},
            {"verify", good},
            {"restore", server, good},
            {"restore", good}
        }) {
            fails("mistyped", args);
        }
        nothingWasWrong();
    }

    @Test
    void aCollectionThatCannotBeDroppedOrRenamed() throws Exception {
        STORES.forEach((why, store) -> {
            fails(why, "drop", "--yes", store, "notes");
            fails(why, "rename", store, "notes", "others");
        });
        Notes.fill(url("viewed.db"), 3);
        MigrationsTest.sqlite(directory.resolve("viewed.db"), "create view theirs as select * from notes");
        for (String store : List.of(good, server, url("viewed.db"))) {
            fails("not sure", "drop", store, "notes");
            fails("not there", "drop", "--yes", store, "nothing");
            fails("not there", "rename", store, "nothing", "others");
            fails("no name", "rename", store, "notes", "No Name");
            fails("ours", "rename", store, "notes", "pagurus_copy");
            fails("ours", "drop", "--yes", store, "pagurus_steps");
            fails("itself", "rename", store, "notes", "notes");
            fails("no collection", "drop", store);
        }
        fails("a view", "drop", "--yes", url("viewed.db"), "notes");
        nothingWasWrong();
    }

    /** Which nobody can bring about on every machine. */
    @Test
    void aDiskThatIsFullAndADirectoryThatIsForbidden() {
        assertThat(told(new FileSystemException("/x/saved", null, "No space left on device")))
                .isEqualTo(new Failure(
                        "The file /x/saved could not be written: No space left on device. Nothing was changed.",
                        "Mend that (is there room, may this user write there?), and run the command again.",
                        Main.UNREACHABLE));
        assertThat(told(new AccessDeniedException("/x/saved")))
                .isEqualTo(new Failure(
                        "The file /x/saved could not be written: permission denied for /x/saved. Nothing was changed.",
                        "Run it as a user who may, or change the permissions of the file and its directory.",
                        Main.UNREACHABLE));
    }

    private static @Nullable Failure told(IOException cause) {
        return Failure.of(
                new UnavailableException(
                        "The file /x/saved could not be written: " + cause + " Nothing was changed.", cause),
                Typed.of(List.of()));
    }

    @Test
    void aCopyThatBrokeOffTellsOneWayOut() {
        assertThat(brokenOff("The disk that holds b is full. Nothing was changed; make room and try again."))
                .isEqualTo(new Failure(
                        "The copy from a to b broke off while it was copied: The disk that holds b is full. The source is"
                                + " unchanged; the target is marked as unfinished and cannot be opened.",
                        "Run the same command again: it goes on where it stopped.",
                        Main.UNREACHABLE));
        assertThat(Objects.requireNonNull(brokenOff("b is read-only. Nothing was changed; name the primary."))
                        .advice())
                .isEqualTo("Name the primary. Run the same command again: it goes on where it stopped.");
    }

    private static @Nullable Failure brokenOff(String why) {
        return Failure.of(
                new CopyException(
                        "The copy from a to b broke off while it was copied: " + why + " The source is unchanged; the"
                                + " target is marked as unfinished and cannot be opened. Run the copy again: it goes on"
                                + " where it stopped.",
                        new UnavailableException(why)),
                Typed.of(List.of()));
    }

    @Test
    void aBackupOfAServerNamesTheCommandThatMakesOne() {
        Run.of("backup", "postgres://app:pass-word@host:5432/notes?schema=app", path("x.db"))
                .endsWith(Main.WRONG)
                .says("pg_dump --format=custom --schema='app'", "'postgres://app@host:5432/notes'", "'pagurus export'");
    }

    @Test
    void aPasswordIsAskedForByTheOptionOfItsStore() {
        String wrongOne = Objects.requireNonNull(STORES.get("wrong password"));
        Run.of("info", wrongOne).says("PAGURUS_PASSWORD", "--ask-password");
        Run.of("copy", good, wrongOne).says("PAGURUS_TARGET_PASSWORD", "--ask-target-password");
    }
}
