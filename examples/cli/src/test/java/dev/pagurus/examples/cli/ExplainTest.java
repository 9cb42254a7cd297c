package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Codec;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What operators are told of queries, without the application's code. */
@Timeout(120)
class ExplainTest {

    private enum Status {
        OPEN,
        DONE
    }

    private static final TextField<String> OWNER =
            TextField.of("owner", (String text) -> text).maxBytes(100);
    private static final EnumField<String, Status> STATUS = EnumField.of("status", Status.class, text -> Status.OPEN);
    private static final InstantField<String> DUE = InstantField.of("due", text -> Instant.EPOCH);
    private static final LongField<String> SIZE = LongField.of("size", text -> (long) text.length());
    private static final DoubleField<String> SCORE = DoubleField.of("score", text -> 0.5);
    private static final BooleanField<String> READ = BooleanField.of("is_read", text -> true);
    private static final ManyField<String> TAGS = ManyField.of("tags", text -> Set.of("a"));

    private static final WordsField<String> WORDS = WordsField.of("words", text -> text);
    private static final WordsField<String> ACCENTS =
            WordsField.<String>of("accents", text -> text).keepingDiacritics();

    /** One of every kind. */
    private static final Schema<String> JOTS = Schema.of("jots", Codec.of(text -> text, text -> text))
            .revision(3)
            .index(STATUS, DUE.desc())
            .uniqueIndex(OWNER)
            .index(TAGS)
            .index(Schema.of("jots", Codec.of(text -> "", text -> text)).createdAt(), SIZE)
            .field(SCORE)
            .field(READ)
            .index(WORDS)
            .field(ACCENTS)
            .changes(Duration.ofDays(3));

    @TempDir
    private Path directory;

    private String url = "";

    @BeforeEach
    void fill() {
        url = "sqlite:" + directory.resolve("jots.db");
        fill(url);
    }

    private static void fill(String store) {
        try (Store opened = Stores.open(store)) {
            opened.collection(JOTS).put("a", "hunter2");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aQueryIsExplainedByItsStoredDefinition(boolean server) {
        String store = server ? Postgres.newStore() : url;
        fill(store);
        String served = Run.done(
                        "explain", store, "jots", "status = 'OPEN' and due < '2026-01-31'", "--order", "due desc")
                .out();
        assertThat(served)
                .startsWith("""
                        Of 'jots' where status = ? and due < ? order by due desc.
                        Goes along index status+due, which has the whole filter.
                        Nothing is sorted.
                        """)
                .contains("The engine's own plan:\n", "jots$by$status_due_desc")
                .doesNotContain("Missing", "OPEN", "2026");
        assertThat(Run.done("explain", store, "jots", "score > 0.25", "--order=size, owner", "--limit", "5")
                        .out())
                .contains("Missing in the schema:\n    .index(SIZE, OWNER)\n    .index(SCORE)\n");
        assertThat(Run.done("explain", store, "jots").out()).startsWith("All of 'jots', by id.\n");
        try (Store opened = Stores.open(store)) {
            CollectionSummary summary = opened.summaries().get(0);
            assertThat(List.of(summary.revision(), summary.documents())).containsExactly(3, 1L);
        }
    }

    @Test
    void scriptsAreAnsweredToo() {
        JsonNode answer = new JsonMapper()
                .readTree(Run.done("explain", "--json", url, "jots", "is_read = true")
                        .out());
        assertThat(answer.propertyNames())
                .containsExactly("command", "exit", "store", "collection", "words", "missing", "plan");
        assertThat(answer.get("missing").get(0).asString()).isEqualTo(".index(IS_READ)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "owner = 'O''Hara'                                    | owner = ?",
                "owner in ('a', 'b') or not (owner starts with 'x')   | owner in ? or not (owner starts with ?)",
                "(size >= -5 or size != 7) and score <= 1e3           | (size >= ? or size <> ?) and score <= ?",
                "due is null and due is not null                      | due is null and not (due is null)",
                "due > '2026-01-31T08:30:00Z' AND is_read = false     | due > ? and is_read = ?",
                "tags contains 'a' and tags contains any of ('b','c') | tags contains any of ? and tags contains any of ?",
                "tags is empty or tags is not empty                   | tags is empty or not (tags is empty)",
                "words has all of 'a b' or words has prefix 'c'         | words has all of ? or words has prefix ?",
                "not accents has prefix 'é'                            | not (accents has prefix ?)",
                "id = 'a' and created_at < '2030-01-01'               | id = ? and created_at < ?",
                "status <> 'DONE'                                     | status <> ?",
            })
    void everyFilterCanBeTyped(String filter, String shape) {
        assertThat(Run.done("explain", url, "jots", filter).out()).startsWith("Of 'jots' where " + shape + ".\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "owner                     | character 6: what the field is compared by is missing",
                "owner = hunter2           | character 9: a value in single quotes is missing",
                "owner = 'hunter2          | character 8: nothing of a filter begins like this",
                "hunter2 = 'a'             | character 1: the name of a field is missing; there are id, created_at, version, status",
                "size = 'hunter2'          | character 8: a number is missing",
                "size = 5 hunter2          | character 10: 'and' or 'or' is missing",
                "(size = 5                 | character 10: ')' is missing",
                "due < 'hunter2'           | character 7: a time is missing, such as",
                "is_read = hunter2         | character 11: true or false is missing",
                "is_read < true            | character 9: what the field is compared by is missing, or not possible",
                "tags = 'hunter2'          | character 6: 'contains' is missing",
                "words = 'hunter2'         | character 7: 'has' is missing",
                "words has 'hunter2'       | character 11: 'all' is missing",
                "size = 5 and              | character 13: the name of a field is missing",
            })
    void whatCannotBeReadIsSaidByItsPlace(String filter, String complaint) {
        Run refused =
                Run.of("explain", url, "jots", filter).endsWith(Main.WRONG).says(complaint, "Write it like");
        assertThat(refused.out() + refused.err()).doesNotContain("hunter2");
    }

    @Test
    void theHelpSaysHowValuesAreWritten() {
        assertThat(Run.done("explain", "--help").out().replaceAll("\\s+", " "))
                .contains(
                        "in which '' is a quote; numbers, true and false stand without.",
                        "A time is in ISO, with its zone: '2026-01-31T08:30:00Z'");
    }

    @Test
    void aValueMayBeLong() {
        for (String text : List.of("x".repeat(100_000), "''".repeat(50_000), "x''".repeat(30_000))) {
            assertThat(Run.done("explain", url, "jots", "owner = '" + text + "'")
                            .out())
                    .startsWith("Of 'jots' where owner = ?.\n");
            Run.of("explain", url, "jots", "owner = '" + text)
                    .endsWith(Main.WRONG)
                    .says("character 8: nothing");
        }
    }

    @Test
    void soIsWhatIsMistypedElsewhere() {
        Run.of("explain", url, "jots", "--order", "tags").endsWith(Main.WRONG).says("order", "several values");
        Run.of("explain", url, "jots", "--order", "size sideways")
                .endsWith(Main.WRONG)
                .says("a comma is missing");
        Run.of("explain", url, "nobody").endsWith(Main.REFUSED).says("no collection 'nobody'");
        Run.of("explain", url, "jots", "(".repeat(5000)).endsWith(Main.WRONG).says("nested");
        assertThat(Run.done("info", url).out()).contains("jots revision 3").doesNotContain("nobody");
    }
}
