package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyProgress.Step;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Kinds;
import dev.pagurus.store.tck.samples.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Group X: a whole store is copied to another one. */
public abstract class CopyClauses extends CopyGroup {

    private static final int COLLECTIONS = 60;

    protected CopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
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

    @Proves(Clause.V20)
    void whatWasWrittenAtTheFirstAndTheLastMomentIsCarried() throws Exception {
        for (String moment : List.of(
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z")) {
            Clock clock = Clock.fixed(Instant.parse(moment), ZoneOffset.UTC);
            DocumentCollection<Item> then = second(with -> with.clock(clock)).collection(itemSchema());
            then.insert("once " + moment, Item.of(moment));
            then.insert("twice " + moment, Item.of(moment));
            then.put("twice " + moment, Item.of("again"));
        }
        copy();
        requireSame("items");
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        CopyResult exported = store.exportTo(export, CopyOptions.DEFAULT);
        assertThat(Stores.importFrom(
                        new ByteArrayInputStream(export.toByteArray()),
                        target.config(),
                        CopyOptions.DEFAULT.withOverwrite()))
                .as("what was imported")
                .isEqualTo(exported);
        requireSame("items");
    }

    @Proves(Clause.V23)
    void everyKindOfValueIsCopiedAndExported() throws Exception {
        DocumentCollection<Kinds> all = store.collection(Kinds.SCHEMA);
        Kinds.samples().forEach(kinds -> all.put(kinds.name(), kinds));
        copy();
        requireKinds();
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        store.exportTo(export, CopyOptions.DEFAULT);
        Stores.importFrom(
                new ByteArrayInputStream(export.toByteArray()), target.config(), CopyOptions.DEFAULT.withOverwrite());
        requireKinds();
    }

    private void requireKinds() throws Exception {
        try (Store copy = target.open()) {
            DocumentCollection<Kinds> copied = copy.collection(Kinds.SCHEMA);
            for (Kinds kinds : Kinds.samples()) {
                assertThat(existing(copied, kinds.name()).value()).isEqualTo(kinds);
            }
        }
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
                items().delete("i4100");
                items().insert("i4101x", Item.of("new"));
                items().put("i4102", Item.of("changed"));
            }
        }));
        assertThat(written).as("whether something was written meanwhile").isTrue();
        assertThat(copied.documents()).as("copied documents").isEqualTo(MANY);
        try (Store store = target.open()) {
            DocumentCollection<Item> there = store.collection(itemSchema());
            assertThat(there.get("i4100")).as("what was deleted meanwhile").isPresent();
            assertThat(there.get("i4101x")).as("what was inserted meanwhile").isEmpty();
            assertThat(existing(there, "i4102").value().text())
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

    private void breakOffWith(RuntimeException failure) throws Exception {
        copy(CopyOptions.DEFAULT.withProgress(progress -> {
            throw failure;
        }));
    }

    private static List<String> ids(List<Document<Item>> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
