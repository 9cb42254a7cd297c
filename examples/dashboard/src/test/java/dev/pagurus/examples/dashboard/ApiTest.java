package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What scripts and open pages ask for, on each store alike. */
class ApiTest extends OnEachStore {

    ApiTest(TestStore store) {
        super(store);
    }

    @Test
    void whoSendsIfMatchOverwritesNobody() throws Exception {
        String id = app.announce("nas", NGINX, 1);
        String path = "/api/images/" + id;
        String etag = app.etag(path);
        assertThat(app.call("GET", path, "", "If-None-Match", etag).statusCode())
                .isEqualTo(304);

        HttpResponse<String> changed = app.call("PATCH", path, "{\"state\": \"acknowledged\"}", "If-Match", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).isPresent().isNotEqualTo(Optional.of(etag));
        assertThat(app.call("PATCH", path, "{\"state\": \"open\"}", "If-Match", etag)
                        .statusCode())
                .isEqualTo(412);
        assertThat(app.state(id)).isEqualTo("acknowledged");
        assertThat(app.call("PATCH", path, "{\"state\": \"open\"}", "If-Match", "*")
                        .statusCode())
                .isEqualTo(200);
        assertThat(app.call("PATCH", path, "{\"state\": \"open\"}").statusCode())
                .isEqualTo(200);
        assertThat(app.call("PATCH", path, "{\"state\": \"open\"}", "If-Match", "W/\"1\"")
                        .statusCode())
                .isEqualTo(400);
        assertThat(app.call("PATCH", "/api/images/none", "{\"state\": \"open\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theApiDoesWhatThePagesDo() throws Exception {
        String id = app.announce("nas", NGINX, 1);
        String tag = app.createTag("web", "blue");

        assertThat(app.call("PATCH", "/api/images/" + id, Diun.json(Map.of("tags", List.of(tag))))
                        .statusCode())
                .isEqualTo(200);
        assertThat(app.json("/api/images?tag=" + tag + "&state=open&host=nas&q=ngin")
                        .get("items")
                        .size())
                .isEqualTo(1);
        assertThat(app.json("/api/images").get("counts").get("open").intValue()).isEqualTo(1);
        assertThat(app.json("/api/tags").get("items").get(0).get("images").intValue())
                .isEqualTo(1);

        String etag = app.etag("/api/tags/" + tag);
        HttpResponse<String> renamed = app.call("PUT", "/api/tags/" + tag, "{\"name\": \"front\"}", "If-Match", etag);
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(app.call("DELETE", "/api/tags/" + tag, "", "If-Match", etag).statusCode())
                .isEqualTo(412);
        assertThat(app.call("DELETE", "/api/tags/" + tag, "").statusCode()).isEqualTo(204);
        assertThat(app.call("DELETE", "/api/tags/" + tag, "").statusCode()).isEqualTo(404);
        assertThat(app.call("DELETE", "/api/images/" + id, "").statusCode()).isEqualTo(204);
        assertThat(app.json("/api/images").get("items").size()).isZero();
    }

    @Test
    void theApiSaysWhatIsWrong() throws Exception {
        String path = "/api/images/" + app.announce("nas", NGINX, 1);

        assertThat(app.call("PATCH", path, "{\"state\": \"closed\"}").body()).contains("'state' must be");
        assertThat(app.call("PATCH", path, "{\"stat\": \"open\"}").body()).contains("unknown name");
        assertThat(app.call("PATCH", path, "{\"tags\": \"a\"}").body()).contains("'tags' must be a list");
        assertThat(app.call("PATCH", path, "{\"tags\": [\"none\"]}").body()).contains("no such tag");
        assertThat(app.send(app.request("/api/images?after=nonsense")).statusCode())
                .isEqualTo(400);
        assertThat(app.send(app.request("/api/images?limit=0")).statusCode()).isEqualTo(400);
        assertThat(app.send(app.request("/api/nothing")).body()).contains("\"error\"");
        assertThat(app.call("PUT", path, "{}").statusCode()).isEqualTo(405);
        assertThat(app.send(app.request("/?after=nonsense")).body()).contains("That did not work");
    }

    @Test
    void anOpenPageIsToldOfAChange() throws Exception {
        HttpResponse<InputStream> line = app.client()
                .send(app.request("/live").header("Accept", "text/event-stream").build(), BodyHandlers.ofInputStream());
        assertThat(line.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        try (BufferedReader events = new BufferedReader(new InputStreamReader(line.body(), StandardCharsets.UTF_8))) {
            assertThat(next(events)).isEqualTo("event: hello");
            app.announce("nas", NGINX, 1);
            assertThat(next(events)).isEqualTo("event: changed");
            app.createTag("web", "blue");
            assertThat(next(events)).isEqualTo("event: changed");
        }
    }

    @Test
    void itIsHealthyAndSaysSo() throws Exception {
        JsonNode health = app.json("/healthz");

        assertThat(health.get("up").booleanValue()).isTrue();
        assertThat(health.get("engine").stringValue()).containsPattern("SQLite|PostgreSQL");
    }

    private static String next(BufferedReader events) throws Exception {
        while (true) {
            String line = events.readLine();
            if (line == null || line.startsWith("event:")) {
                return String.valueOf(line);
            }
        }
    }
}
