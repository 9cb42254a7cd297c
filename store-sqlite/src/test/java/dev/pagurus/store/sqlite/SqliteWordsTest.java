package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.LongField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.sqlite.documents.SqliteSearch;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches by words go along the index of words where that is shorter, and along the order where it is not. */
class SqliteWordsTest {

    record Text(String text, long number) {}

    private static final WordsField<Text> WORDS = WordsField.of("words", Text::text);
    private static final LongField<Text> NUMBER = LongField.of("number", Text::number);
    private static final Schema<Text> TEXTS =
            Schema.of("texts", Text.class).index(WORDS).index(NUMBER);

    private static final int DOCUMENTS = 20_000;

    /** To look at every document takes half a million. */
    private static final long FEW_STEPS = 20_000;

    @TempDir
    private static Path directory;

    private static final ScanRecorder RECORDER = new ScanRecorder();

    private static @Nullable Store store;
    private static @Nullable Steps steps;

    @BeforeAll
    static void fill() throws SQLException {
        Path file = directory.resolve("texts.db");
        store = Stores.open(RECORDER, StoreConfig.of("sqlite:" + file + "?synchronous=off"));
        store.collection(TEXTS)
                .insertAll(
                        IntStream.range(0, DOCUMENTS)
                                .mapToObj(i -> new Text(
                                        "every half" + i % 2 + " tenth" + i % 10 + " few" + i % 1_000 + " one" + i
                                                + " after " + (i > DOCUMENTS / 2 ? "late" : "early"),
                                        i * 7_919L % DOCUMENTS)),
                        text -> "t" + (100_000 + text.number() * 31 % DOCUMENTS),
                        OnConflict.FAIL);
        steps = new Steps(file);
    }

    @AfterAll
    static void close() throws SQLException {
        if (store != null && steps != null) {
            steps.close();
            store.close();
        }
    }

    private static DocumentCollection<Text> texts() {
        if (store == null) {
            throw new IllegalStateException("There is no store.");
        }
        return store.collection(TEXTS);
    }

    /** What a page of 20 takes. */
    private static long stepsOf(ReadQuery<Text> query, int found) throws SQLException {
        assertThat(query.limit(20).page().items()).hasSize(found);
        if (steps == null) {
            throw new IllegalStateException("There is no store.");
        }
        steps.start(Long.MAX_VALUE);
        SqliteSearch.ofDocuments(steps::query, RECORDER.last()).run();
        return steps.counted();
    }

    private static ReadQuery<Text> by(Filter<Text> filter, @Nullable Order<Text> order) {
        ReadQuery<Text> query = texts().where(filter);
        return order == null ? query : query.orderBy(order);
    }

    @Test
    void aPageTakesAboutWhatItHas() throws SQLException {
        for (Filter<Text> filter : List.of(
                WORDS.hasAll("every"),
                WORDS.hasAll("half1"),
                WORDS.hasAll("few7"),
                WORDS.hasAll("every half1"),
                WORDS.hasAll("every few7"),
                WORDS.hasPrefix("ev"),
                WORDS.hasPrefix("h"),
                WORDS.hasPrefix("few77"),
                WORDS.hasPrefix("every few77"),
                WORDS.hasPrefix("half1 te"))) {
            for (@Nullable Order<Text> order : Arrays.asList(null, NUMBER.asc(), NUMBER.desc())) {
                assertThat(stepsOf(by(filter, order), 20))
                        .as("steps of %s by %s", filter, order)
                        .isLessThan(FEW_STEPS);
            }
        }
        for (Filter<Text> filter :
                List.of(WORDS.hasAll("one19999"), WORDS.hasAll("every one19999"), WORDS.hasPrefix("half1 one1999"))) {
            int found = texts().where(filter).list().size();
            assertThat(stepsOf(by(filter, NUMBER.desc()), found))
                    .as("steps of %s", filter)
                    .isLessThan(FEW_STEPS);
        }
    }

    @Test
    void theIndexOfWordsLeadsWhereFewHaveThem() {
        for (Filter<Text> filter :
                List.of(WORDS.hasAll("one77"), WORDS.hasPrefix("one777"), WORDS.hasAll("every one77"))) {
            String plan = by(filter, NUMBER.asc()).explain().toString();
            assertThat(plan).contains("Goes along index words", "texts$by$words");
        }
        assertThat(by(WORDS.hasPrefix("one777"), null).explain().plan())
                .contains("SEARCH texts$by$words USING PRIMARY KEY (value>? AND value<?)");
        assertThat(by(WORDS.hasAll("every"), NUMBER.asc()).explain().toString()).contains("Goes along index number");
        assertThat(texts().where(WORDS.hasAll("few7").or(WORDS.hasPrefix("one77")))
                        .orderBy(NUMBER.asc())
                        .explain()
                        .plan())
                .contains("texts$by$words")
                .doesNotContain("SCAN texts");
    }

    @Test
    void countsAreOfTheIndexAlone() {
        assertThat(texts().where(WORDS.hasPrefix("few7")).count()).isEqualTo(DOCUMENTS / 1_000 * 111);
        assertThat(texts().where(WORDS.hasAll("half1 tenth3")).count()).isEqualTo(DOCUMENTS / 10);
        assertThat(texts().where(WORDS.hasAll("half0 tenth3")).list())
                .extracting(Document::id)
                .isEmpty();
    }
}
