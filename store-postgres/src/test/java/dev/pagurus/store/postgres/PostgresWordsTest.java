package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Order;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the plans of searches by words: by the index of words where few have them, and by the order where many do. */
class PostgresWordsTest {

    private static final int LIMIT = 20;
    private static final int DOCUMENTS = 100_000;

    record Text(String text, long number) {}

    private static final WordsField<Text> WORDS = WordsField.of("words", Text::text);
    private static final LongField<Text> NUMBER = LongField.of("number", Text::number);

    private static final Sort ID = new Sort("id", false);
    private static final Sort BY_NUMBER = new Sort("number", true);

    private static final StoreConfig CONFIG = PostgresServer.newDatabase().build();
    private static final String SCHEMA = CONFIG.options().text("schema", "");
    private static final PostgresScans SCANS = new PostgresScans(new PostgresNames(SCHEMA), PostgresInstant.SERVERS);
    private static final Store STORE = Stores.open(CONFIG);
    private static final Schema<Text> SCHEMA_OF_TEXTS =
            Schema.of("texts", Text.class).index(WORDS).index(NUMBER);
    private static final DocumentCollection<Text> TEXTS = STORE.collection(SCHEMA_OF_TEXTS);
    private static final Connection CONNECTION = PostgresPlans.connect();
    private static final CollectionDefinition DEFINITION = PostgresPlans.definition(CONFIG);

    @BeforeAll
    static void fill() throws SQLException {
        PostgresServer.run("""
                insert into %1$s.texts (id, version, created_at, words, number, body)
                select 't' || (1000000 + i), i, i, array_to_tsvector(array['every', 'half' || i %% 2, 'tenth' || i %% 10,
                        'few' || i %% 1000, 'one' || i]), (i::bigint * 7919) %% %2$s, '{"text":"of ' || i || '","number":0}'
                from generate_series(1, %2$s) i;
                analyze %1$s.texts;
                """.formatted(SCHEMA, DOCUMENTS));
        PostgresServer.run("vacuum " + SCHEMA + ".texts");
    }

    @AfterAll
    static void drop() throws SQLException {
        STORE.close();
        CONNECTION.close();
        PostgresServer.drop(CONFIG);
    }

    private static Condition word(String word) {
        return new Condition.ContainsAny("words", List.of(word));
    }

    private static Condition begun(String prefix, String end) {
        return new Condition.ContainsPrefix("words", prefix, end);
    }

    private static Plan page(Condition filter, List<Sort> order, boolean generic) throws SQLException {
        Scan scan = new Scan(DEFINITION, filter, order, List.of(Range.ALL), LIMIT, Scan.CHUNK_BYTES);
        return Plan.of(CONNECTION, SCANS.documents(scan, false, 0).sql(), generic);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void rareWordsAreFoundThroughTheirIndex(boolean generic) throws SQLException {
        for (Condition filter : List.of(
                word("one777"),
                begun("one7777", "one7778"),
                new Condition.And(List.of(word("every"), word("one777"))),
                new Condition.And(List.of(word("half1"), begun("one7777", "one7778"))))) {
            for (List<Sort> order : List.of(List.of(ID), List.of(BY_NUMBER, new Sort("id", true)))) {
                Plan page = page(filter, order, generic);
                assertThat(page.has("texts$by$words")).as(page.toString()).isTrue();
                assertThat(page.has("Seq Scan")).as(page.toString()).isFalse();
                // Some are walked before the index of words is asked.
                assertThat(page.mostRows()).as(page.toString()).isLessThanOrEqualTo(1_000);
            }
            Plan counted = Plan.of(CONNECTION, SCANS.count(DEFINITION, filter), generic);
            assertThat(counted.has("texts$by$words")).as(counted.toString()).isTrue();
            assertThat(counted.mostRows()).as(counted.toString()).isLessThanOrEqualTo(LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void commonWordsAreFoundAlongTheOrder(boolean generic) throws SQLException {
        for (Condition filter : List.of(
                word("every"),
                word("half1"),
                begun("ev", "ew"),
                begun("o", "p"),
                new Condition.And(List.of(word("every"), begun("ha", "hb"))))) {
            for (List<Sort> order : List.of(List.of(ID), List.of(BY_NUMBER, new Sort("id", true)))) {
                Plan page = page(filter, order, generic);
                assertThat(page.mostRows()).as(page.toString()).isLessThanOrEqualTo(1_000);
            }
        }
    }

    /** All words with a common letter would be gathered first. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aShortBeginningIsLookedForInWhatWholeWordsLeadTo(boolean generic) throws SQLException {
        Condition both = new Condition.And(List.of(word("few7"), begun("o", "p")));
        Plan counted = Plan.of(CONNECTION, SCANS.count(DEFINITION, both), generic);
        assertThat(counted.cost()).as(counted.toString()).isLessThan(500);
        Condition longer = new Condition.And(List.of(word("every"), begun("one7777", "one7778")));
        Plan rare = Plan.of(CONNECTION, SCANS.count(DEFINITION, longer), generic);
        assertThat(rare.cost()).as(rare.toString()).isLessThan(500);
    }

    /** What a text is made of for a parser of the server, and no word of ours is. */
    @Test
    void noWordIsTakenApart() {
        for (String text : List.of("it's", "a\\b", "x:*", "a | b", "'quoted' & !not", "<->", "")) {
            TEXTS.put("odd", new Text(text, 1));
            for (Filter<Text> filter : List.of(WORDS.hasAll(text), WORDS.hasPrefix(text))) {
                assertThat(TEXTS.where(filter.and(NUMBER.eq(1L))
                                        .and(SCHEMA_OF_TEXTS.id().eq("odd")))
                                .count())
                        .as("found by %s", text)
                        .isOne();
            }
        }
        TEXTS.delete("odd");
        assertThat(TEXTS.where(WORDS.hasAll("half1 tenth3")).count()).isEqualTo(DOCUMENTS / 10);
        assertThat(TEXTS.where(WORDS.hasPrefix("half1 one99999")).list()).hasSize(1);
        Order<Text> order = NUMBER.desc();
        assertThat(TEXTS.where(WORDS.hasAll("half1 tenth2")).orderBy(order).list())
                .isEmpty();
    }
}
