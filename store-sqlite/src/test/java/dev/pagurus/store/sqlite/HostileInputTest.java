package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a store does with input that is meant to hurt it: it refuses with an exception that says why, and nothing has
 * changed; or the input only looks like an attack, and is kept like any other text.
 */
class HostileInputTest {

    private static final String TABLES = "dev.pagurus.store.sqlite.";

    @TempDir
    static Path directory;

    private static Victim victim;

    @BeforeAll
    static void populate() throws Exception {
        victim = Victim.in(directory);
    }

    @AfterAll
    static void close() {
        victim.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        TABLES + "HostileIds#attacks",
        TABLES + "HostileNames#attacks",
        TABLES + "HostileSchemas#attacks",
        TABLES + "HostileValues#attacks",
        TABLES + "HostileFilters#attacks",
        TABLES + "HostileCursors#attacks",
        TABLES + "HostileUrls#attacks",
        TABLES + "HostileNulls#attacks",
        TABLES + "HostileCalls#attacks"
    })
    void isRefusedAndChangesNothing(Attack attack) {
        attack.isRefusedBy(victim);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(TABLES + "HarmlessInput#all")
    void worksAtTheLimit(HarmlessInput input) throws Exception {
        String before = victim.fingerprint();
        input.deed().to(victim);
        assertThat(victim.fingerprint()).isEqualTo(before);
        victim.provesUsable();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(TABLES + "HarmlessUrls#all")
    void opensExactlyTheFileThatTheUrlMeans(String url, String file) throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
        try (Store store = Stores.open(url.replace("DIR", elsewhere.toString()))) {
            store.collection(Specimen.SCHEMA).insert("1", Specimen.named("one"));
        }
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).containsExactly(elsewhere.resolve(file));
        }
        Files.delete(elsewhere.resolve(file));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(TABLES + "StrangeTexts#all")
    void isAnOrdinaryId(String text) {
        Document<Specimen> written = victim.specimens().insert(text, Specimen.named("strange"));
        assertThat(victim.specimens().get(text)).contains(written);
        assertThat(victim.specimens().getAll(List.of(text))).containsOnlyKeys(text);
        assertThat(victim.specimens().where(Specimen.SCHEMA.id().eq(text)).list())
                .containsExactly(written);
        assertThat(victim.specimens().delete(text)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(TABLES + "StrangeTexts#all")
    void isAnOrdinaryFieldValue(String text) {
        Specimen specimen = new Specimen(text, 1L, null, null, null, null, Set.of(text));
        Document<Specimen> written = victim.specimens().insert("strange", specimen);
        assertThat(victim.specimens().where(Specimen.TEXT.eq(text)).list()).containsExactly(written);
        assertThat(victim.specimens().where(Specimen.TEXT.startsWith(text)).list())
                .containsExactly(written);
        assertThat(victim.specimens().where(Specimen.TAGS.contains(text)).list())
                .containsExactly(written);
        assertThat(victim.specimens().query().countBy(Specimen.TAGS)).containsEntry(text, 1L);
        assertThat(victim.specimens().delete(written)).isTrue();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource(TABLES + "StrangeTexts#all")
    void isAnOrdinaryBody(String text) {
        victim.parcels().put("strange", new Parcel("body", text));
        assertThat(victim.parcels().get("strange").orElseThrow().value().content())
                .isEqualTo(text);
        assertThat(victim.parcels().delete("strange")).isTrue();
    }

    @Test
    void strangeTextsAreNotMistakenForOneAnother() {
        List<String> texts = StrangeTexts.all().map(Named::getPayload).toList();
        for (String text : texts) {
            victim.specimens().insert(text, Specimen.named(text));
        }
        assertThat(victim.specimens().getAll(texts)).hasSize(texts.size());
        for (String text : texts) {
            assertThat(victim.specimens().where(Specimen.TEXT.eq(text)).list())
                    .extracting(Document::id)
                    .containsExactly(text);
            assertThat(victim.specimens().delete(text)).isTrue();
        }
    }
}
