package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collections that operators rename and drop, and the steps that they see. */
@Timeout(120)
class CollectionsTest {

    /** More than a batch of a step. */
    private static final int DOCUMENTS = 501;

    @TempDir
    private Path directory;

    private String url = "";

    @BeforeEach
    void fill() {
        url = "sqlite:" + directory.resolve("notes.db");
        Notes.fill(url, DOCUMENTS);
    }

    private static JsonNode answer(Run run) {
        return new JsonMapper().readTree(run.out());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCollectionIsDroppedByWhoIsSure(boolean server) {
        String store = server ? Postgres.newStore() : url;
        Notes.fill(store, DOCUMENTS);
        Run.of("drop", store, "notes")
                .endsWith(Main.REFUSED)
                .says("'notes'", "501 documents", "Nothing was changed", "--yes");
        assertThat(Notes.count(store)).isEqualTo(DOCUMENTS);
        assertThat(Run.done("drop", "--yes", store, "notes").out()).contains("'notes'", "501 documents");
        Run.of("drop", "--yes", store, "notes").endsWith(Main.REFUSED).says("no collection 'notes'", "pagurus info");
        assertThat(Run.done("info", store).out())
                .doesNotContain("notes:")
                .containsPattern("notes, of revision 1, was dropped at 2[0-9-]+T");
        JsonNode gone = answer(Run.done("info", "--json", store)).get("gone").get(0);
        assertThat(gone.propertyNames()).containsExactly("name", "at", "revision", "renamed_to");
        assertThatThrownBy(() -> Notes.count(store))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("dropped");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itIsShownHowFarFollowersHaveCome(boolean server) {
        String store = server ? Postgres.newStore() : url;
        Notes.fill(store, DOCUMENTS);
        assertThat(Run.done("info", store).out()).doesNotContain("followers");
        Schema<String> jots =
                Schema.of("jots", Codec.of(text -> text, text -> text)).changes(Duration.ofDays(7));
        try (Store opened = Stores.open(store)) {
            opened.collection(jots).put("a", "{}");
            opened.follow(
                    "mailer",
                    opened.changes(jots),
                    (tx, changes) -> tx.afterCommit(() -> Thread.currentThread().interrupt()));
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Run.done("info", store).out())
                    .contains("changes PT168H")
                    .containsPattern("mailer of jots: at the end, took in the last changes at 2[0-9-]+T")
                    .doesNotContain("pagurus_followers");
            opened.collection(jots).put("b", "{}");
        }
        JsonNode follower =
                answer(Run.done("info", "--json", store)).get("followers").get(0);
        assertThat(follower.propertyNames()).containsExactly("name", "collections", "at", "behind_since", "lost");
        assertThat(follower.get("behind_since").stringValue()).startsWith("2");
        assertThat(follower.get("lost").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCollectionIsRenamedAndRenamedBack(boolean server) {
        String store = server ? Postgres.newStore() : url;
        Notes.fill(store, DOCUMENTS);
        Run.done("rename", store, "notes", "kept");
        assertThat(Run.done("info", store).out())
                .contains("kept: 501 documents")
                .containsPattern("notes, of revision 1, was renamed to kept at 2[0-9-]+T")
                .doesNotContain("notes: ");
        Run.of("rename", store, "notes", "kept").endsWith(Main.REFUSED).says("no collection 'notes'");
        Run.of("rename", store, "kept", "pagurus_x").endsWith(Main.WRONG).says("not allowed", "Choose another name");
        Run.of("rename", store, "kept", "kept").endsWith(Main.REFUSED).says("already", "Choose another name");
        Run.done("rename", store, "kept", "notes");
        assertThat(Notes.count(store)).isEqualTo(DOCUMENTS);
    }

    @Test
    void answersAreForScriptsToo() {
        JsonNode renamed = answer(Run.done("rename", "--json", url, "notes", "kept"));
        assertThat(renamed.propertyNames()).containsExactly("command", "exit", "store", "collection", "was");
        assertThat(renamed.get("was").asString()).isEqualTo("notes");
        JsonNode refused = answer(Run.of("drop", "--json", url, "kept").endsWith(Main.REFUSED));
        assertThat(refused.get("advice").asString()).startsWith("Add --yes");
        JsonNode dropped = answer(Run.done("drop", "--json", "--yes", url, "kept"));
        assertThat(dropped.propertyNames()).containsExactly("command", "exit", "store", "collection", "documents");
        assertThat(dropped.get("documents").asLong()).isEqualTo(DOCUMENTS);
    }

    @Test
    void stepsAreShownAsFarAsTheyAre() {
        assertThat(Run.done("info", url).out()).doesNotContain("steps");
        try (Store store = Stores.open(url)) {
            store.step("2026-11 first", tx -> {});
            assertThatThrownBy(() -> store.step("2026-11 half\nway", Notes.SCHEMA, (tx, batch) -> {
                        if (batch.size() == 1) {
                            throw new IllegalArgumentException("broken off by the test");
                        }
                    }))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Run.done("info", url).out())
                .containsPattern("2026-11 first: done at 2[0-9-]+T")
                .containsPattern("2026-11 half\\?way: under way at .*, over notes, 500 documents, last n000499");
        JsonNode steps = answer(Run.done("info", "--json", url)).get("steps");
        assertThat(List.of(
                        steps.get(0).get("done").asBoolean(),
                        steps.get(1).get("done").asBoolean()))
                .containsExactly(true, false);
        assertThat(steps.get(1).get("place").asString()).isEqualTo("n000499");
        assertThat(steps.get(0).get("collection").isNull()).isTrue();
        Run.of("drop", "--yes", url, "notes").endsWith(Main.REFUSED).says("half", "Nothing was changed");
    }
}
