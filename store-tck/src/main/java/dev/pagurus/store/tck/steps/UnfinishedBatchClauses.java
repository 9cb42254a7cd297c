package dev.pagurus.store.tck.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Group S: steps over a collection that broke off, or that several are at. */
@Needs(Capability.TRANSACTIONS)
public abstract class UnfinishedBatchClauses extends BatchGroup {

    /** Ends a step half-way. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;
    }

    protected UnfinishedBatchClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
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
