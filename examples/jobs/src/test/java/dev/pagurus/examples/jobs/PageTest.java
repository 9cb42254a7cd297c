package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.examples.jobs.Job.State;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, as a browser asks for it. */
@SuppressWarnings("NullAway.Init") // set before each test
class PageTest {

    private static final String SECRET = "hunter22";

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();
    private Store store;
    private Jobs jobs;
    private Page page;

    @BeforeEach
    void start() throws IOException {
        store = Stores.open(TestStore.SQLITE.url(directory));
        jobs = new Jobs(store);
        page = Page.start(jobs, 0);
    }

    @AfterEach
    void stop() {
        page.close();
        store.close();
    }

    private String dead(String kind, String error) {
        String id = jobs.enqueue(
                NewJob.ofJson(kind, "{\"password\":\"" + SECRET + "\"}").maxAttempts(1));
        Taken taken = jobs.take(Set.of(kind), 1, Duration.ofMinutes(1), "me").get(0);
        taken.end(taken.job().failed(error, Instant.now(), Instant.now()));
        return id;
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(page.address())).build(), BodyHandlers.ofString());
    }

    private int post(String token, String action, String of) throws IOException, InterruptedException {
        String form = "token=" + token + "&do=" + action + "&of=" + URLEncoder.encode(of, StandardCharsets.UTF_8);
        return client.send(
                        HttpRequest.newBuilder(URI.create(page.address()))
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private String token() throws IOException, InterruptedException {
        Matcher matcher = Pattern.compile("name=token value=\"([^\"]+)\"").matcher(get().body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void whatItShowsIsEscapedAndNoPayload() throws Exception {
        String id = dead("<script>k</script>", "<img src=x onerror=alert(1)> \"'&");
        jobs.enqueue(NewJob.ofJson("late", "{}").due(Instant.parse("2026-01-01T00:00:00Z")));
        jobs.pause("\"><b>paused");

        HttpResponse<String> response = get();
        assertThat(response.body())
                .contains("&lt;script&gt;k&lt;/script&gt;")
                .contains("&lt;img src=x onerror=alert(1)&gt; &quot;&#39;&amp;")
                .contains("&quot;&gt;&lt;b&gt;paused")
                .contains(id)
                .contains("no worker of its kind")
                .doesNotContain("<script", "<img", "<b>", SECRET);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
    }

    @Test
    void itsButtonsNeedItsToken() throws Exception {
        String id = dead("mail", "no paper");
        for (String token : new String[] {"", "x", "%zz"}) {
            assertThat(post(token, "retry", id)).isEqualTo(403);
        }
        assertThat(jobs.get(id).orElseThrow().state()).isEqualTo(State.DEAD);
        String token = token();
        assertThat(post(token, "explode", id)).isEqualTo(400);
        assertThat(post(token, "retry", id)).isEqualTo(303);
        assertThat(jobs.get(id).orElseThrow().state()).isEqualTo(State.WAITING);
        assertThat(post(token, "cancel", id)).isEqualTo(303);
        assertThat(jobs.get(id).orElseThrow().state()).isEqualTo(State.CANCELLED);
        jobs.pause("mail");
        assertThat(post(token, "resume", "mail")).isEqualTo(303);
        assertThat(jobs.overview().paused()).isEmpty();
    }

    @Test
    void itAnswersToThisMachineOnly() throws Exception {
        URI address = URI.create(page.address());
        for (String host : new String[] {"evil.example", "localhost.evil.example", "localhost@evil.example"}) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
                socket.getOutputStream()
                        .write(("GET / HTTP/1.0\r\nHost: " + host + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(answer).contains(" 403 ").doesNotContain("token");
            }
        }
    }
}
