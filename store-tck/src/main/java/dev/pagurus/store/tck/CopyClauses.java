package dev.pagurus.store.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyProgress.Step;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Group X: a whole store is copied to another one. */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
abstract class CopyClauses extends ClauseGroup {

    /** More than two chunks. */
    private static final int MANY = 1_200;

    private static final int COLLECTIONS = 60;

    private CopyTarget target;

    CopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void openTarget() throws Exception {
        target = new CopyTarget(fixture);
    }

    @AfterEach
    void closeTarget() throws Exception {
        if (target != null) { // else this does not apply to a store, which lacks what it needs
            target.close();
        }
    }

    @Proves(Clause.X1)
    void everythingIsCopiedAsItIs() throws Exception {
        Samples.store(items(), Samples.items(7, 200));
        items().query()
                .limit(50)
                .list()
                .forEach(found -> items().replace(found.withValue(found.value().withNumber(7))));
        CopyResult copied = copy();
        assertThat(copied.collections()).as("copied collections").hasSize(1);
        assertThat(copied.documents())
                .as("copied documents")
                .isEqualTo(items().query().count());
        requireSame(Item.SCHEMA.name());
    }

    @Proves(Clause.X1)
    void manyChunksAreCopied() throws Exception {
        fill(MANY);
        assertThat(copy().documents()).as("copied documents").isEqualTo(MANY);
        requireSame("items");
    }

    @Proves(Clause.X1)
    void fieldsAreCopiedAndNotOnlyBodies() throws Exception {
        items().insert(
                        "a",
                        Item.of("text")
                                .withNumber(3)
                                .withReal(Double.NEGATIVE_INFINITY)
                                .tagged("x", "y"));
        items().insert("b", Item.NOTHING);
        copy();
        try (Store store = target.open()) {
            DocumentCollection<Item> there = store.collection(itemSchema());
            assertThat(ids(there.where(Item.TAGS.contains("y")).list()))
                    .as("found by tag")
                    .containsExactly("a");
            assertThat(ids(there.where(Item.NUMBER.eq(3L)).list()))
                    .as("found by number")
                    .containsExactly("a");
            assertThat(ids(there.where(Item.REAL.lt(0.0)).list()))
                    .as("found by real")
                    .containsExactly("a");
            assertThat(ids(there.where(Item.TEXT.isNull()).list()))
                    .as("found by null")
                    .containsExactly("b");
        }
    }

    @Proves(Clause.X1)
    void emptyAndManyCollectionsAreCopied() throws Exception {
        assertThat(copy().collections()).as("collections of an empty store").isEmpty();
        for (int i = 0; i < COLLECTIONS; i++) {
            store.collection(Schema.of("c" + i, Item.class).index(Item.TEXT)).insert("a", Item.of("in " + i));
        }
        store.collection(Schema.of("empty", Item.class));
        assertThat(copy().collections()).as("collections").hasSize(COLLECTIONS + 1);
        try (Store copy = target.open()) {
            assertThat(existing(copy.collection(Schema.of("c7", Item.class).index(Item.TEXT)), "a")
                            .value())
                    .as("a document of one of them")
                    .isEqualTo(Item.of("in 7"));
        }
    }

    @Proves(Clause.X2)
    void aCopyShowsOneStateWhateverIsWritten() throws Exception {
        fill(MANY);
        AtomicBoolean written = new AtomicBoolean();
        CopyResult copied = copy(CopyOptions.DEFAULT.withProgress(progress -> {
            if (progress.step() == Step.COPYING && written.compareAndSet(false, true)) {
                items().delete("i0900");
                items().insert("i0901x", Item.of("new"));
                items().put("i0902", Item.of("changed"));
            }
        }));
        assertThat(written).as("whether something was written meanwhile").isTrue();
        assertThat(copied.documents()).as("copied documents").isEqualTo(MANY);
        try (Store store = target.open()) {
            DocumentCollection<Item> there = store.collection(itemSchema());
            assertThat(there.get("i0900")).as("what was deleted meanwhile").isPresent();
            assertThat(there.get("i0901x")).as("what was inserted meanwhile").isEmpty();
            assertThat(existing(there, "i0902").value().text())
                    .as("what was changed meanwhile")
                    .isNotEqualTo("changed");
        }
    }

    @Proves(Clause.X3)
    void aCopyGoesOnLikeTheSource() throws Exception {
        Document<Item> original = items().insert("a", Item.of("one").withCode("c"));
        copy();
        try (Store store = target.open()) {
            DocumentCollection<Item> there = store.collection(itemSchema());
            Document<Item> changed =
                    there.replace(original.withValue(Item.of("two").withCode("c")));
            assertThat(changed.version()).as("version after a change").isGreaterThan(original.version());
            assertThat(changed.createdAt()).as("creation time after a change").isEqualTo(original.createdAt());
            DocumentCollection<Item> upgraded =
                    store.collection(itemSchema().revision(2).field(TextField.of("payload", Item::payload)));
            assertThat(upgraded.query().count())
                    .as("documents after an upgrade")
                    .isEqualTo(1);
        }
    }

    @Proves(Clause.X4)
    void aTargetThatHoldsDocumentsIsRefused() throws Exception {
        items().insert("a", Item.of("source"));
        Document<Item> there = target.collection(itemSchema()).insert("b", Item.of("target"));
        CopyException refused = thrown(CopyException.class, this::copy);
        assertThat(refused).as("the message").hasMessageContaining("not empty").hasMessageContaining("'items'");
        try (Store store = target.open()) {
            assertThat(store.collection(itemSchema()).query().list())
                    .as("what the target holds")
                    .containsExactly(there);
        }
    }

    @Proves(Clause.X4)
    void aTargetThatIsToBeOverwrittenBecomesEqual() throws Exception {
        fill(MANY);
        DocumentCollection<Item> there = target.collection(itemSchema());
        there.insert("a", Item.of("before all others"));
        there.insert("i0500", Item.of("in the middle"));
        there.insert("z", Item.of("after all others"));
        Schema<Item> other = Schema.of("others", Item.class);
        target.collection(other).insert("o", Item.of("of another collection"));
        copy(CopyOptions.DEFAULT.withOverwrite());
        requireSame("items");
        try (Store store = target.open()) {
            assertThat(store.collection(other).query().count())
                    .as("documents of another collection")
                    .isEqualTo(1);
        }
    }

    @Proves(Clause.X5)
    void aTargetCannotBeOpenedWhileItIsCopiedInto() throws Exception {
        fill(MANY);
        AtomicInteger refusals = new AtomicInteger();
        copy(CopyOptions.DEFAULT.withProgress(progress -> {
            CopyException refused =
                    thrown(CopyException.class, () -> target.open().close());
            assertThat(refused).as("the message").hasMessageContaining("not finished");
            refusals.incrementAndGet();
        }));
        assertThat(refusals).as("attempts to open it").hasPositiveValue();
        target.open().close();
    }

    @Proves(Clause.X6)
    void aCopyThatBrokeOffIsMarkedAndGoesOn() throws Exception {
        for (Step step : List.of(Step.COPYING, Step.COMPARING)) {
            fill(MANY);
            breakOff(step);
            CopyException refused =
                    thrown(CopyException.class, () -> target.open().close());
            assertThat(refused)
                    .as("the message")
                    .hasMessageContaining("not finished")
                    .hasMessageContaining("again");
            items().delete("i0003");
            items().put("i0004", Item.of("changed since"));
            items().insert("i0005x", Item.of("new since"));
            copy();
            requireSame("items");
            closeTarget();
            openTarget();
            items().query().deleteAll();
        }
    }

    /** The first document takes what the last one has, in the source and in what was copied of it. */
    @Proves(Clause.X6)
    void aCopyGoesOnThoughAUniqueValueHasMoved() throws Exception {
        fill(MANY);
        items().put("i0000", Item.of("first").withCode("one"));
        items().put("i1199", Item.of("last").withCode("other"));
        breakOff(Step.COMPARING);
        items().put("i1199", Item.of("last"));
        items().put("i0000", Item.of("first").withCode("other"));
        items().put("i1199", Item.of("last").withCode("one"));
        copy();
        requireSame("items");
    }

    @Proves(Clause.X7)
    void aCopyOntoItselfIsRefused() throws Exception {
        Document<Item> only = items().insert("a", Item.of("one"));
        StoreConfig self = again();
        for (CopyOptions options : List.of(CopyOptions.DEFAULT, CopyOptions.DEFAULT.withOverwrite())) {
            CopyException refused = thrown(CopyException.class, () -> Stores.copy(self, self, options));
            assertThat(refused).as("the message").hasMessageContaining("same database");
        }
        assertThat(items().query().list()).as("what it holds").containsExactly(only);
        fixture.open(self).close();
    }

    @Proves(Clause.X8)
    void ofTwoCopiesIntoOneTargetOneIsRefused() throws Exception {
        fill(MANY);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread other = new Thread(() -> outcome.set(catchThrowable(this::copy)));
        copy(CopyOptions.DEFAULT.withProgress(progress -> {
            if (other.getState() == Thread.State.NEW) {
                other.start();
            }
            join(other, 500);
        }));
        join(other, 60_000);
        assertThat(outcome.get()).as("what the other copy threw").isInstanceOf(CopyException.class);
        assertThat(outcome.get()).as("the message").hasMessageContaining("Another copy");
        requireSame("items");
    }

    @Proves(Clause.X9)
    void whatIsDifferentInTheEndFailsTheCopy() throws Exception {
        fill(MANY);
        List<Consumer<DocumentCollection<Item>>> changes =
                List.of(there -> there.delete("i0100"), there -> there.put("i0100", Item.of("changed")));
        for (Consumer<DocumentCollection<Item>> change : changes) {
            AtomicBoolean changed = new AtomicBoolean();
            CopyException failed = thrown(
                    CopyException.class,
                    () -> copy(CopyOptions.DEFAULT.withOverwrite().withProgress(progress -> {
                        if (progress.documents() == MANY && changed.compareAndSet(false, true)) {
                            change.accept(target.collection(itemSchema()));
                        }
                    })));
            assertThat(failed).as("the message").hasMessageContaining("not the same");
            thrown(CopyException.class, () -> target.open().close());
            copy();
        }
        requireSame("items");
    }

    @Proves(Clause.X10)
    void aDocumentThatTheTargetDoesNotAllowEndsTheCopy() throws Exception {
        items().insert("large", Item.NOTHING.withPayload("x".repeat(2_000)));
        StoreConfig small = target.config().toBuilder().maxBodyBytes(1_000).build();
        CopyException failed = thrown(CopyException.class, () -> Stores.copy(again(), small, CopyOptions.DEFAULT));
        assertThat(failed).as("the message").hasMessageContaining("'large'").hasMessageContaining("1000");
        copy();
        requireSame("items");
    }

    @Proves(Clause.X11)
    void anInterruptedCopyEndsAndCanBeRunAgain() throws Exception {
        fill(MANY);
        CopyException failed = thrown(
                CopyException.class,
                () -> copy(CopyOptions.DEFAULT.withProgress(
                        progress -> Thread.currentThread().interrupt())));
        assertThat(Thread.interrupted()).as("whether the interrupt was kept").isTrue();
        assertThat(failed).as("the message").hasMessageContaining("interrupt");
        copy();
        requireSame("items");
    }

    @Proves(Clause.X12)
    void progressGrowsToTheEndOfEachStep() throws Exception {
        fill(MANY);
        List<CopyProgress> told = new ArrayList<>();
        CopyResult copied = copy(CopyOptions.DEFAULT.withProgress(told::add));
        for (Step step : List.of(Step.COPYING, Step.COMPARING)) {
            List<CopyProgress> ofStep =
                    told.stream().filter(one -> one.step() == step).toList();
            assertThat(ofStep.stream().map(CopyProgress::documents).toList())
                    .as("documents while %s", step)
                    .isSorted()
                    .endsWith((long) MANY);
            assertThat(ofStep).as("what is expected").allMatch(one -> one.expected() == MANY);
            assertThat(ofStep.get(ofStep.size() - 1).bytes())
                    .as("bytes in the end")
                    .isEqualTo(copied.bytes());
        }
    }

    @Proves(Clause.X12)
    void whatTheListenerThrowsEndsTheCopy() throws Exception {
        fill(3);
        CopyException failed = thrown(CopyException.class, () -> breakOffWith(new IllegalStateException("stop here")));
        assertThat(failed).as("the message").hasMessageContaining("stop here");
    }

    private void breakOff(Step step) {
        thrown(
                CopyException.class,
                () -> copy(CopyOptions.DEFAULT.withProgress(progress -> {
                    if (progress.step() == step) {
                        throw new IllegalStateException("broken off by the test");
                    }
                })));
    }

    private void breakOffWith(RuntimeException failure) throws Exception {
        copy(CopyOptions.DEFAULT.withProgress(progress -> {
            throw failure;
        }));
    }

    private CopyResult copy() throws Exception {
        return copy(CopyOptions.DEFAULT);
    }

    private CopyResult copy(CopyOptions options) throws Exception {
        return Stores.copy(again(), target.config(), options);
    }

    private void fill(int documents) {
        items().insertAll(
                        IntStream.range(0, documents)
                                .mapToObj(i -> Item.of("text " + i).withNumber(i)),
                        item -> "i%04d".formatted(item.number()),
                        OnConflict.FAIL);
    }

    private void requireSame(String collection) throws Exception {
        List<Document<Item>> wanted = store.snapshot(
                view -> view.collection(itemSchema(collection)).query().list());
        try (Store copy = target.open()) {
            List<Document<Item>> found =
                    copy.collection(itemSchema(collection)).query().list();
            assertThat(found).as("documents of the copy").isEqualTo(wanted);
        }
    }

    private static void join(Thread other, long millis) {
        try {
            other.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> ids(List<Document<Item>> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
