package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers for scripts: one object, with names that stay, whatever becomes of the command. */
@Timeout(120)
class AnswerTest {

    @TempDir
    private Path directory;

    private String source;

    @BeforeEach
    void fillTheSource() {
        source = "sqlite:" + directory.resolve("source.db");
        Notes.fill(source, 1200);
    }

    private static JsonNode answer(int code, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--json");
        Run run = Run.of(all.toArray(String[]::new)).endsWith(code);
        assertThat(run.out().lines()).as(run.toString()).hasSize(1);
        assertThat(run.out()).doesNotContain(Postgres.PASSWORD);
        JsonNode answer = new JsonMapper().readTree(run.out());
        assertThat(answer.get("command").asString()).isEqualTo(args[0]);
        assertThat(answer.get("exit").asInt()).isEqualTo(code);
        assertThat(answer.has("error")).isEqualTo(code != Main.DONE);
        return answer;
    }

    private static List<String> keys(JsonNode node) {
        return node.propertyNames().stream().toList();
    }

    @Test
    void whatIsInAStore() {
        JsonNode info = answer(Main.DONE, "info", source);
        assertThat(keys(info))
                .containsExactly(
                        "command",
                        "exit",
                        "store",
                        "engine",
                        "up",
                        "latency_ms",
                        "details",
                        "collections",
                        "steps",
                        "followers",
                        "gone");
        assertThat(info.get("store").asString()).isEqualTo(source);
        assertThat(info.get("up").asBoolean()).isTrue();
        assertThat(info.get("details").get("catalogue_version").asString()).isEqualTo("6");
        JsonNode notes = info.get("collections").get(0);
        assertThat(keys(notes)).containsExactly("name", "revision", "documents", "definition");
        assertThat(notes.get("documents").asLong()).isEqualTo(1200);
        assertThat(notes.get("definition").get(0).asString()).isNotBlank();
    }

    @Test
    void whatWasCopiedWrittenAndCompared() {
        String target = "sqlite:" + directory.resolve("target.db");
        String file = directory.resolve("notes.zip").toString();
        JsonNode copied = answer(Main.DONE, "copy", source, target);
        assertThat(keys(copied)).containsExactly("command", "exit", "documents", "bytes", "collections");
        JsonNode notes = copied.get("collections").get(0);
        assertThat(keys(notes)).containsExactly("name", "revision", "documents", "bytes", "sha256");
        assertThat(notes.get("documents").asLong()).isEqualTo(1200);
        assertThat(notes.get("sha256").asString()).hasSize(64);
        for (String[] args : new String[][] {
            {"verify", source, target},
            {"export", source, file},
            {"verify", file},
            {"import", "--overwrite", target, file}
        }) {
            assertThat(answer(Main.DONE, args).get("collections")).isEqualTo(copied.get("collections"));
        }
    }

    @Test
    void whatADatabaseLacks() throws Exception {
        JsonNode whole = answer(Main.DONE, "migrations", source);
        assertThat(keys(whole)).containsExactly("command", "exit", "store", "up_to_date", "version");
        assertThat(whole.get("up_to_date").asBoolean()).isTrue();

        Path empty = Files.createFile(directory.resolve("empty.db"));
        JsonNode missing = answer(Main.REFUSED, "migrations", "sqlite:" + empty);
        assertThat(keys(missing)).containsExactly("command", "exit", "store", "up_to_date", "sql", "error", "advice");
        assertThat(missing.get("sql").asString())
                .startsWith("begin immediate;\n")
                .endsWith("commit;\n");
        answer(Main.DONE, "migrations", "--apply", "sqlite:" + empty);
    }

    @Test
    void filesThatWereWritten() {
        String file = directory.resolve("saved.db").toString();
        String target = "sqlite:" + directory.resolve("target.db");
        assertThat(keys(answer(Main.DONE, "backup", source, file))).containsExactly("command", "exit", "file", "store");
        JsonNode restored = answer(Main.DONE, "restore", file, target);
        assertThat(restored.get("file").asString()).isEqualTo(file);
        assertThat(restored.get("store").asString()).isEqualTo(target);
    }

    @Test
    void failuresAreAnswersToo() {
        String target = "sqlite:" + directory.resolve("target.db");
        Notes.put(target, "mine");
        JsonNode refused = answer(Main.REFUSED, "copy", source, target);
        assertThat(keys(refused)).containsExactly("command", "exit", "error", "advice");
        assertThat(refused.get("advice").asString()).contains("--overwrite");

        assertThat(answer(Main.REFUSED, "verify", source, target).get("error").asString())
                .contains("are not the same");
        assertThat(answer(Main.UNREACHABLE, "info", "postgres://app:pass-word@localhost:1/db")
                        .get("error")
                        .asString())
                .startsWith("postgres://app:***@localhost:1/db cannot be reached");
        assertThat(answer(Main.WRONG, "copy", source).get("error").asString()).contains("TARGET");
        assertThat(answer(Main.WRONG, "info", "--frobnicate", source)
                        .get("error")
                        .asString())
                .contains("--frobnicate");
    }
}
