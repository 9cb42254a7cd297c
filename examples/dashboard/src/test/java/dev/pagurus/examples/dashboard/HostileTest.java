package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What people and programs do that should not. */
@ParameterizedClass
@EnumSource(TestStore.class)
@Timeout(120)
class HostileTest {

    private static final String SCRIPT = "\"'><script>document.title='owned'</script><img src=x onerror=alert(1)>";

    private final TestStore store;
    private TestApp app;

    @TempDir
    private Path data;

    HostileTest(TestStore store) {
        this.store = store;
    }

    @BeforeEach
    void start() {
        app = store.start(data);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void withoutTheTokenNothingIsTaken() throws Exception {
        for (String header :
                List.of("let-me-i", "let-me-ix", "let-me-in2", "Bearer wrong", "Bearer ", "Basic bGV0LW1lLWlu", "é")) {
            HttpResponse<String> response = app.send(
                    app.request("/webhook").header("Authorization", header).POST(BodyPublishers.ofString(Diun.SAMPLE)));
            assertThat(response.statusCode()).as(header).isEqualTo(401);
            assertThat(response.body()).doesNotContain(TestApp.TOKEN);
        }
        assertThat(app.send(app.request("/webhook").POST(BodyPublishers.ofString(Diun.SAMPLE)))
                        .statusCode())
                .isEqualTo(401);
        assertThat(app.json("/api/images").get("items").size()).isZero();
        assertThat(app.send(app.request("/webhook")
                                .header("authorization", "Bearer " + TestApp.TOKEN)
                                .POST(BodyPublishers.ofString(Diun.SAMPLE)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWithAndWithoutItsLength() throws Exception {
        byte[] large = Diun.json(Map.of("hostname", "x".repeat(100_000))).getBytes(StandardCharsets.UTF_8);

        assertThat(app.send(app.webhook("").POST(BodyPublishers.ofByteArray(large)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(app.send(app.webhook("").POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large))))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyThatIsNotDiunsIsRefusedAndTheFieldNamed() throws Exception {
        refused("", "must be a JSON object");
        refused("{\"hostname\": ", "not JSON");
        refused("[]", "must be a JSON object");
        refused("null", "must be a JSON object");
        refused("[".repeat(20_000), "not JSON");
        for (String field : List.of("hostname", "image", "status", "provider", "digest")) {
            refusedWith(field, null, "'" + field + "' is missing");
            refusedWith(field, 7, "'" + field + "' must be a text");
            refusedWith(field, List.of("a"), "'" + field + "' must be a text");
            refusedWith(field, "x".repeat(600), "'" + field + "' is longer");
            refusedWith(field, "a\u0000b", "'" + field + "' has characters that are not text");
        }
        refused(Diun.update("nas", "nginx", 1).replace("\"nas\"", "\"\\ud800\""), "'hostname' has characters");
        refusedWith("digest", "latest", "'digest' must be a digest");
        refusedWith("created", "yesterday", "'created' must be a time");
        refusedWith("created", 1_700_000_000, "'created' must be a text");
        refusedWith("metadata", "x", "'metadata' must be an object");
        assertThat(app.json("/api/images").get("items").size()).isZero();
    }

    @Test
    void whatDiunDoesNotKnowOrAddsLaterIsTaken() throws Exception {
        Map<String, Object> fields = Diun.fields("nas", "nginx", 1);
        fields.put("created", "0001-01-01T00:00:00Z");
        fields.put("hub_link", "");
        fields.put("platform", null);
        fields.remove("mime_type");
        fields.put("added_later", Map.of("a", List.of(1, 2)));
        fields.put("metadata", Map.of("ctn_command", "sh -c 'a\nb'", "number", 7, "long", "x".repeat(5000)));

        String id = app.announce(Diun.json(fields)).get("image").stringValue();

        JsonNode newest = app.json("/api/images/" + id).get("newest");
        assertThat(newest.get("created").isNull()).isTrue();
        assertThat(newest.get("metadata").get("number").stringValue()).isEqualTo("7");
        assertThat(newest.get("metadata").get("ctn_command").stringValue()).isEqualTo("sh -c 'a b'");
        assertThat(newest.get("metadata").get("long").stringValue()).hasSize(1000);
        assertThat(app.page("/images/" + id)).contains("nginx");
    }

    @Test
    void scriptInAnyFieldIsShownAndNotRun() throws Exception {
        Map<String, Object> fields = Diun.fields("nas", "nginx", 1);
        for (String field : List.of("hostname", "image", "provider", "diun_version", "platform", "mime_type")) {
            fields.put(field, SCRIPT.substring(0, Math.min(SCRIPT.length(), 60)));
        }
        fields.put("status", "<script>alert(1)</script>");
        fields.put("hub_link", "javascript:alert(1)");
        fields.put("metadata", Map.of(SCRIPT, SCRIPT));
        String id = app.announce(Diun.json(fields)).get("image").stringValue();
        String tag = app.createTag("<script>x</script>", "red");
        app.submit("/images/" + id + "/tags", "tag", tag);

        for (String path : List.of(
                "/",
                "/images/" + id,
                "/tags",
                "/?q=%3Cscript%3E&host=%22%3E%3Cscript%3E",
                "/?state=all&q=%22%20autofocus%20onfocus=alert(1)",
                "/tags?done=%3Cscript%3E")) {
            String page = app.page(path);
            assertThat(page).as(path).doesNotContain("<script>", "<img src=x", "javascript:", "\" autofocus");
        }
        assertThat(app.send(app.request("/?state=%3Cscript%3E")).body()).doesNotContain("<script>");
        assertThat(app.send(app.request("/images/%3Cscript%3E")).body()).doesNotContain("<script>");
    }

    @Test
    void everyAnswerTellsBrowsersToRunNothingButOurOwn() throws Exception {
        for (String path : List.of("/", "/tags", "/healthz", "/nothing", "/api/images", "/api/nothing", "/live")) {
            HttpResponse<String> response = app.send(app.request(path));
            assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(response.headers().firstValue("Server")).isEmpty();
        }
    }

    @Test
    void otherSitesCannotWriteThroughSomebodysBrowser() throws Exception {
        String id = app.announce("nas", "nginx", 1);
        String seen = TestApp.seen(app.page("/"));
        String form = "one=" + id + "&seen=" + seen;

        for (String[] foreign : new String[][] {
            {"Origin", "https://evil.example"},
            {"Origin", "null"},
            {"Sec-Fetch-Site", "cross-site"},
            {"Sec-Fetch-Site", "same-site"}
        }) {
            HttpResponse<String> response = app.send(app.request("/acknowledge")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header(foreign[0], foreign[1])
                    .POST(BodyPublishers.ofString(form)));
            assertThat(response.statusCode()).as(foreign[1]).isEqualTo(403);
            assertThat(app.call("DELETE", "/api/images/" + id, "", foreign).statusCode())
                    .isEqualTo(403);
        }
        assertThat(app.json("/api/images/" + id).get("state").stringValue()).isEqualTo("open");
        assertThat(app.call("PATCH", "/api/images/" + id, "", "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void behindAProxyThatHidesTheHostTheDashboardKnowsItsOwnAddress() throws Exception {
        app.close();
        app = store.start(data.resolve("proxied"), "PUBLIC_URL", "https://updates.example.org/");
        String own = "https://updates.example.org";

        assertThat(app.call("POST", "/api/tags", "{\"name\": \"web\"}", "Origin", own)
                        .statusCode())
                .isEqualTo(201);
        assertThat(app.call("POST", "/api/tags", "{\"name\": \"net\"}", "Origin", own + ".evil.example")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aForgedFormChangesNothing() throws Exception {
        String id = app.announce("nas", "nginx", 1);

        assertThat(app.post("/acknowledge", "one", id).statusCode()).isEqualTo(400);
        assertThat(app.post("/acknowledge", "one", id, "seen", "soon").statusCode())
                .isEqualTo(400);
        assertThat(app.post("/acknowledge?state=x", "all", "1", "seen", "1").statusCode())
                .isEqualTo(400);
        assertThat(app.post("/acknowledge?image=//evil.example", "one", id, "seen", "1")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow())
                .startsWith("/images/%2F%2Fevil.example");
        assertThat(app.post("/tags/none", "name", "x", "colour", "red", "version", "1")
                        .statusCode())
                .isEqualTo(412);
        assertThat(app.post("/images/none/tags", "tag", "none").statusCode()).isEqualTo(400);
        assertThat(app.json("/api/images/" + id).get("state").stringValue()).isEqualTo("open");
    }

    @Test
    void withAPasswordOnlyWhoKnowsItSeesAnything() throws Exception {
        app.close();
        app = store.start(data.resolve("guarded"), "DASHBOARD_PASSWORD", "sesame", "DASHBOARD_USER", "ann");

        for (String path : List.of("/", "/tags", "/api/images", "/live", "/assets/app.css")) {
            assertThat(app.send(app.request(path)).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(app.send(app.request("/").header("Authorization", basic("ann:wrong")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(app.send(app.request("/").header("Authorization", "Basic %%%"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(app.send(app.request("/").header("Authorization", basic("ann:sesame")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(app.send(app.request("/healthz")).statusCode()).isEqualTo(200);
        app.announce(Diun.SAMPLE);
    }

    @Test
    void fiveHundredAtOnceAreAllAnsweredAndNoneIsLost() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            // Many images, many updates of few images, and many times the same.
            String body = i % 5 == 0
                    ? Diun.update("busy", "docker.io/library/nginx:1", i)
                    : i % 5 == 1 ? Diun.SAMPLE : Diun.update("host" + i % 7, "docker.io/library/app" + i + ":1", i);
            answers.add(app.client().sendAsync(app.webhook(body).build(), BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.join().statusCode()).as(answer.join().body()).isEqualTo(200);
        }
        JsonNode all = app.json("/api/images?limit=500");
        assertThat(all.get("items").size()).isEqualTo(302);
        for (JsonNode image : all.get("items")) {
            int updates = app.json("/api/images/" + image.get("id").stringValue() + "/updates?limit=500")
                    .get("items")
                    .size();
            assertThat(updates).isEqualTo(image.get("host").stringValue().equals("busy") ? 100 : 1);
        }
    }

    private void refused(String body, String reason) throws Exception {
        HttpResponse<String> response = app.send(app.webhook(body));
        assertThat(response.statusCode()).as(reason).isEqualTo(400);
        assertThat(Diun.JSON.readTree(response.body()).get("error").stringValue())
                .contains(reason);
    }

    private void refusedWith(String field, @Nullable Object value, String reason) throws Exception {
        Map<String, Object> fields = Diun.fields("nas", "nginx", 1);
        fields.put(field, value);
        refused(Diun.json(fields), reason);
    }

    private static String basic(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
