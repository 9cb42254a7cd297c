package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one jar, in a JVM of its own, as users run it: on terminals, with passwords from outside. */
@Timeout(180)
class JarIT {

    @TempDir
    private Path directory;

    private Jar jar;

    @BeforeEach
    void prepare() {
        jar = new Jar(directory);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    private String filled(int documents) {
        String url = "sqlite:" + directory.resolve("source.db");
        Notes.fill(url, documents);
        return url;
    }

    @Test
    void itSaysWhatItIsAndWhatItCan() throws Exception {
        assertThat(jar.run("--version").endsWith(Main.DONE).out()).matches("pagurus \\d+\\.\\d+\\S*\\s*");
        assertThat(jar.run("--help").endsWith(Main.DONE).out()).contains("migrations", "Exit codes:");
        assertThat(jar.run().endsWith(Main.WRONG).err()).contains("Usage: pagurus");
    }

    @Test
    void passwordsComeFromTheEnvironment() throws Exception {
        String schema = Postgres.newSchema();
        Postgres.run("create schema " + schema + "; grant all on schema " + schema + " to app");
        String server = Postgres.url("app", schema);
        String file = filled(600);

        jar.run("copy", file, server).endsWith(Main.WRONG).says("postgres://app@localhost", "password");
        jar.run(Map.of("PAGURUS_TARGET_PASSWORD", "not-the-" + Postgres.PASSWORD), "copy", file, server)
                .endsWith(Main.WRONG)
                .says("postgres://app@localhost");
        jar.run(Map.of("PAGURUS_TARGET_PASSWORD", Postgres.PASSWORD), "copy", file, server)
                .endsWith(Main.DONE)
                .says("Copying notes");
        assertThat(jar.run(Map.of("PAGURUS_PASSWORD", Postgres.PASSWORD), "info", server)
                        .endsWith(Main.DONE)
                        .out())
                .contains("PostgreSQL", "notes: 600 documents", "unique");
    }

    @Test
    void onATerminalThereIsABar() throws Exception {
        Process process = jar.onATerminal("copy", filled(5000), "sqlite:" + directory.resolve("target.db"));
        assertThat(process.waitFor()).isEqualTo(Main.DONE);
        assertThat(jar.said(process, "out"))
                .contains(
                        "\r[############",
                        "] Copying notes: ",
                        "[##############################] Comparing notes: 5,000 of 5,000")
                .contains("Copied and found equal");
    }

    @Test
    void onATerminalThePasswordIsAskedForAndNotShown() throws Exception {
        String schema = Postgres.newSchema();
        Postgres.run("create schema " + schema + "; grant all on schema " + schema + " to app");
        Process process = jar.onATerminal("migrations", "--apply", "--ask-password", Postgres.url("app", schema));
        jar.await(process, "out", "Password of postgres://app@localhost:");
        process.getOutputStream().write((Postgres.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        assertThat(process.waitFor()).isEqualTo(Main.DONE);
        assertThat(jar.said(process, "out")).contains("was brought to version ").doesNotContain(Postgres.PASSWORD);
    }

    @Test
    void whatOthersMustReadIsAloneOnTheStandardOutput() throws Exception {
        String schema = Postgres.newSchema();
        Run run = jar.run(Map.of("PAGURUS_PASSWORD", Postgres.PASSWORD), "migrations", Postgres.url("app", schema))
                .endsWith(Main.REFUSED)
                .says("An administrator must run this SQL");
        assertThat(run.out())
                .startsWith("begin;")
                .contains("create schema \"" + schema + "\"")
                .endsWith("commit;\n");
    }

    /** Those of its README that need no server, one after the other. */
    @Test
    void theCommandsOfTheReadmeDoWhatItSays() throws Exception {
        Files.createDirectory(directory.resolve("data"));
        String store = "sqlite:" + directory.resolve("data/notes.db");
        Notes.fill(store, 20);
        Run.done("backup", store, directory.resolve("monday.db").toString());
        Run.done("export", store, directory.resolve("monday.zip").toString());
        Notes.put(store, "later");

        Map<String, Run> runs = new LinkedHashMap<>();
        boolean inBlock = false;
        for (String line : Files.readAllLines(Path.of("README.md"))) {
            inBlock = line.startsWith("```") ? line.equals("```sh") : inBlock;
            if (inBlock && line.startsWith("pagurus ") && !line.contains("postgres")) {
                runs.put(
                        line,
                        jar.run(line.substring("pagurus ".length()).split(" ")).endsWith(Main.DONE));
            }
        }

        assertThat(runs).hasSize(4);
        assertThat(Notes.count("sqlite:" + directory.resolve("before.db"))).isEqualTo(21);
        assertThat(Notes.count(store)).isEqualTo(20);
        assertThat(Objects.requireNonNull(runs.get("pagurus info --json sqlite:data/notes.db"))
                        .out())
                .contains("\"exit\":0", "\"documents\":20");
    }
}
