package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UndecodableDocumentException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Bodies that somebody has changed with an SQL tool, on both stores. */
class DamagedBodiesTest {

    record Jar(String name, int grams, Set<String> tags) {}

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
    private static final TextField<Jar> NAME = TextField.of("name", Jar::name);
    private static final ManyField<Jar> TAGS = ManyField.of("tags", Jar::tags);
    private static final Schema<Jar> JARS = Schema.of(
                    "jars", Codec.<Jar>of(STRICT::writeValueAsString, body -> STRICT.readValue(body, Jar.class)))
            .uniqueIndex(NAME)
            .index(TAGS);

    private static final String DAMAGE = "update jars set body = ? where id = 'b'";

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sqlite   | broken JSON          | `{"name":"secr`
            postgres | broken JSON          | `{"name":"secr`
            sqlite   | no JSON              | `secret`
            postgres | no JSON              | `secret`
            sqlite   | another type         | `["secret"]`
            postgres | another type         | `["secret"]`
            sqlite   | a text               | `"secret"`
            postgres | a text               | `"secret"`
            sqlite   | an unknown property  | `{"name":"secret","grams":1,"tags":[],"colour":"red"}`
            postgres | an unknown property  | `{"name":"secret","grams":1,"tags":[],"colour":"red"}`
            sqlite   | null for a primitive | `{"name":"secret","grams":null,"tags":[]}`
            postgres | null for a primitive | `{"name":"secret","grams":null,"tags":[]}`
            sqlite   | null                 | `null`
            postgres | null                 | `null`
            sqlite   | an empty text        | ``
            postgres | an empty text        | ``
            """)
    void whatIsDamagedBlocksOnlyWhoAsksForIt(String kind, String what, String text) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store store = Stores.open(database.config())) {
            DocumentCollection<Jar> jars = store.collection(JARS);
            fill(jars);
            long version = jars.get("b").orElseThrow().version();
            database.run(DAMAGE, text);

            requireAround(jars, text);
            store.runTransaction(tx -> requireAround(tx.collection(JARS), text));
            store.<Boolean, RuntimeException>snapshot(view -> {
                requireAround(view.collection(JARS), text);
                return true;
            });
            RawDocuments raw = jars.raw();
            assertThat(raw.get("b")).as(what).map(Document::value).contains(text);
            assertThatThrownBy(() -> raw.replace("b", version, text))
                    .isInstanceOf(InvalidValueException.class)
                    .message()
                    .doesNotContain("secr");
            assertThat(jars.query().undecodable(damaged -> {}).updateAll(UnaryOperator.identity()))
                    .isEqualTo(2);
            assertThat(raw.get("b")).map(Document::version).contains(version);

            raw.replace("b", version, "{\"tags\":[\"new\"], \"grams\":5, \"name\":\"salt\"}");

            assertThat(jars.where(NAME.eq("salt").and(TAGS.contains("new"))).list())
                    .extracting(Document::value)
                    .containsExactly(new Jar("salt", 5, Set.of("new")));
            assertThat(jars.where(NAME.eq("bread")).exists()).isFalse();
            database.run(DAMAGE, text);
            assertThat(jars.delete("b")).isTrue();
            assertThat(jars.query().list()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aBodyThatWasChangedIsFoundAgain(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store store = Stores.open(database.config())) {
            DocumentCollection<Jar> jars = store.collection(JARS);
            fill(jars);
            database.run("update jars set body = replace(replace(body, '\"bread\"', '\"rolls\"'), 'old', 'new')");
            assertThat(jars.where(NAME.eq("rolls")).exists()).isFalse();

            Document<String> written = jars.raw().replace(jars.raw().get("b").orElseThrow());

            assertThat(written.value()).contains("rolls");
            assertThat(jars.where(NAME.eq("rolls").and(TAGS.contains("new"))).list())
                    .extracting(Document::id)
                    .containsExactly("b");
            assertThat(jars.where(NAME.eq("bread")).exists()).isFalse();
            assertThat(jars.where(TAGS.contains("old")).count()).isEqualTo(2);

            assertThat(jars.query().updateAll(UnaryOperator.identity())).isEqualTo(3);

            assertThat(jars.where(TAGS.contains("new")).count()).isEqualTo(3);
            assertThat(jars.where(TAGS.contains("old")).exists()).isFalse();
            assertThat(jars.insert("d", new Jar("bread", 1, Set.of())).id()).isEqualTo("d");
        }
    }

    private static void fill(DocumentCollection<Jar> jars) {
        jars.insert("a", new Jar("apples", 300, Set.of("old")));
        jars.insert("b", new Jar("bread", 500, Set.of("old")));
        jars.insert("c", new Jar("cream", 200, Set.of("old")));
    }

    private static void requireAround(ReadableCollection<Jar> jars, String text) {
        List<String> told = new ArrayList<>();
        assertThat(jars.query()
                        .undecodable(damaged -> told.add(damaged.id() + " " + damaged.body()))
                        .list())
                .extracting(Document::id)
                .containsExactly("a", "c");
        assertThat(told).containsExactly("b " + text);
        assertThat(jars.query().count()).isEqualTo(3);
        assertThat(jars.where(TAGS.contains("old")).count()).isEqualTo(3);
        assertThat(jars.where(NAME.ne("bread")).list()).hasSize(2);
        assertThat(jars.exists("b")).isTrue();
        assertThatThrownBy(() -> jars.get("b"))
                .isInstanceOfSatisfying(
                        UndecodableDocumentException.class,
                        e -> assertThat(e.body()).isEqualTo(text))
                .hasMessageContainingAll("'b'", "'jars'", "raw()")
                .message()
                .doesNotContain("secr");
    }
}
