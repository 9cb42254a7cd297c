package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** Group R: a document that cannot be decoded blocks only who asks for its value. */
public abstract class DamageClauses extends ClauseGroup {

    /** Between "n4" and "n5"; its fields are those of 7. */
    private static final String DAMAGED = "n4x";

    private DocumentCollection<Integer> numbers;

    protected DamageClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    public void fill() {
        numbers = store.collection(Numbers.SCHEMA);
        for (int i = 0; i < 10; i++) {
            numbers.put("n" + i, i);
        }
        damage("secret words");
    }

    @Proves(Clause.R15)
    void whatAsksForNoValueFindsIt() {
        for (String body : Numbers.DAMAGED) {
            damage(body);
            requireFound(numbers, body);
        }
    }

    @Proves(Clause.R15)
    void itsNeighboursAreFoundWithoutIt() {
        assertThat(numbers.get("n5")).as("get").map(Document::value).contains(5);
        assertThat(numbers.getAll(List.of("n5", "n4")).keySet()).as("getAll").containsExactly("n5", "n4");
        assertThat(numbers.where(Numbers.PARITY.eq("even")).list()).as("list").hasSize(5);
        assertThat(numbers.query().limit(5).page().items()).as("page before it").hasSize(5);
        assertThat(numbers.query().limit(5).list()).as("list before it").hasSize(5);
        assertThat(numbers.query().first()).as("first").map(Document::value).contains(0);
        assertThat(numbers.query().stream().limit(5).map(Document::value))
                .as("stream up to it")
                .containsExactly(0, 1, 2, 3, 4);
        assertThat(numbers.where(Numbers.PARITY.eq("even")).updateAll(number -> number + 10))
                .as("updateAll")
                .isEqualTo(5);
    }

    @Proves(Clause.R15)
    void itIsOverwrittenAndDeleted() {
        List<Consumer<Document<Integer>>> writes = List.of(
                old -> numbers.put(DAMAGED, 8),
                old -> numbers.replace(DAMAGED, old.version(), 8),
                old -> numbers.replace(old.withValue(8)),
                old -> assertThat(numbers.putAll(Stream.of(8), number -> DAMAGED, OnConflict.FAIL))
                        .as("putAll")
                        .extracting(BulkResult::written)
                        .isEqualTo(1L),
                old -> requireTrue(numbers.delete(DAMAGED)),
                old -> requireTrue(numbers.delete(DAMAGED, old.version())),
                old -> requireTrue(numbers.delete(old)));
        for (Consumer<Document<Integer>> write : writes) {
            Document<Numbers.Text> old = damage("secret words");
            write.accept(new Document<>(DAMAGED, old.version(), old.createdAt(), 0));
            assertThat(numbers.query().list())
                    .as("all of them after write %d", writes.indexOf(write))
                    .hasSizeBetween(10, 11);
        }
    }

    @Proves(Clause.R15)
    void itsIdIsTaken() {
        assertThat(thrown(DuplicateIdException.class, () -> numbers.insert(DAMAGED, 8))
                        .id())
                .isEqualTo(DAMAGED);
        assertThat(numbers.insertAll(Stream.of(8), number -> DAMAGED, OnConflict.SKIP)
                        .skipped())
                .as("skipped")
                .isEqualTo(1);
        requireFound(numbers, "secret words");
    }

    @Proves(Clause.R15)
    @Needs(Capability.TRANSACTIONS)
    void itIsDeletedByQuery() {
        assertThat(numbers.where(Numbers.NUMBER.eq(7L)).deleteAll())
                .as("deleted by its field")
                .isEqualTo(2);
        damage("secret words");
        assertThat(numbers.query().deleteAll()).as("deleted with all others").isEqualTo(10);
    }

    @Proves(Clause.R15)
    void whoAsksForItsValueIsToldWithoutAWordOfIt() {
        for (String body : Numbers.DAMAGED) {
            Document<Numbers.Text> before = damage(body);
            for (ThrowingCallable read : List.<ThrowingCallable>of(
                    () -> numbers.get(DAMAGED),
                    () -> numbers.getAll(List.of("n1", DAMAGED)),
                    () -> numbers.update(DAMAGED, number -> number + 1),
                    () -> numbers.compute(DAMAGED, number -> Optional.of(1)),
                    () -> numbers.compute(DAMAGED, number -> Optional.empty()),
                    () -> numbers.query().list(),
                    () -> numbers.query().page(),
                    () -> numbers.query().stream().toList(),
                    () -> numbers.query().orderBy(Numbers.NUMBER.desc()).list(),
                    () -> numbers.where(Numbers.NUMBER.eq(7L)).list(),
                    () -> numbers.where(Numbers.SCHEMA.id().gt("n4")).first(),
                    () -> numbers.where(Numbers.PARITY.eq("odd")).updateAll(number -> number))) {
                UndecodableDocumentException e = thrown(UndecodableDocumentException.class, read);
                assertThat(e.id()).isEqualTo(DAMAGED);
                assertThat(e.body()).isEqualTo(body);
                assertThat(e.newerRevision()).as("newer revision").isEmpty();
                assertThat(e.reason()).doesNotContain("secret");
                assertThat(e)
                        .hasMessageContainingAll("'n4x'", "'numbers'", e.reason(), "body()", "raw()")
                        .message()
                        .doesNotContain("secret");
                assertThat(e.reason().contains("'" + Numbers.UNKNOWN + "'"))
                        .as("whether the unknown property is named in: %s", e.reason())
                        .isEqualTo(body.startsWith("{"));
            }
            assertThat(store.collection(Numbers.TEXTS).get(DAMAGED))
                    .as("the document afterwards")
                    .map(Document::version)
                    .contains(before.version());
        }
    }

    @Proves(Clause.R15)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionThatMeetsItGoesOn() {
        store.runTransaction(tx -> {
            DocumentCollection<Integer> inside = tx.collection(Numbers.SCHEMA);
            requireFound(inside, "secret words");
            for (ThrowingCallable read : List.<ThrowingCallable>of(
                    () -> inside.get(DAMAGED),
                    () -> inside.query().list(),
                    () -> inside.update(DAMAGED, number -> number + 1),
                    () -> inside.where(Numbers.NUMBER.gt(6L)).updateAll(number -> number))) {
                thrown(UndecodableDocumentException.class, read);
            }
            inside.put("n5", 55);
            inside.delete(DAMAGED);
        });
        assertThat(numbers.query().list())
                .as("what was committed")
                .extracting(Document::value)
                .containsExactly(0, 1, 2, 3, 4, 55, 6, 7, 8, 9);
    }

    @Proves(Clause.R15)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotAndTheSummariesHaveItToo() {
        assertThat(store.summaries())
                .as("documents in the summary")
                .extracting(CollectionSummary::documents)
                .containsExactly(11L);
        assertThat(store.health().up()).as("health").isTrue();
        store.<Boolean, RuntimeException>snapshot(view -> {
            requireFound(view.collection(Numbers.SCHEMA), "secret words");
            thrown(
                    UndecodableDocumentException.class,
                    () -> view.collection(Numbers.SCHEMA).get(DAMAGED));
            return true;
        });
    }

    private static void requireFound(ReadableCollection<Integer> numbers, String body) {
        assertThat(numbers.exists(DAMAGED)).as("exists with %s", body).isTrue();
        assertThat(numbers.query().count()).as("count with %s", body).isEqualTo(11);
        assertThat(numbers.where(Numbers.SCHEMA.id().eq(DAMAGED)).exists())
                .as("exists by query with %s", body)
                .isTrue();
        assertThat(numbers.where(Numbers.NUMBER.eq(7L)).count())
                .as("count of its field with %s", body)
                .isEqualTo(2);
        assertThat(numbers.query().countBy(Numbers.PARITY))
                .as("countBy with %s", body)
                .isEqualTo(Map.of("even", 5L, "odd", 6L));
        assertThat(numbers.query().countBy(Numbers.DIGITS).get("7"))
                .as("countBy of many with %s", body)
                .isEqualTo(2L);
    }

    private Document<Numbers.Text> damage(String body) {
        return store.collection(Numbers.TEXTS).put(DAMAGED, new Numbers.Text(body, 7));
    }

    private static void requireTrue(boolean deleted) {
        assertThat(deleted).as("whether it was deleted").isTrue();
    }
}
