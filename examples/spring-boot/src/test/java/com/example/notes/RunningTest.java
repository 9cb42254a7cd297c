package com.example.notes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.example.notes.Http.Answer;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.Stores;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The application from its start to its end, which are told what they need by the command line. */
class RunningTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void aRequestUnderWayEndsOnSqlite() throws Exception {
        aRequestUnderWayEnds("sqlite:" + folder.resolve("notes.db"));
    }

    @Test
    void aRequestUnderWayEndsOnPostgres() throws Exception {
        aRequestUnderWayEnds(Postgres.emptyDatabase());
    }

    /** When the application is told to stop, it takes no more requests, ends those it has, and only then closes the store. */
    private static void aRequestUnderWayEnds(String url) throws Exception {
        ConfigurableApplicationContext application = start(url);
        Store store = application.getBean(Store.class);
        byte[] note = "{\"title\": \"stop\", \"due\": \"2026-12-01T08:00:00Z\", \"done\": false}".getBytes(UTF_8);
        try (Socket client = new Socket("localhost", port(application))) {
            client.getOutputStream()
                    .write(("POST /notes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + note.length + "\r\n\r\n")
                            .getBytes(UTF_8));
            await().atMost(PATIENCE).until(() -> requestsUnderWay(application) == 1);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(application::close);
            await().atMost(PATIENCE).until(() -> refuses(port(application)));

            assertThat(stopping).isNotDone();
            client.getOutputStream().write(note);
            assertThat(new String(client.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 201");
            stopping.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        assertThatThrownBy(store::health).isInstanceOf(StoreClosedException.class);
        try (Store again = Stores.open(url)) {
            assertThat(again.collection(Notes.NOTES).query().count()).isEqualTo(1);
        }
    }

    @Test
    void aDatabaseThatIsGoneIsShown() throws IOException {
        Path file = folder.resolve("notes.db");
        try (ConfigurableApplicationContext application = start("sqlite:" + file)) {
            Files.delete(file);
            Answer health = new Http(port(application)).get("/actuator/health");

            assertThat(health.status()).isEqualTo(503);
            assertThat(health.<String>read("$.components.store.details.problem"))
                    .contains("notes.db");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://app:s3cr3t@localhost:1/notes",
                "postgres://app:s3cr3t@localhost/notes?time=10s",
                "postgre://app:s3cr3t@localhost/notes",
                "postgres//app:s3cr3t@localhost/notes"
            })
    @ExtendWith(OutputCaptureExtension.class)
    void aStartThatFailsShowsNoPassword(String url, CapturedOutput output) {
        StringWriter thrown = new StringWriter();
        catchThrowable(() -> start(url)).printStackTrace(new PrintWriter(thrown));

        assertThat(thrown.toString()).contains("dev.pagurus.store.").doesNotContain("s3cr3t");
        assertThat(output.getAll()).contains("Application").doesNotContain("s3cr3t");
    }

    @Test
    void noPageShowsThePassword() {
        String url = Postgres.emptyDatabase();
        try (ConfigurableApplicationContext application =
                start(url, "--pagurus.password=s3cr3t", "--management.endpoints.web.exposure.include=*")) {
            Http http = new Http(port(application));

            assertThat(http.get("/actuator/env").body()).contains("pagurus.password");
            for (String page : List.of("beans", "configprops", "env", "health", "mappings", "metrics")) {
                Answer shown = http.get("/actuator/" + page);
                assertThat(shown.status()).as(page).isEqualTo(200);
                assertThat(shown.body()).as(page).doesNotContain("s3cr3t");
            }
        }
    }

    private static ConfigurableApplicationContext start(String url, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--pagurus.url=" + url));
        arguments.addAll(List.of(more));
        return SpringApplication.run(NotesApplication.class, arguments.toArray(String[]::new));
    }

    private static int port(ConfigurableApplicationContext application) {
        return application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    private static int requestsUnderWay(ConfigurableApplicationContext application) {
        return application.getBean(MeterRegistry.class).find("http.server.requests.active").longTaskTimers().stream()
                .mapToInt(LongTaskTimer::activeTasks)
                .sum();
    }

    private static boolean refuses(int port) throws IOException {
        try (Socket probe = new Socket("localhost", port)) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }
}
