package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.examples.dashboard.data.Announcement;
import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.examples.dashboard.data.Image;
import dev.pagurus.examples.dashboard.data.State;
import dev.pagurus.store.Document;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** This release on images of the second one, whose documents are the same under other fields and indexes. */
@Timeout(60)
class SecondReleaseTest {

    private static final String IMMICH = "ghcr.io/immich-app/Immich-server:v1";

    private static final InstantField<Image> NOTICED = InstantField.of("noticed_at", Image::noticedAt);

    private static final Schema<Image> IMAGES = Schema.of("images", Image.class)
            .index(NOTICED)
            .index(EnumField.of("state", State.class, Image::state), NOTICED)
            .index(TextField.of("host", Image::host).maxBytes(255), NOTICED)
            .index(TextField.of("name", SecondReleaseTest::folded))
            .index(TextField.of("last_part", SecondReleaseTest::lastPart))
            .index(TextField.of("acknowledgement", Image::acknowledgement).maxBytes(64))
            .index(ManyField.of("tags", Image::tags))
            .changes(Duration.ofHours(1))
            .revision(2);

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void itsImagesAreFoundByWords(TestStore store, @TempDir Path data) throws Exception {
        Map<String, String> environment = store == TestStore.SQLITE
                ? TestApp.environment(data)
                : TestApp.environment(data, "DATABASE_URL", Postgres.newDatabase());
        String id = Dashboard.idOf("nas", IMMICH);
        Document<Image> before;
        try (Store old = Stores.open(environment.getOrDefault("DATABASE_URL", "sqlite:" + data + "/dashboard.db"))) {
            Announcement announcement =
                    new Announcement("update", "docker", "sha256:" + "1".repeat(64), null, null, null, null, null);
            before = old.collection(IMAGES)
                    .insert(id, new Image("nas", IMMICH, announcement, Instant.EPOCH, State.OPEN, null, Set.of()));
        }

        try (TestApp app = TestApp.start(environment)) {
            assertThat(app.etag("/api/images/" + id)).isEqualTo("\"" + before.version() + "\"");
            assertThat(TestApp.ids(app.page("/?q=server+na"))).containsExactly(id);
            String other = app.announce("pi", IMMICH, 1);
            assertThat(app.page("/images/" + other)).contains("Also on", "/images/" + id);
        }
    }

    private static String folded(Image image) {
        return image.shortName().toLowerCase(Locale.ROOT);
    }

    private static String lastPart(Image image) {
        return folded(image).substring(folded(image).lastIndexOf('/') + 1);
    }
}
