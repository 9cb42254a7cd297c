package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.MayWarn;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Group T: expected outcomes that a transaction catches, and what happens after its commit. */
@Needs(Capability.TRANSACTIONS)
public abstract class OutcomeClauses extends ClauseGroup {

    private static final Item THERE = Item.of("there").tagged("t").withCode("taken");
    private static final Item REFUSED = Item.of("refused").tagged("refused").withCode("taken");

    protected OutcomeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void insertOne() {
        items().insert("there", THERE);
    }

    @Proves(Clause.T5)
    void aCaughtDuplicateIdLeavesTheTransactionUsable() {
        requireUsableAfter(items ->
                assertThatThrownBy(() -> items.insert("there", REFUSED)).isInstanceOf(DuplicateIdException.class));
    }

    @Proves(Clause.T5)
    @Needs(Capability.UNIQUE_INDEXES)
    void aCaughtUniqueViolationLeavesTheTransactionUsable() {
        requireUsableAfter(items -> {
            assertThatThrownBy(() -> items.insert("new", REFUSED)).isInstanceOf(UniqueViolationException.class);
            assertThatThrownBy(() -> items.put("before", REFUSED)).isInstanceOf(UniqueViolationException.class);
        });
    }

    @Proves(Clause.T5)
    void aCaughtVersionConflictLeavesTheTransactionUsable() {
        requireUsableAfter(items -> {
            assertThatThrownBy(() -> items.replace("there", 1, REFUSED)).isInstanceOf(VersionConflictException.class);
            assertThatThrownBy(() -> items.delete("there", 1)).isInstanceOf(VersionConflictException.class);
            assertThatThrownBy(() -> items.replace("nobody", 1, REFUSED)).isInstanceOf(VersionConflictException.class);
        });
    }

    @Proves(Clause.T5)
    @Needs(Capability.UNIQUE_INDEXES)
    void conflictsInABulkWriteLeaveTheTransactionUsable() {
        requireUsableAfter(items -> {
            BulkResult result = items.insertAll(
                    Stream.of(Item.of("there"), REFUSED), item -> String.valueOf(item.text()), OnConflict.FAIL);
            assertThat(result.failed()).isEqualTo(2);
        });
    }

    @Proves(Clause.T6)
    void actionsAfterTheCommitRunInOrderOnTheCallersThread() {
        List<String> ran = new ArrayList<>();
        Thread caller = Thread.currentThread();
        store.runTransaction(tx -> {
            tx.afterCommit(() -> ran.add("first"));
            tx.afterCommit(() -> ran.add(Thread.currentThread() == caller ? "second" : "elsewhere"));
            ran.add("function");
        });
        assertThat(ran).containsExactly("function", "first", "second");
    }

    @Proves(Clause.T6)
    void anActionAfterTheCommitUsesTheStore() {
        List<Document<Item>> seen = new ArrayList<>();
        store.runTransaction(tx -> {
            tx.collection(itemSchema()).insert("inside", Item.of("inside"));
            tx.afterCommit(() -> {
                seen.addAll(items().where(Item.TEXT.eq("inside")).list());
                store.runTransaction(next -> next.collection(itemSchema()).insert("after", Item.of("after")));
            });
        });
        assertThat(seen).hasSize(1);
        assertThat(items().exists("after")).as("items().exists('after')").isTrue();
    }

    @Proves(Clause.T6)
    void noActionRunsAfterARollback() {
        List<String> ran = new ArrayList<>();
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    tx.afterCommit(() -> ran.add("action"));
                    throw new IllegalStateException("mine");
                }))
                .hasMessage("mine");
        assertThat(ran).isEmpty();
    }

    @Proves(Clause.T6)
    @MayWarn
    void anExceptionOfAnActionStopsNeitherTheCallerNorTheOthers() {
        List<String> ran = new ArrayList<>();
        String result = store.transaction(tx -> {
            tx.collection(itemSchema()).insert("inside", Item.of("inside"));
            tx.afterCommit(() -> {
                throw new IllegalStateException("mine");
            });
            tx.afterCommit(() -> ran.add("second"));
            return "result";
        });
        assertThat(result).isEqualTo("result");
        assertThat(ran).containsExactly("second");
        assertThat(items().exists("inside")).as("items().exists('inside')").isTrue();
    }

    /** What was written before and after is there in the end, and nothing of what was refused, inside and out. */
    private void requireUsableAfter(Consumer<DocumentCollection<Item>> outcome) {
        store.runTransaction(tx -> {
            DocumentCollection<Item> items = tx.collection(itemSchema());
            items.insert("before", Item.of("before").tagged("b"));
            outcome.accept(items);
            items.insert("later", Item.of("later").tagged("l"));
            requireNothingRefused(items);
        });
        requireNothingRefused(items());
    }

    private static void requireNothingRefused(DocumentCollection<Item> items) {
        assertThat(items.query().list()).extracting(Document::id).containsExactly("before", "later", "there");
        assertThat(items.query().countBy(Item.TAGS)).containsOnlyKeys("b", "l", "t");
        assertThat(existing(items, "there").value()).isEqualTo(THERE);
    }
}
