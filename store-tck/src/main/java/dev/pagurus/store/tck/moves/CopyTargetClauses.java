package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.function.Supplier;

/** Group X: what a copy may be copied to, and what becomes of that. */
public abstract class CopyTargetClauses extends CopyGroup {

    protected CopyTargetClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
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

    @Proves(Clause.X4)
    void whatIsOverwrittenMayHaveTheSameUniqueValues() throws Exception {
        items().insert("a", Item.of("one").withCode("same"));
        fill(MANY);
        target.collection(itemSchema()).insert("z", Item.of("another one").withCode("same"));
        copy(CopyOptions.DEFAULT.withOverwrite());
        requireSame("items");
    }

    @Proves(Clause.X16)
    void aCollectionOfAHigherRevisionIsNotReplaced() throws Exception {
        requireNotReplaced(itemSchema().revision(2), "revision 2");
    }

    @Proves(Clause.X16)
    void anotherDefinitionOfTheSameRevisionIsNotReplaced() throws Exception {
        requireNotReplaced(Schema.of("items", Item.class).index(Item.TEXT), "another definition");
    }

    private void requireNotReplaced(Schema<Item> schema, String why) throws Exception {
        items().insert("a", Item.of("source"));
        Document<Item> there = target.collection(schema).insert("b", Item.of("target"));
        CopyException refused = thrown(CopyException.class, () -> copy(CopyOptions.DEFAULT.withOverwrite()));
        assertThat(refused)
                .as("the message")
                .hasMessageContaining("'items'")
                .hasMessageContaining(why)
                .hasMessageContaining("Nothing was changed");
        try (Store store = target.open()) {
            assertThat(store.collection(schema).query().list())
                    .as("what the target holds")
                    .containsExactly(there);
        }
    }

    @Proves(Clause.X16)
    void aCollectionOfALowerRevisionIsBroughtToTheSources() throws Exception {
        target.collection(Schema.of("items", Item.class).index(Item.TEXT)).insert("b", Item.of("target"));
        Document<Item> copied = store.collection(itemSchema().revision(2)).insert("a", Item.of("source"));
        copy(CopyOptions.DEFAULT.withOverwrite());
        try (Store store = target.open()) {
            assertThat(store.collection(itemSchema().revision(2)).query().list())
                    .as("what the target holds")
                    .containsExactly(copied);
        }
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

    @Proves(Clause.X10)
    void aDocumentThatTheTargetDoesNotAllowEndsTheCopy() throws Exception {
        items().insert("large", Item.NOTHING.withPayload("x".repeat(2_000)));
        StoreConfig small = target.config().toBuilder().maxBodyBytes(1_000).build();
        CopyException failed = thrown(CopyException.class, () -> Stores.copy(again(), small, CopyOptions.DEFAULT));
        assertThat(failed).as("the message").hasMessageContaining("'large'").hasMessageContaining("1000");
        copy();
        requireSame("items");
    }

    @Proves(Clause.X10)
    void aDocumentAtTheTargetsLimitIsCopied() throws Exception {
        items().insert("large", Item.NOTHING.withPayload("\u00e9\uD83D\uDE00".repeat(300)));
        long bytes = copy().bytes();
        StoreConfig justLarge = target.config().toBuilder().maxBodyBytes(bytes).build();
        Stores.copy(again(), justLarge, CopyOptions.DEFAULT.withOverwrite());
        StoreConfig tooSmall =
                target.config().toBuilder().maxBodyBytes(bytes - 1).build();
        thrown(CopyException.class, () -> Stores.copy(again(), tooSmall, CopyOptions.DEFAULT.withOverwrite()));
    }
}
