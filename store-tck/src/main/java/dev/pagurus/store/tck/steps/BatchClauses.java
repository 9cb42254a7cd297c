package dev.pagurus.store.tck.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.Store.StepFunction;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Group S: steps over a collection, batch by batch. */
@Needs(Capability.TRANSACTIONS)
public abstract class BatchClauses extends ClauseGroup {

    private static final int BATCH = 500;

    /** Three batches, of which the last is not full. */
    private static final int DOCUMENTS = 2 * BATCH + 3;

    /** Ends a step half-way. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
    }

    protected BatchClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "i%04d", number);
    }

    private static long number(Item item) {
        return Objects.requireNonNull(item.number());
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(BatchClauses::id).toList();
    }

    private static List<String> ids(List<Document<Item>> batch) {
        return batch.stream().map(Document::id).toList();
    }

    private DocumentCollection<Item> filled() {
        DocumentCollection<Item> items = items();
        items.insertAll(
                IntStream.range(0, DOCUMENTS)
                        .mapToObj(number -> Item.ofNumber(number).withText("n" + number)),
                item -> id((int) number(item)),
                OnConflict.FAIL);
        return items;
    }

    @Proves(Clause.S43)
    void eachDocumentIsGivenOnceInOrderOfId() throws Exception {
        DocumentCollection<Item> items = filled();
        List<List<Document<Item>>> batches = new ArrayList<>();
        boolean ran = store.step("look", itemSchema(), (tx, batch) -> tx.afterCommit(() -> batches.add(batch)));
        assertThat(ran).as("whether it ran").isTrue();
        assertThat(batches)
                .as("batches")
                .hasSize(3)
                .allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, BATCH));
        assertThat(batches.stream().flatMap(List::stream).toList())
                .as("the documents that were given")
                .isEqualTo(all(items));
        StepSummary summary = store.steps().get(0);
        assertThat(summary.done()).as("whether it is done").isTrue();
        assertThat(summary.documents()).as("how many it was given").isEqualTo(DOCUMENTS);
        assertThat(summary.collection()).as("what it went over").isEqualTo("items");
        assertThat(summary.place()).as("its place at the end").isNull();
        for (Store handle : List.of(store, second())) {
            assertThat(handle.step("look", itemSchema(), (tx, batch) -> batches.add(batch)))
                    .as("whether it ran again")
                    .isFalse();
        }
        assertThat(batches).as("batches").hasSize(3);
    }

    private static List<Document<Item>> all(DocumentCollection<Item> items) {
        try (var documents = items.query().stream()) {
            return documents.toList();
        }
    }

    @Proves(Clause.S43)
    void whatIsGivenMayBeMovedAndDeleted() {
        DocumentCollection<Item> items = filled();
        DocumentCollection<Item> others = store.collection(itemSchema("others"));
        store.step("split", itemSchema(), (tx, batch) -> {
            for (Document<Item> one : batch) {
                if (number(one.value()) % 2 == 0) {
                    tx.collection(itemSchema("others")).insert(one.id(), one.value());
                    tx.collection(itemSchema()).delete(one.id());
                } else if (number(one.value()) % 3 == 0) {
                    tx.collection(itemSchema())
                            .replace(one.withValue(one.value().withText("three")));
                }
            }
        });
        assertThat(others.query().count()).as("documents that were moved").isEqualTo((DOCUMENTS + 1) / 2);
        assertThat(items.query().count()).as("documents that stayed").isEqualTo(DOCUMENTS / 2);
        assertThat(items.where(Item.TEXT.eq("three")).count())
                .as("documents that were changed")
                .isEqualTo(IntStream.range(0, DOCUMENTS)
                        .filter(number -> number % 2 == 1 && number % 3 == 0)
                        .count());
    }

    @Proves(Clause.S43)
    void whatIsAddedMeanwhileIsGivenIfItIsBehindThePlace() throws Exception {
        filled();
        DocumentCollection<Item> others = second().collection(itemSchema());
        List<String> seen = new ArrayList<>();
        store.step(
                "look",
                itemSchema(),
                (tx, batch) -> tx.afterCommit(() -> {
                    if (seen.isEmpty()) {
                        others.insert("a", Item.of("before the place"));
                        others.insert(id(BATCH) + "b", Item.of("behind the place"));
                        others.insert("z", Item.of("behind all"));
                        others.delete(id(DOCUMENTS - 1));
                    }
                    seen.addAll(ids(batch));
                }));
        List<String> wanted = new ArrayList<>(ids(0, DOCUMENTS - 1));
        wanted.add(BATCH + 1, id(BATCH) + "b");
        wanted.add("z");
        assertThat(seen).as("ids that were given").isEqualTo(wanted);
    }

    @Proves(Clause.S43)
    void aStepOverNothingIsDone() {
        assertThat(store.step("none", itemSchema(), (tx, batch) -> {
                    throw new AssertionError("There was nothing to give.");
                }))
                .as("whether it ran")
                .isTrue();
        items().insert("later", Item.of("later"));
        assertThat(store.step("none", itemSchema(), (tx, batch) -> {
                    throw new AssertionError("The step was done.");
                }))
                .as("whether it ran again")
                .isFalse();
    }

    @Proves(Clause.S43)
    void aStepMakesAndRaisesNothing() {
        StepFunction<Item, RuntimeException> nothing = (tx, batch) -> {
            throw new AssertionError("There was nothing to give.");
        };
        store.step("absent", itemSchema().revision(2), nothing);
        assertThat(store.steps().get(0).done())
                .as("whether a step over no collection is done")
                .isTrue();
        items().insert("a", Item.of("a"));
        Schema<Item> higher = itemSchema().field(Item.TIME).revision(2);
        assertThatThrownBy(() -> store.step("higher", higher, nothing))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'higher'", "'items'", "revision 2", "store.collection(schema)");
        assertThatThrownBy(() -> store.step("shape", Schema.of("items", Other.class), (tx, batch) -> {}))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'items'", "another shape")
                .hasMessageNotContaining("Raise");
        assertThat(items().query().count())
                .as("documents, at the first revision")
                .isEqualTo(1);
    }

    record Other(boolean flag) {}

    @Proves(Clause.S43)
    void theSchemaOfAStepNeedNotRepeatFieldsAndIndexes() {
        items().insert("a", Item.of("a"));
        Schema<Item> bare = Schema.of("items", Item.class);
        List<String> given = new ArrayList<>();
        assertThat(store.step("bare", bare, (tx, batch) -> given.addAll(ids(batch))))
                .as("whether it ran")
                .isTrue();
        assertThat(given).as("what it was given").containsExactly("a");
        assertThatThrownBy(() -> store.step("use", bare, (tx, batch) -> tx.collection(bare)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'items'", "fields and indexes")
                .hasMessageNotContaining("Raise");
        assertThat(items().where(Item.TEXT.eq("a")).count())
                .as("documents that are found")
                .isEqualTo(1);
    }

    @Proves(Clause.S43)
    void aStepThatIsDoneAsksForNoRevision() {
        items().insert("a", Item.of("a"));
        store.step("early", itemSchema(), (tx, batch) -> {});
        store.collection(itemSchema().field(Item.TIME).revision(2));
        assertThat(store.step("early", itemSchema(), (tx, batch) -> {}))
                .as("whether it ran again")
                .isFalse();
        assertThatThrownBy(() -> store.step("late", itemSchema(), (tx, batch) -> {}), "a step over an old revision")
                .isInstanceOf(SchemaException.class);
    }

    @Proves(Clause.S44)
    void aStepThatBrokeOffGoesOnBehindTheLastBatch() throws Exception {
        filled();
        Broken broken = new Broken();
        for (Store handle : List.of(store, second())) {
            assertThatThrownBy(
                            () -> handle.step("move", itemSchema(), (tx, batch) -> {
                                tx.collection(itemSchema()).update(batch.get(0).id(), item -> item.withText("touched"));
                                if (number(batch.get(0).value()) >= BATCH) {
                                    throw broken;
                                }
                            }),
                            "what the step threw")
                    .isSameAs(broken);
            assertThat(items().where(Item.TEXT.eq("touched")).list())
                    .as("documents of batches that were committed")
                    .extracting(Document::id)
                    .containsExactly(id(0));
            StepSummary summary = store.steps().get(0);
            assertThat(List.of(summary.name(), summary.done(), summary.documents(), String.valueOf(summary.place())))
                    .as("how far it came")
                    .isEqualTo(List.of("move", false, (long) BATCH, id(BATCH - 1)));
        }
        List<String> seen = new ArrayList<>();
        Store another = second();
        assertThat(another.step("move", itemSchema(), (tx, batch) -> tx.afterCommit(() -> seen.addAll(ids(batch)))))
                .as("whether it ran")
                .isTrue();
        assertThat(seen).as("ids that were given afterwards").isEqualTo(ids(BATCH, DOCUMENTS));
        assertThat(store.steps().get(0).done()).as("whether it is done").isTrue();
    }

    @Proves(Clause.S44)
    void twoHandlesShareTheBatches() throws Exception {
        filled();
        store.collection(itemSchema("others"));
        Store other = second();
        List<Boolean> ran = Race.results(
                4,
                number -> (number % 2 == 0 ? store : other).step("copy", itemSchema(), (tx, batch) -> {
                    for (Document<Item> one : batch) {
                        tx.collection(itemSchema("others")).insert(one.id(), one.value());
                    }
                }));
        assertThat(ran).as("whether each of them did some").contains(true);
        assertThat(store.collection(itemSchema("others")).query().count())
                .as("documents that were copied")
                .isEqualTo(DOCUMENTS);
        assertThat(store.steps().get(0).documents())
                .as("documents that were given")
                .isEqualTo(DOCUMENTS);
    }

    @Proves(Clause.S44)
    void anotherStepDoesNotGoOnAtItsPlace() {
        filled();
        store.collection(itemSchema("others"));
        breakOff("half");
        assertThatThrownBy(
                        () -> store.step("half", itemSchema("others"), (tx, batch) -> {}),
                        "the same name over another collection")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'half'")
                .hasMessageContaining("'items'");
        assertThatThrownBy(() -> store.step("half", tx -> {}), "the same name as one transaction")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'half'");
        assertThat(store.step("half", itemSchema(), (tx, batch) -> {}))
                .as("whether the step itself went on")
                .isTrue();
        store.step("whole", tx -> {});
        for (Executable other : List.<Executable>of(
                () -> store.step("half", itemSchema("others"), (tx, batch) -> {}),
                () -> store.step("half", tx -> {}),
                () -> store.step("whole", itemSchema(), (tx, batch) -> {}))) {
            assertThatThrownBy(other::execute, "the name of a step that has run")
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("another name");
        }
    }

    private void breakOff(String step) {
        assertThatThrownBy(() -> store.step(step, itemSchema(), (tx, batch) -> {
                    if (number(batch.get(0).value()) > 0) {
                        throw new Broken();
                    }
                }))
                .isInstanceOf(Broken.class);
    }

    /** The codec is asked for the shape between the look at the mark and the first batch; there others are faster. */
    @Proves(Clause.S40)
    void whoComesTooLateForTheEndGoesOn() throws Exception {
        Store other = second();
        Codec<String> plain = Codec.of(text -> text, text -> text);
        Schema<String> docs = Schema.of("docs", plain);
        other.collection(docs).insert("a", "text");
        AtomicBoolean meanwhile = new AtomicBoolean(true);
        List<String> looked = new ArrayList<>();
        Codec<String> slow = new Codec<>() {
            @Override
            public String encode(String value) throws Exception {
                return plain.encode(value);
            }

            @Override
            public String decode(String body) throws Exception {
                return plain.decode(body);
            }

            @Override
            public @Nullable String shape() {
                if (meanwhile.getAndSet(false)) {
                    other.step("look", docs, (tx, batch) -> lookOnce(batch, looked));
                    other.collection(docs.revision(2));
                }
                return null;
            }
        };
        boolean ran = store.step("look", Schema.of("docs", slow), (tx, batch) -> {
            throw new Broken();
        });
        assertThat(ran).as("whether it ran").isFalse();
        assertThat(meanwhile).as("whether others were slower").isFalse();
    }

    /** A store that loses the place would give the same batch for ever. */
    private static void lookOnce(List<Document<String>> batch, List<String> looked) {
        batch.forEach(one -> looked.add(one.id()));
        assertThat(looked).as("ids that were given so far").doesNotHaveDuplicates();
    }
}
