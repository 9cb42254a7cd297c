package com.example.notes;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.notes.Http.Answer;
import dev.pagurus.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** What the application does, on whichever store; a class for each store says where an empty database is. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class NotesTest {

    @Autowired
    private Store store;

    @Autowired
    private MeterRegistry meters;

    private Http http;

    abstract String engine();

    @BeforeEach
    void begin(@Value("${local.server.port}") int port) {
        http = new Http(port);
        store.collection(Notes.NOTES).query().deleteAll();
    }

    @Test
    void aNoteIsMadeChangedAndDeleted() {
        Answer made = http.post("/notes", note("buy milk", 1));
        String here = made.location().getPath();
        String seen = here + "?version=" + made.read("$.version");

        assertThat(made.status()).isEqualTo(201);
        assertThat(http.get(here).body()).isEqualTo(made.body());
        assertThat(http.put(seen, note("buy oats", 1)).status()).isEqualTo(200);
        assertThat(http.put(seen, note("buy beer", 1)).status()).isEqualTo(409);
        assertThat(http.get(here).<String>read("$.value.title")).isEqualTo("buy oats");
        assertThat(http.delete(here).status()).isEqualTo(204);
        assertThat(http.get(here).status()).isEqualTo(404);
    }

    @Test
    void openNotesComeByTheirTime() {
        http.post("/notes", note("call Ann", 2));
        http.post("/notes", note("buy milk", 1));

        assertThat(openTitles()).containsExactly("buy milk", "call Ann");
        assertThat(http.get("/notes?after=nonsense").status()).isEqualTo(400);
        assertThat(http.post("/notes", "{\"title\": null}").status()).isEqualTo(400);
    }

    @Test
    void aNoteIsRepeatedInOneTransaction() {
        String id = http.post("/notes", note("water the plants", 1)).read("$.id");
        Answer next = http.post("/notes/" + id + "/repeat?days=7", "");

        assertThat(next.status()).isEqualTo(201);
        assertThat(next.<String>read("$.value.due")).isEqualTo("2026-12-08T08:00:00Z");
        assertThat(openTitles()).hasSize(1);
        assertThat(http.post("/notes/nobody/repeat?days=7", "").status()).isEqualTo(404);
    }

    @Test
    void theHealthOfTheStoreIsShown() {
        Answer health = http.get("/actuator/health");

        assertThat(health.<String>read("$.components.store.status")).isEqualTo("UP");
        assertThat(health.<String>read("$.components.store.details.engine")).startsWith(engine());
    }

    @Test
    void everyCallIsTimedAndNoValueIsShown() {
        String id = http.post("/notes", note("hostile", 1)).read("$.id");
        http.put("/notes/" + id + "?version=1", note("hostile", 2));
        http.post("/notes/" + id + "/repeat?days=1", "");

        assertThat(timed("insert", "none", "success")).isPositive();
        assertThat(timed("replace", "none", "VersionConflictException")).isPositive();
        assertThat(timed("insert", "transaction", "success")).isPositive();
        assertThat(http.get("/actuator/metrics/store.queued").status()).isEqualTo(200);
        assertThat(meters.getMeters())
                .extracting(meter -> meter.getId().toString())
                .noneMatch(shown -> shown.contains("hostile") || shown.contains(id));
    }

    private long timed(String operation, String within, String outcome) {
        return meters.get("store.calls")
                .tags("collection", "notes", "operation", operation, "within", within, "outcome", outcome)
                .timer()
                .count();
    }

    private List<String> openTitles() {
        return http.get("/notes").read("$.items[*].value.title");
    }

    private static String note(String title, int day) {
        return "{\"title\": \"" + title + "\", \"due\": \"2026-12-0" + day + "T08:00:00Z\", \"done\": false}";
    }
}
