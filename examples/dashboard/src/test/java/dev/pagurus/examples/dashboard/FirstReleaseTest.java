package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** This release on a database of the first one, on each store: it answers what that one answered. */
@ParameterizedClass
@EnumSource(TestStore.class)
@Timeout(120)
class FirstReleaseTest {

    private static final String NGINX = "9c0dea930a54679c939f451b5b33b2a3";
    private static final String POSTGRES = "297f4de974d422770e065fc797ce4d99";
    private static final String MEDIA = "01a21846-4356-7000-84a4-3ab4f647fe2e";

    /** The click that acknowledged two images. */
    private static final String CLICK = "01a21846-48f7-7000-bc8f-20920183cea6";

    private static final String MARKS = "select id, body from pagurus_steps";

    private final TestStore store;

    @TempDir
    private Path data;

    private FirstReleaseData first;

    FirstReleaseTest(TestStore store) {
        this.store = store;
    }

    @BeforeEach
    void make() throws Exception {
        first = FirstReleaseData.on(store, data);
    }

    @Test
    void everyAnswerIsWhatItWas() throws Exception {
        try (TestApp app = first.start()) {
            assertAnswers(app);
            assertThat(app.page("/images/" + NGINX)).contains("exited", "Built", "2026-11-20", "web front", "later");
            assertThat(app.page("/tags"))
                    .contains("chip neutral", "Media", "later")
                    .doesNotContain("grey");
            assertThat(app.page("/?state=acknowledged&host=pi")).contains("redis:7");
            assertThat(app.page("/?q=server+pi")).contains("immich-app/Immich-server:v1");
            assertThat(app.page("/?state=all&tag=" + MEDIA)).contains("immich-app/Immich-server:v1");
        }
        assertThat(first.rows("select id from details where id not in (select id from updates)"))
                .isEmpty();
        for (String table : List.of("images", "updates")) {
            assertThat(first.rows("select body from " + table))
                    .as(table)
                    .allSatisfy(body -> assertThat(body).contains("builtAt").doesNotContain("metadata", "\"created\""));
        }
        assertThat(first.rows("select body from tags")).noneMatch(body -> body.contains("GREY"));
    }

    /** Links, forms and scripts that began with the first release end with this one. */
    @Test
    void whatWasBegunGoesOn() throws Exception {
        try (TestApp app = first.start()) {
            assertThat(app.page("/?acknowledged=" + CLICK)).contains("2 updates are acknowledged.");
            assertThat(app.submit("/undo", "acknowledgement", CLICK)).contains("2 updates are open again.");

            String image = "/api/images/" + POSTGRES;
            String etag = "\"" + answers().get(image).get("version").longValue() + "\"";
            assertThat(app.call("GET", image, "", "If-None-Match", etag).statusCode())
                    .isEqualTo(304);
            assertThat(app.call("PATCH", image, "{\"state\":\"acknowledged\"}", "If-Match", etag)
                            .statusCode())
                    .isEqualTo(200);

            String tag = "/api/tags/" + MEDIA;
            String version = answers().get(tag).get("version").toString();
            app.submit("/tags/" + MEDIA, "name", "films", "colour", "grey", "version", version);
            assertThat(app.json(tag).get("colour").stringValue()).isEqualTo("neutral");

            Map<String, Object> known = Diun.fields("nas", "docker.io/library/nginx:1.27", 2);
            known.put("created", "2026-11-20T12:23:56.123456789Z");
            assertThat(app.announce(Diun.json(known)).get("outcome").stringValue())
                    .isEqualTo("known");

            assertThat(app.call("DELETE", "/api/images/" + NGINX, "").statusCode())
                    .isEqualTo(204);
            assertThat(first.rows("select id from details where image = '" + NGINX + "'"))
                    .isEmpty();
        }
    }

    @Test
    void startedAgainItChangesNothing() throws Exception {
        first.start().close();
        List<String> before = everything();
        try (TestApp app = first.start()) {
            assertAnswers(app);
        }
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void severalThatStartAtOnceShareTheWork() throws Exception {
        first.addUpdates(3_000);
        List<CompletableFuture<TestApp>> starting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            starting.add(CompletableFuture.supplyAsync(first::start, task -> new Thread(task).start()));
        }
        try {
            for (CompletableFuture<TestApp> one : starting) {
                assertAnswers(one.join());
            }
        } finally {
            starting.stream()
                    .filter(one -> !one.isCompletedExceptionally())
                    .forEach(one -> one.join().close());
        }
        assertThat(first.rows(MARKS)).hasSize(1).allMatch(mark -> mark.contains("done"));
        assertThat(first.rows("select count(*) from details where image = 'many'"))
                .containsExactly("3000");
        assertThat(first.rows("select count(*) from updates where body like '%metadata%'"))
                .containsExactly("0");
    }

    private List<String> everything() throws Exception {
        List<String> rows = new ArrayList<>(first.rows(MARKS));
        for (String table : List.of("images", "updates", "details", "tags")) {
            rows.addAll(first.rows("select id, version, created_at, body from " + table + " order by id"));
        }
        return rows;
    }

    /** The answers of the first release itself; but for the colour that it called grey. */
    private static JsonNode answers() throws Exception {
        return Diun.JSON.readTree(FirstReleaseData.read("release-1-answers.json")
                .replace("\"colour\":\"grey\"", "\"colour\":\"neutral\""));
    }

    static void assertAnswers(TestApp app) throws Exception {
        for (Map.Entry<String, JsonNode> answer : answers().properties()) {
            assertThat(app.json(answer.getKey())).as(answer.getKey()).isEqualTo(answer.getValue());
        }
    }
}
