package dev.pagurus.store.tck.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.Store.StepFunction;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group S: steps over a collection, batch by batch. */
@Needs(Capability.TRANSACTIONS)
public abstract class BatchClauses extends BatchGroup {

    protected BatchClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
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
}
