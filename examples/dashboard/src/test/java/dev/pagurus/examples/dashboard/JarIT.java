package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The one jar, in a JVM of its own, as users run it: how it starts, stops and dies. */
@Timeout(180)
class JarIT {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Jar jar;

    JarIT(@TempDir Path directory) {
        this.jar = new Jar(directory);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void whatWasAnsweredSurvivesAKill(TestStore store) throws Exception {
        Map<String, String> environment = new HashMap<>();
        if (store == TestStore.POSTGRES) {
            environment.put("DATABASE_URL", Postgres.newDatabase());
        }
        Process first = jar.start(environment);
        String address = jar.awaitAddress(first);
        Queue<Integer> answered = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int sender = 0; sender < 8; sender++) {
            int from = sender * 10_000;
            senders.add(CompletableFuture.runAsync(() -> sendUntilItDies(address, from, answered)));
        }
        while (answered.size() < 100) {
            Thread.sleep(20);
        }
        first.destroyForcibly().waitFor(); // SIGKILL, while others are under way
        senders.forEach(CompletableFuture::join);

        String again = jar.awaitAddress(jar.start(environment));

        List<Integer> kept = new ArrayList<>();
        @Nullable String cursor = "";
        while (cursor != null) {
            JsonNode page = Diun.JSON.readTree(
                    get(again + "/api/images?limit=500" + cursor).body());
            for (JsonNode image : page.get("items")) {
                String digest = image.get("newest").get("digest").stringValue();
                kept.add(Integer.parseInt(digest.substring("sha256:".length()), 16));
                String id = image.get("id").stringValue();
                assertThat(get(again + "/api/images/" + id + "/updates").body()).contains(digest);
            }
            cursor = page.get("next").isNull()
                    ? null
                    : "&after=" + page.get("next").stringValue();
        }
        assertThat(kept).containsAll(answered).doesNotHaveDuplicates();
    }

    @Test
    void itStopsWhenItIsToldTo() throws Exception {
        Process process = jar.start(Map.of());
        String address = jar.awaitAddress(process);
        List<CompletableFuture<HttpResponse<String>>> underWay = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            underWay.add(client.sendAsync(webhook(address, i), BodyHandlers.ofString()));
        }
        underWay.get(0).join();
        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 15);
        assertThat(jar.log(process)).contains("Stopped").doesNotContain("ERROR", "Exception", TestApp.TOKEN);
        for (CompletableFuture<HttpResponse<String>> answer : underWay) {
            // Answered as it should, or not taken any more; never half done.
            answer.handle((response, failure) -> failure != null ? 200 : response.statusCode())
                    .thenAccept(status -> assertThat(status).isIn(200, 503))
                    .join();
        }
    }

    @Test
    void anOpenPageDoesNotKeepItFromStopping() throws Exception {
        Process process = jar.start(Map.of());
        String address = jar.awaitAddress(process);
        HttpResponse<InputStream> line = client.send(
                HttpRequest.newBuilder(URI.create(address + "/live"))
                        .header("Accept", "text/event-stream")
                        .build(),
                BodyHandlers.ofInputStream());
        assertThat(line.statusCode()).isEqualTo(200);
        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(jar.log(process)).contains("Stopped");
    }

    @Test
    void itSaysWhyItDoesNotStart() throws Exception {
        Process tokenless = jar.start(Map.of("WEBHOOK_TOKEN", ""));
        assertThat(tokenless.waitFor()).isEqualTo(2);
        assertThat(jar.log(tokenless)).contains("WEBHOOK_TOKEN is not set").doesNotContain("\tat ");

        Process unreachable =
                jar.start(Map.of("DATABASE_URL", "postgres://me:pass-word@localhost:1/db", "DATABASE_WAIT", "2s"));
        assertThat(unreachable.waitFor()).isEqualTo(3);
        assertThat(jar.log(unreachable))
                .contains("Waiting up to 2 s for the database", "The dashboard does not start", "localhost:1")
                .doesNotContain("pass-word", "\tat ");

        Process process = jar.start(Map.of());
        String address = jar.awaitAddress(process);
        client.send(webhook(address, 1), BodyHandlers.ofString());
        String port = address.substring(address.lastIndexOf(':') + 1);
        Process second = jar.start(Map.of("PORT", port));
        assertThat(second.waitFor()).isEqualTo(5);
        assertThat(jar.log(second)).contains(port).doesNotContain("\tat ");

        Process forgetful = jar.start(Map.of("DATABASE_URL", Postgres.newDatabase()));
        assertThat(forgetful.waitFor()).isEqualTo(4);
        assertThat(jar.log(forgetful)).contains("START_EMPTY=true").doesNotContain("\tat ");
    }

    private void sendUntilItDies(String address, int from, Queue<Integer> answered) {
        for (int number = from; ; number++) {
            try {
                if (client.send(webhook(address, number), BodyHandlers.ofString())
                                .statusCode()
                        == 200) {
                    answered.add(number);
                }
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static HttpRequest webhook(String address, int number) {
        return HttpRequest.newBuilder(URI.create(address + "/webhook"))
                .header("Authorization", TestApp.TOKEN)
                .POST(BodyPublishers.ofString(Diun.update("nas", "docker.io/library/app" + number + ":1", number)))
                .build();
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}
