package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Group R: fields that say something else than their texts are filled anew by writing. */
public abstract class FieldsAnewClauses extends NumbersGroup {

    /** More than a chunk, and than a list of writes. */
    private static final int MANY = 510;

    private DocumentCollection<Integer> numbers;
    private RawDocuments raw;

    protected FieldsAnewClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    public void ask() {
        numbers = store.collection(Numbers.SCHEMA);
        raw = numbers.raw();
    }

    @Proves(Clause.R18)
    void theSameTextFillsTheFieldsAnew() {
        write(store, "a", "12", 7);
        requireFoundBy(store, 7);
        Document<String> stored = raw.get("a").orElseThrow();
        Document<String> written = raw.replace(stored);
        assertThat(written.value()).as("text").isEqualTo("12");
        assertThat(written.version()).as("version").isGreaterThan(stored.version());
        requireFoundBy(store, 12);
    }

    @Proves(Clause.R18)
    @Needs(Capability.TRANSACTIONS)
    void theSameTextFillsTheFieldsAnewInATransaction() {
        write(store, "a", "12", 7);
        store.runTransaction(tx -> {
            RawDocuments inside = tx.collection(Numbers.SCHEMA).raw();
            inside.replace(inside.get("a").orElseThrow());
            requireFoundBy(tx, 12);
        });
        requireFoundBy(store, 12);
    }

    @Proves(Clause.R19)
    void updateAllFillsTheFieldsOfAllAnew() {
        storeMany();
        assertThat(numbers.query().updateAll(UnaryOperator.identity()))
                .as("updated")
                .isEqualTo(MANY);
        requireAllFound(store);
    }

    @Proves(Clause.R19)
    @Needs(Capability.TRANSACTIONS)
    void updateAllFillsTheFieldsOfAllAnewInATransaction() {
        storeMany();
        store.runTransaction(tx -> {
            tx.collection(Numbers.SCHEMA).query().updateAll(UnaryOperator.identity());
            requireAllFound(tx);
        });
        requireAllFound(store);
    }

    @Proves(Clause.R19)
    void updateAllDoesSoBesideWhatCannotBeDecoded() {
        write(store, "a", "12", 7);
        write(store, "b", "damaged", 7);
        write(store, "c", "12", 7);
        assertThat(numbers.query().undecodable(damaged -> {}).updateAll(UnaryOperator.identity()))
                .as("updated")
                .isEqualTo(2);
        assertThat(numbers.where(Numbers.NUMBER.eq(12L)).list())
                .as("those of 12")
                .extracting(Document::id)
                .containsExactly("a", "c");
        assertThat(numbers.where(Numbers.NUMBER.eq(7L)).count())
                .as("those of 7")
                .isEqualTo(1);
    }

    /** Texts that say 0 to 4, with the fields of other numbers. */
    private void storeMany() {
        store.collection(Numbers.TEXTS)
                .insertAll(
                        IntStream.range(0, MANY).mapToObj(i -> new Numbers.Text("" + i % 5, 1000 + i)),
                        text -> "n" + text.number(),
                        OnConflict.FAIL);
    }

    private static void requireAllFound(CollectionSource source) {
        DocumentCollection<Integer> numbers = source.collection(Numbers.SCHEMA);
        assertThat(numbers.query().countBy(Numbers.NUMBER))
                .as("count by number")
                .isEqualTo(Map.of(0L, MANY / 5L, 1L, MANY / 5L, 2L, MANY / 5L, 3L, MANY / 5L, 4L, MANY / 5L));
        assertThat(numbers.query().countBy(Numbers.DIGITS)).as("count by digit").hasSize(5);
        assertThat(numbers.where(Numbers.DIGITS.contains("3")).count())
                .as("those of 3")
                .isEqualTo(MANY / 5);
        assertThat(numbers.where(Numbers.NUMBER.gte(1000L)).exists())
                .as("whether any is found by its old fields")
                .isFalse();
    }
}
