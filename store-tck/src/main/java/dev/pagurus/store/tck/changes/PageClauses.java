package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.moves.CopyTarget;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Group F: pages, what they show, and the state that they may begin with. */
public abstract class PageClauses extends ChangesGroup {

    private static final int MIB = 1 << 20;

    /** Beside how many pages something is written. */
    private static final int WRITTEN = 16;

    protected PageClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private ChangeFeed feed;

    @BeforeEach
    void begin() {
        feed = store.changes(notes);
    }

    private void fill(Schema<Item> schema, int documents) {
        store.collection(schema)
                .insertAll(
                        IntStream.range(0, documents).mapToObj(Item::ofNumber),
                        one -> "n" + one.number(),
                        OnConflict.FAIL);
    }

    @Proves(Clause.F7)
    void theStateIsShownAndThenWhatCameAfter() throws Exception {
        fill(notes, 9);
        fill(others, 4);
        DocumentCollection<Item> there = second().collection(notes);
        for (int limit : List.of(1, 3, 9, 500)) {
            ChangeFeed state = store.changes(others, notes).startWithState().limit(limit);
            Mirror reader = Mirror.ofState(List.of(notes, others));
            boolean complete = false;
            for (int i = 0; !complete || i < WRITTEN; i++) {
                if (i < WRITTEN) {
                    // Before what was shown and behind it: written, deleted, and made anew.
                    int number = i;
                    there.put("n" + (i * 5 % 9), Item.ofNumber(100 + i));
                    notes().delete("n" + (i * 7 % 9));
                    store.collection(others).update("n" + i % 4, old -> Item.ofNumber(number));
                }
                complete = reader.read(state);
                if (complete) {
                    reader.requireSameAs(store, "who began with the state, at a page that says that it is complete");
                }
                assertThat(i).as("pages").isLessThan(500);
            }
        }
    }

    @Proves(Clause.F7)
    void theStateHasWhatWasThereBeforeChangesWereKept() throws Exception {
        Schema<Item> plain = itemSchema("old");
        fill(plain, 5);
        Schema<Item> kept = plain.changes(WEEK).revision(2);
        ChangeFeed began = second().changes(kept);
        assertThat(rest(began, null))
                .as("changes of a collection that begins to keep them")
                .isEmpty();
        Mirror reader = Mirror.ofState(List.of(kept));
        reader.readAll(began.startWithState().limit(2));
        reader.requireSameAs(store(kept), "who began with the state");
        ChangeFeed same = began.startWithState().startAfter(null);
        assertThat(ids(rest(same, null)))
                .as("the state, after null")
                .isEqualTo(ids(rest(began.startAfter(null).startWithState(), null)))
                .hasSize(5);
        assertThat(rest(same, began.end())).as("the state, after the end").isEmpty();
    }

    private Store store(Schema<Item> schema) {
        store.collection(schema);
        return store;
    }

    @Proves(Clause.F7)
    void theStateOfAnEmptyStoreIsEmpty() {
        ChangePage page = store.changes(notes, others).startWithState().page();
        assertThat(page.changes()).as("the state").isEmpty();
        assertThat(page.complete()).as("whether it is complete").isTrue();
        notes().put("a", Item.of("a"));
        assertThat(ids(rest(store.changes(notes, others).startWithState(), page.position())))
                .as("what came after")
                .containsExactly("a");
    }

    @Proves(Clause.F9)
    void aPageHasAsManyChangesAsItsLimitAndSaysWhetherTheseWereAll() {
        fill(notes, 10);
        for (ChangeFeed one : List.of(feed, feed.startWithState())) {
            ChangePage first = one.limit(4).page();
            ChangePage second = one.limit(4).startAfter(first.position()).page();
            assertThat(ids(first.changes())).as("the first page").hasSize(4);
            assertThat(first.complete()).as("whether 4 of 10 are all").isFalse();
            assertThat(ids(second.changes())).as("the second page").hasSize(4);
            assertThat(second.complete()).as("whether 8 of 10 are all").isFalse();
            assertThat(ids(rest(one.limit(4), second.position())))
                    .as("the last page")
                    .hasSize(2);
        }
        assertThat(feed.limit(ChangeFeed.MAX_LIMIT).page().changes()).as("all").hasSize(10);
    }

    @Proves(Clause.F9)
    void aPageEndsBehindEightMebibytes() {
        for (int i = 0; i < 5; i++) {
            notes().put("n" + i, Item.ofNumber(i).withPayload("m".repeat(3 * MIB)));
        }
        for (ChangeFeed one : List.of(feed, feed.startWithState())) {
            ChangePage page = one.page();
            assertThat(ids(page.changes())).as("documents of 3 MiB").containsExactly("n0", "n1", "n2");
            assertThat(page.complete()).as("whether 3 of 5 are all").isFalse();
            assertThat(ids(rest(one, page.position()))).as("the other ones").containsExactly("n3", "n4");
        }
    }

    @Proves(Clause.F10)
    void aChangeShowsTheDocumentAsItIsNow() {
        notes().put("a", Item.of("first"));
        notes().put("b", Item.of("first"));
        notes().put("c", Item.of("first"));
        Change first = feed.limit(1).page().changes().get(0);
        assertThat(first.document(notes).orElseThrow().value()).as("'a'").isEqualTo(Item.of("first"));
        notes().put("a", Item.of("second"));
        notes().delete("b");
        notes().delete("c");
        notes().put("c", Item.of("again"));
        for (Change change : rest(feed.limit(2), null)) {
            assertThat(change.document(notes)).as("the document of %s", change).isEqualTo(notes().get(change.id()));
            assertThat(change.deleted()).as("whether %s is deleted", change).isEqualTo(!notes().exists(change.id()));
        }
    }

    @Proves(Clause.F20)
    void aDocumentThatCannotBeDecodedBlocksOnlyWhoAsksForIt() {
        Schema<Integer> numbers = Numbers.SCHEMA.changes(WEEK);
        ChangeFeed all = store.changes(numbers);
        store.collection(numbers).put("n1", 1);
        store.collection(Numbers.TEXTS.changes(WEEK)).put("n2", new Numbers.Text("secret words", 2));
        store.collection(numbers).put("n3", 3);
        for (ChangeFeed one : List.of(all, all.startWithState())) {
            List<Change> changes = rest(one, null);
            assertThat(ids(changes)).as("changes").containsExactly("n1", "n2", "n3");
            assertThat(changes.get(2).document(numbers).orElseThrow().value())
                    .as("the value of the last one")
                    .isEqualTo(3);
            assertThat(changes.get(1).deleted())
                    .as("whether the damaged one is deleted")
                    .isFalse();
            UndecodableDocumentException damaged = thrown(
                    UndecodableDocumentException.class, () -> changes.get(1).document(numbers));
            assertThat(damaged.body()).as("the text of the damaged one").isEqualTo("secret words");
        }
    }

    @Proves(Clause.F21)
    void whatMakesNoSenseIsRefused() {
        for (int limit : List.of(0, -1, ChangeFeed.MAX_LIMIT + 1)) {
            assertThatThrownBy(() -> feed.limit(limit), "a limit of %s", limit)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Integer.toString(limit));
        }
        assertThatThrownBy(() -> store.changes(notes, others, notes), "a collection that stands there twice")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'notes'");
        notes().put("a", Item.of("a"));
        Change change = feed.page().changes().get(0);
        assertThatThrownBy(() -> change.document(others), "the document of another schema")
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'notes'", "'others'");
    }

    @Proves(Clause.F21)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS})
    void whatCannotBeFollowedIsRefused() throws Exception {
        for (String name : List.of("", "x".repeat(256), "a\u0000b")) {
            // So that a follower which is not refused ends at once.
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> store.follow(name, feed, (tx, changes) -> {}), "a follower of a bad name")
                        .isInstanceOf(InvalidValueException.class)
                        .hasMessageContaining("follower");
            } finally {
                assertThat(Thread.interrupted())
                        .as("whether the interrupt stays")
                        .isTrue();
            }
        }
        CopyTarget.use(fixture, elsewhere -> {
            try (Store other = elsewhere.open()) {
                ChangeFeed foreign = other.changes(notes);
                assertThatThrownBy(() -> store.follow("f", foreign, (tx, changes) -> {}), "the feed of another store")
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("feed");
            }
        });
        List<String> refused = new ArrayList<>();
        store.runTransaction(tx -> {
            try {
                feed.page();
            } catch (IllegalStateException e) {
                refused.add(String.valueOf(e.getMessage()));
            }
        });
        assertThat(refused)
                .as("what a page says inside of the store's own transaction")
                .isNotEmpty();
    }
}
