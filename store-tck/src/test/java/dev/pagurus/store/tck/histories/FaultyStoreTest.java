package dev.pagurus.store.tck.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.histories.FaultEngine.Fault;
import dev.pagurus.store.tck.histories.FaultEngine.Faults;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same of what is more than one call: definitions, drops, steps, bulk writes. */
class FaultyStoreTest {

    private static final int SEEDS = 2;
    private static final int DOCUMENTS = 2_050;
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Schema<Item> NEXT = Item.schema("items").revision(2).upgrade(1, body -> body);

    @TempDir
    Path directory;

    /** A conflict is a signal to who stands above the SPI, and never an exception of the API. */
    @Test
    void whateverFailsIsToldByAnExceptionOfTheApi() {
        for (Fault fault : Fault.values()) {
            FaultEngine engine = new FaultEngine(1);
            StoreConfig config = FaultEngine.config("told", SHORT);
            try (Store store = engine.open(config)) {
                store.collection(Item.SCHEMA).put("a", Item.of("a"));
                store.collection(Item.schema("others")).put("a", Item.of("a"));
                try (Store fresh = engine.open(config)) {
                    calls(engine, config, fresh).forEach((name, call) -> {
                        engine.fail(Faults.always(fault));
                        Throwable thrown = catchThrowable(call);
                        engine.fail(Faults.NONE);
                        if (thrown != null) {
                            assertThat(thrown)
                                    .as("%s where all is %s", name, fault)
                                    .isInstanceOf(StoreException.class);
                        } else {
                            // What changes nothing in the end has no answer to lose.
                            assertThat(fault).as("why %s did not fail", name).isIn(Fault.LOST_BEFORE, Fault.LOST_AFTER);
                        }
                    });
                }
            }
        }
    }

    private Map<String, ThrowingCallable> calls(FaultEngine engine, StoreConfig config, Store store) {
        StoreConfig here = config.toBuilder().provider(engine.provider()).build();
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("Stores.open", () -> Stores.open(here).close());
        calls.put(
                "Stores.copy",
                () -> Stores.copy(
                        here,
                        FaultEngine.config("copy", SHORT).toBuilder()
                                .provider(engine.provider())
                                .build(),
                        CopyOptions.DEFAULT));
        calls.put("Stores.compare", () -> Stores.compare(here, here, CopyOptions.DEFAULT));
        calls.put("store.exportTo", () -> store.exportTo(new ByteArrayOutputStream(), CopyOptions.DEFAULT));
        calls.put("store.backup", () -> store.backup(directory.resolve("backup"), true));
        calls.put("store.summaries", store::summaries);
        calls.put("store.steps", store::steps);
        calls.put("store.step", () -> store.step("s", tx -> {}));
        calls.put("store.step over", () -> store.step("t", Item.SCHEMA, (tx, batch) -> {}));
        calls.put("store.collection", () -> store.collection(NEXT));
        calls.put(
                "raw().text",
                () -> store.collection(Item.schema("others")).raw().get("a"));
        calls.put("store.drop", () -> store.drop("nobody"));
        calls.put("store.rename", () -> store.rename("others", "more"));
        return calls;
    }

    @Test
    void aStepWhoseAnswersAreLostHasRunOnceInTheEnd() {
        for (Seed seed : Seed.several(SEEDS)) {
            FaultEngine engine = new FaultEngine(seed.value());
            try (Store store = engine.open(FaultEngine.config("steps", LONG))) {
                DocumentCollection<Item> items = store.collection(Item.SCHEMA);
                items.put("once", Item.ofNumber(0));
                items.putAll(
                        LongStream.range(0, 1_100).mapToObj(Item::ofNumber),
                        item -> "n" + item.number(),
                        OnConflict.FAIL);
                engine.fail(Faults.random(new Random(seed.value()), 5, 5, 8));
                for (int i = 0; i < 5; i++) {
                    untilAnswered(() -> store.step(
                            "once",
                            tx -> tx.collection(Item.SCHEMA)
                                    .update("once", item -> item.withNumber(number(item) + 1))));
                }
                untilAnswered(() -> store.step("all", Item.SCHEMA, (tx, batch) -> {
                    List<Item> changed = batch.stream()
                            .filter(one -> !one.id().equals("once"))
                            .map(one -> one.value().withNumber(number(one.value()) + 10_000))
                            .toList();
                    tx.collection(Item.SCHEMA)
                            .putAll(changed.stream(), item -> "n" + (number(item) - 10_000), OnConflict.FAIL);
                }));
                engine.fail(Faults.NONE);
                assertThat(number(items.get("once").orElseThrow().value()))
                        .as("how often the step ran, with %s", seed.toRepeat())
                        .isOne();
                assertThat(items.where(Item.NUMBER.between(10_000L, 11_099L)).count())
                        .as("documents that were changed once, with %s", seed.toRepeat())
                        .isEqualTo(1_100);
            }
        }
    }

    @Test
    void aBulkWriteBetweenConflictsCountsWhatItDid() {
        for (Seed seed : Seed.several(SEEDS)) {
            FaultEngine engine = new FaultEngine(seed.value());
            try (Store store = engine.open(FaultEngine.config("bulk", LONG))) {
                Schema<Item> schema = Schema.of("items", Item.class).index(Item.NUMBER);
                DocumentCollection<Item> items = store.collection(schema);
                items.put("n7", Item.ofNumber(-1));
                engine.fail(Faults.random(new Random(seed.value()), 8, 0, 0));
                BulkResult inserted = items.insertAll(
                        LongStream.range(0, DOCUMENTS).mapToObj(Item::ofNumber),
                        item -> "n" + item.number(),
                        OnConflict.FAIL);
                assertThat(inserted.written())
                        .as("inserted, with %s", seed.toRepeat())
                        .isEqualTo(DOCUMENTS - 1);
                assertThat(inserted.failed())
                        .as("failed, with %s", seed.toRepeat())
                        .isOne();
                assertThat(items.query().list())
                        .as("listed, with %s", seed.toRepeat())
                        .hasSize(DOCUMENTS);
                long changed = items.where(Item.NUMBER.gte(1_500L)).updateAll(item -> item.withNumber(-2));
                assertThat(changed).as("updated, with %s", seed.toRepeat()).isEqualTo(DOCUMENTS - 1_500);
                assertThat(items.query().countBy(Item.NUMBER)).as("counted").containsEntry(-2L, changed);
                assertThat(items.where(Item.NUMBER.eq(-2L)).stream()
                                .map(Document::id)
                                .collect(Collectors.toSet()))
                        .as("streamed, with %s", seed.toRepeat())
                        .hasSize((int) changed);
                assertThat(items.where(Item.NUMBER.eq(-2L)).deleteAll())
                        .as("deleted")
                        .isEqualTo(changed);
            }
        }
    }

    /** As after one that was answered: it is gone, and a collection of a higher revision is there. */
    @Test
    void aCollectionWhoseDropWasNotAnsweredIsLookedFor() {
        FaultEngine engine = new FaultEngine(1);
        StoreConfig config = FaultEngine.config("drops", LONG);
        try (Store store = engine.open(config);
                Store newer = engine.open(config)) {
            store.collection(Item.SCHEMA).put("a", Item.of("a"));
            newer.collection(NEXT);
            engine.fail(Faults.first(1, Fault.LOST_AFTER, "drop"::equals));
            assertThatThrownBy(() -> store.drop("items")).isInstanceOf(OutcomeUnknownException.class);
            assertThatThrownBy(() -> store.collection(Item.SCHEMA)).isInstanceOf(SchemaException.class);
            DocumentCollection<Item> anew = store.collection(Item.SCHEMA.revision(3));
            anew.put("b", Item.of("b"));
            assertThat(anew.query().count()).as("documents").isOne();
        }
    }

    @Test
    void aCollectionWhoseRenamingWasNotAnsweredIsLookedFor() {
        FaultEngine engine = new FaultEngine(1);
        StoreConfig config = FaultEngine.config("renames", LONG);
        try (Store store = engine.open(config);
                Store newer = engine.open(config)) {
            store.collection(Item.SCHEMA).put("a", Item.of("a"));
            newer.collection(NEXT);
            engine.fail(Faults.first(1, Fault.LOST_AFTER, "rename"::equals));
            assertThatThrownBy(() -> store.rename("items", "more")).isInstanceOf(OutcomeUnknownException.class);
            assertThatThrownBy(() -> store.collection(Item.SCHEMA)).isInstanceOf(SchemaException.class);
            DocumentCollection<Item> anew = store.collection(Item.SCHEMA.revision(3));
            anew.put("b", Item.of("b"));
            assertThat(anew.query().count()).as("documents").isOne();
        }
    }

    @Test
    void aDoubtOutlivesALookThatFailed() {
        FaultEngine engine = new FaultEngine(1);
        StoreConfig config = FaultEngine.config("doubts", LONG);
        try (Store store = engine.open(config);
                Store other = engine.open(config)) {
            DocumentCollection<Item> items = store.collection(Item.SCHEMA);
            items.put("a", Item.of("a"));
            assertThat(other.drop("items")).as("whether it was dropped").isTrue();
            assertThatThrownBy(() -> items.put("b", Item.of("b"))).isInstanceOf(SchemaException.class);
            engine.fail(Faults.first(1, Fault.UNAVAILABLE, "definitions"::equals));
            assertThatThrownBy(() -> store.collection(Item.SCHEMA)).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> store.collection(Item.SCHEMA)).isInstanceOf(SchemaException.class);
            DocumentCollection<Item> anew = store.collection(Item.SCHEMA.revision(3));
            anew.put("b", Item.of("b"));
            assertThat(anew.query().count()).as("documents").isOne();
        }
    }

    @Test
    void whoDefinesAgainAfterALostAnswerFindsItsCollection() {
        for (Fault fault : List.of(Fault.LOST_BEFORE, Fault.LOST_AFTER)) {
            FaultEngine engine = new FaultEngine(1);
            try (Store store = engine.open(FaultEngine.config("defines", LONG))) {
                store.collection(Item.SCHEMA).put("a", Item.of("a"));
                engine.fail(Faults.first(1, fault, "define"::equals));
                assertThatThrownBy(() -> store.collection(NEXT)).isInstanceOf(OutcomeUnknownException.class);
                assertThat(store.collection(NEXT).get("a").orElseThrow().value())
                        .as("after %s", fault)
                        .isEqualTo(Item.of("a"));
            }
        }
    }

    private interface Work<R> {
        R run();
    }

    private static <R> R untilAnswered(Work<R> work) {
        while (true) {
            try {
                return work.run();
            } catch (StoreException e) {
                assertThat(e.getMessage()).as("what %s says", e).isNotBlank();
            }
        }
    }

    private static long number(Item item) {
        Long number = item.number();
        return number == null ? 0 : number;
    }
}
