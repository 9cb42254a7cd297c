package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A running dashboard and a client of it. */
final class TestApp implements AutoCloseable {

    static final String TOKEN = "let-me-in";

    private final Application application;
    private final HttpClient client = HttpClient.newHttpClient();

    private TestApp(Application application) {
        this.application = application;
    }

    /** Starts one with the environment that a user would set; more of it in pairs. */
    static TestApp start(Path data, String... more) {
        return start(environment(data, more));
    }

    /** Starts one with this environment. */
    static TestApp start(Map<String, String> environment) {
        return new TestApp(Application.start(Settings.of(environment)));
    }

    static Map<String, String> environment(Path data, String... more) {
        Map<String, String> environment = new HashMap<>(
                Map.of("WEBHOOK_TOKEN", TOKEN, "PORT", "0", "DATA_DIR", data.toString(), "DATABASE_WAIT", "0s"));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    String address() {
        return "http://localhost:" + application.port();
    }

    HttpClient client() {
        return client;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address() + path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpRequest.Builder webhook(String body) {
        return request("/webhook").header("Authorization", TOKEN).POST(BodyPublishers.ofString(body));
    }

    /** Announces, and expects that it is taken. */
    JsonNode announce(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = send(webhook(body));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Diun.JSON.readTree(response.body());
    }

    /** Announces, and returns the image's id. */
    String announce(String host, String image, int number) throws IOException, InterruptedException {
        return announce(Diun.update(host, image, number)).get("image").stringValue();
    }

    String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path));
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    /** Sends a form as a browser does from our own page, and returns the page that it leads to. */
    String submit(String path, String... fields) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, fields);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(303);
        return page(response.headers().firstValue("Location").orElseThrow());
    }

    HttpResponse<String> post(String path, String... fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(form.isEmpty() ? "" : "&")
                    .append(fields[i])
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", address())
                .POST(BodyPublishers.ofString(form.toString())));
    }

    JsonNode json(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = send(request(path));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return Diun.JSON.readTree(response.body());
    }

    /** Calls the API with a body; headers in pairs. */
    HttpResponse<String> call(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    String etag(String path) throws IOException, InterruptedException {
        return send(request(path)).headers().firstValue("ETag").orElseThrow();
    }

    String state(String id) throws IOException, InterruptedException {
        return json("/api/images/" + id).get("state").stringValue();
    }

    /** The digests of an image's history. */
    Set<String> updates(String id) throws IOException, InterruptedException {
        Set<String> digests = new TreeSet<>();
        for (JsonNode update : json("/api/images/" + id + "/updates").get("items")) {
            digests.add(update.get("announcement").get("digest").stringValue());
        }
        return digests;
    }

    String createTag(String name, String colour) throws IOException, InterruptedException {
        HttpResponse<String> response = call("POST", "/api/tags", Diun.json(Map.of("name", name, "colour", colour)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Diun.JSON.readTree(response.body()).get("id").stringValue();
    }

    /** The ids of the images that a list shows, in its order. */
    static List<String> ids(String page) {
        return found(page, "<li id=\"i([0-9a-f]{32})\"");
    }

    /** What a page says it knows, for its forms. */
    static String seen(String page) {
        return found(page, "name=\"seen\" value=\"([0-9]+)\"").get(0);
    }

    /** The attribute of the one element that the pattern finds, as a browser would read it. */
    static String link(String page, String pattern) {
        return found(page, pattern).get(0).replace("&amp;", "&");
    }

    static List<String> found(String page, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        return matcher.results().map(result -> result.group(1)).collect(Collectors.toList());
    }

    @Override
    public void close() {
        application.close();
    }
}
