package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Group F: the changes of more documents than any statement or list takes, whichever way they are written at once. */
public abstract class ManyChangesClauses extends ChangesGroup {

    private static final int MANY = 2_300;

    private String position = "";

    protected ManyChangesClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.F1)
    @Needs(Capability.TRANSACTIONS)
    void whatIsWrittenByTheThousandIsInTheFeed() {
        position = store.changes(notes).end();
        notes().insertAll(items(i -> true), ManyChangesClauses::id, OnConflict.FAIL);
        requireChanges("a bulk insert", i -> true, false);
        notes().putAll(items(i -> i % 2 == 0), ManyChangesClauses::id, OnConflict.FAIL);
        requireChanges("a bulk put", i -> i % 2 == 0, false);
        notes().where(Item.FLAG.isTrue()).deleteAll();
        requireChanges("a deletion by query", i -> i % 2 == 0, true);
        notes().query().deleteAll();
        requireChanges("a deletion of all", i -> i % 2 != 0, true);
        store.runTransaction(tx -> {
            DocumentCollection<Item> inside = tx.collection(notes);
            inside.insertAll(items(i -> true), ManyChangesClauses::id, OnConflict.FAIL);
            inside.where(Item.FLAG.isTrue()).updateAll(item -> item.withText("again"));
        });
        assertThat(told(false)).as("documents that a transaction has changed").isEqualTo(ids(i -> true));
        store.runTransaction(tx -> tx.collection(notes).query().deleteAll());
        requireChanges("a deletion in a transaction", i -> true, true);
    }

    private static Stream<Item> items(IntPredicate which) {
        return IntStream.range(0, MANY)
                .filter(which)
                .mapToObj(i -> Item.ofNumber(i).withFlag(i % 2 == 0));
    }

    private static String id(Item item) {
        return "n" + item.number();
    }

    private static Set<String> ids(IntPredicate which) {
        return items(which).map(ManyChangesClauses::id).collect(Collectors.toSet());
    }

    /** Each of them once, and no other. */
    private void requireChanges(String of, IntPredicate which, boolean deleted) {
        String before = position;
        assertThat(told(deleted)).as("documents in the feed after %s", of).isEqualTo(ids(which));
        assertThat(rest(store.changes(notes), before))
                .as("changes by %s", of)
                .hasSize(ids(which).size());
    }

    /** Whose changes are told since the last question. */
    private Set<String> told(boolean deleted) {
        List<Change> changes = rest(store.changes(notes), position);
        position = store.changes(notes).end();
        assertThat(changes)
                .as("changes, each of which is a deletion: %s", deleted)
                .allMatch(change -> change.deleted() == deleted);
        return changes.stream().map(Change::id).collect(Collectors.toSet());
    }
}
