package dev.pagurus.store.tck.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.hosts.Settings.Response;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests {@link Settings} on the store under test. */
public abstract class SettingsProgram extends ClauseGroup {

    private Settings settings;

    protected SettingsProgram(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void openProgram() {
        settings = new Settings(store);
    }

    private static String etag(Response response) {
        return Objects.requireNonNull(response.etag());
    }

    @Test
    void aSettingIsCreatedOnceAndServedAsItWasWritten() {
        Response created = settings.put("theme", null, "*", "{ \"dark\" : true }");
        assertThat(created.status()).isEqualTo(201);
        assertThat(settings.put("theme", null, "*", "{}").status()).isEqualTo(412);
        assertThat(settings.get("theme", null)).isEqualTo(new Response(200, created.etag(), "{ \"dark\" : true }"));
        assertThat(settings.get("theme", created.etag()).status()).isEqualTo(304);
        assertThat(settings.get("font", null).status()).isEqualTo(404);
    }

    @Test
    void onlyWhoHasSeenTheNewestVersionOverwritesIt() {
        String first = etag(settings.put("theme", null, "*", "1"));
        String second = etag(settings.put("theme", first, null, "2"));
        assertThat(second).isNotEqualTo(first);
        assertThat(settings.put("theme", first, null, "3").status()).isEqualTo(412);
        assertThat(settings.delete("theme", first).status()).isEqualTo(412);
        assertThat(settings.get("theme", null)).isEqualTo(new Response(200, second, "2"));
        assertThat(settings.delete("theme", second).status()).isEqualTo(204);
        assertThat(settings.delete("theme", second).status()).isEqualTo(404);
        assertThat(settings.put("theme", second, null, "4").status()).isEqualTo(412);
    }

    @Test
    void aStarMatchesAnythingThatIsThere() {
        assertThat(settings.put("theme", "*", null, "1").status()).isEqualTo(412);
        settings.put("theme", null, "*", "1");
        assertThat(settings.put("theme", "*", null, "2").status()).isEqualTo(204);
        assertThat(settings.get("theme", null).body()).isEqualTo("2");
    }

    @Test
    void aWriteWithoutAConditionIsRefusedAndAForeignEtagMatchesNothing() {
        String etag = etag(settings.put("theme", null, "*", "1"));
        assertThat(settings.put("theme", null, null, "2").status()).isEqualTo(428);
        assertThat(settings.delete("theme", null).status()).isEqualTo(428);
        for (String foreign : List.of("", "1", "\"\"", "\"x\"", "W/" + etag, "\"9999999999999999999\"", "\"-1\"")) {
            assertThat(settings.put("theme", foreign, null, "2").status())
                    .as(foreign)
                    .isEqualTo(412);
        }
        assertThat(settings.put("n\0me", null, "*", "1").status()).isEqualTo(400);
        assertThat(settings.get("n\0me", null).status()).isEqualTo(404);
        assertThat(settings.get("theme", null).etag()).isEqualTo(etag);
    }

    @Test
    void ofManyWhoSawTheSameVersionOneWins() throws Exception {
        String seen = etag(settings.put("theme", null, "*", "0"));
        List<Integer> answers = Race.results(
                8, number -> settings.put("theme", seen, null, "by " + number).status());
        assertThat(answers)
                .containsOnlyOnce(204)
                .filteredOn(status -> status != 204)
                .containsOnly(412);
    }
}
