package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A field may be called what our statements could call something else. */
class PostgresFieldNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"o0", "o1", "range", "before", "place", "fits", "way", "n", "k", "d", "w", "pages", "walk0"})
    void aFieldOfThisNameIsFoundAndOrders(String name) throws SQLException {
        StoreConfig config = PostgresServer.newDatabase().build();
        LongField<Long> field = LongField.of(name, value -> 9 - value);
        LongField<Long> other = LongField.of("other", value -> value % 2);
        try (Store store = Stores.open(config)) {
            DocumentCollection<Long> values = store.collection(
                    Schema.of("values", Long.class).index(field).index(other));
            values.insertAll(LongStream.range(0, 10).boxed(), String::valueOf, OnConflict.FAIL);
            assertThat(ids(values.query().orderBy(field.asc()).list())).isEqualTo(ids("9876543210"));
            assertThat(ids(values.where(other.eq(1)).orderBy(field.asc()).list()))
                    .isEqualTo(ids("97531"));
            Page<Long> page =
                    values.where(other.eq(0)).orderBy(field.desc()).limit(2).page();
            assertThat(ids(values.where(other.eq(0))
                            .orderBy(field.desc())
                            .startAfter(page.nextCursor())
                            .list()))
                    .isEqualTo(ids("468"));
            assertThat(values.where(field.gt(4).and(other.eq(1))).count()).isEqualTo(2);
            assertThat(values.where(field.gt(4).and(other.eq(1))).deleteAll()).isEqualTo(2);
        } finally {
            PostgresServer.drop(config);
        }
    }

    private static List<String> ids(List<Document<Long>> documents) {
        return documents.stream().map(Document::id).toList();
    }

    private static List<String> ids(String digits) {
        return digits.chars().mapToObj(digit -> Character.toString(digit)).toList();
    }
}
