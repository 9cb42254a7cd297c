package dev.pagurus.examples.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

class LiveTest {

    /** The answer has begun when a page joins, so that stopping may come between. */
    @RepeatedTest(20)
    void aPageThatComesWhileItStopsIsNotKept() throws Exception {
        Store store = Stores.open("sqlite::memory:");
        Live live = new Live(new Dashboard(store, Clock.systemUTC()).changes());
        Javalin server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.http.asyncTimeout = 0;
                    config.routes.sse("/live", client -> {
                        live.close();
                        live.join(client);
                    });
                })
                .start(0);
        try {
            HttpResponse<String> ended = HttpClient.newHttpClient()
                    .sendAsync(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/live"))
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            BodyHandlers.ofString())
                    .get(10, TimeUnit.SECONDS);
            assertThat(ended.body()).isEmpty();
        } finally {
            server.stop();
            store.close();
        }
    }
}
