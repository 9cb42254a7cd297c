package dev.pagurus.store.tck.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Group D: what feeds tell of documents that expire, and how definitions say that they do. */
public abstract class ExpiryBesideClauses extends ExpiryGroup {

    private static final int THOUSANDS = 2_100;

    protected ExpiryBesideClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private static List<String> told(List<Change> changes) {
        return changes.stream()
                .map(one -> one.id() + (one.deleted() ? " gone" : ""))
                .toList();
    }

    @Proves(Clause.D7)
    @Needs(Capability.CHANGES)
    void itsRemovalIsADeletionInTheFeedOnce() {
        Schema<Item> kept = itemSchema("kept").expiresAt(Item.TIME).changes(Duration.ofDays(7));
        DocumentCollection<Item> collection = store.collection(kept);
        ChangeFeed feed = store.changes(kept);
        Document<Item> gone = collection.put("gone", until(10));
        collection.put("again", until(10));
        collection.put("stays", until(100));
        String before = feed.end();
        at(10);
        assertThat(told(feed.startAfter(before).page().changes()))
                .as("what is told when the time has come")
                .isEmpty();
        assertThat(told(feed.startAfter(null).page().changes()))
                .as("changes before, as documents are now")
                .containsExactly("gone gone", "again gone", "stays");
        collection.insert("again", Item.of("again"));
        store.removeExpired();
        List<Change> told = feed.startAfter(before).page().changes();
        assertThat(told.stream().filter(one -> one.id().equals("gone")).map(Change::deleted))
                .as("what is told of the removed document")
                .containsExactly(true);
        assertThat(told.stream()
                        .filter(one -> one.id().equals("gone"))
                        .findFirst()
                        .orElseThrow()
                        .version())
                .as("its version")
                .isGreaterThanOrEqualTo(gone.version());
        Change last = told.stream()
                .filter(one -> one.id().equals("again"))
                .reduce((one, other) -> other)
                .orElseThrow();
        assertThat(last.deleted())
                .as("whether the new document is told of as gone")
                .isFalse();
        String end = feed.end();
        store.removeExpired();
        collection.put("stays", until(200));
        assertThat(told(feed.startAfter(end).page().changes()))
                .as("what is told after that")
                .containsExactly("stays");
    }

    @Proves(Clause.D8)
    void byWhichFieldIsPartOfTheDefinition() {
        notes.put("a", until(10));
        Schema<Item> plain = itemSchema("notes").index(Item.TIME);
        assertThatThrownBy(() -> store.collection(plain), "the same revision of documents that stay")
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("notes", "'time'");
        assertThatThrownBy(() -> schema.expiresAt(Item.TIME), "what is declared twice")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'time'");
        assertThatThrownBy(() -> itemSchema("notes").expiresAt(schema.createdAt()), "a time that the store sets itself")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'created_at'");
        assertThat(schema.expiresAt()).as("by what it says").contains(Item.TIME);
    }

    /** More has expired than any step removes. */
    @Proves(Clause.D8)
    void aRevisionBringsNothingBack() {
        fill(THOUSANDS);
        notes.put("gone", until(10));
        notes.put("stays", until(20));
        at(10);
        DocumentCollection<Item> staying =
                store.collection(itemSchema("notes").index(Item.TIME).revision(2));
        assertThat(staying.query().list())
                .as("what is there when documents stay")
                .extracting(Document::id)
                .containsExactly("stays");
        assertThat(staying.get("gone")).as("what had expired").isEmpty();
        at(30);
        assertThat(staying.get("stays")).as("what does not expire any more").isPresent();
        DocumentCollection<Item> expiring = store.collection(schema.revision(3));
        assertThat(expiring.query().count())
                .as("documents when they expire again")
                .isZero();
        assertThat(store.removeExpired()).as("how many were removed").isEqualTo(1);
    }
}
