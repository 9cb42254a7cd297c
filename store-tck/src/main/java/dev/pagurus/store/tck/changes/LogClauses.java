package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Group F: what is in a feed, in which order, and what is not. */
public abstract class LogClauses extends ChangesGroup {

    private static final Item NEW = Item.of("new").tagged("x", "y");

    protected LogClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** A way to write, by its name. */
    private interface Verb {
        void run(Store by, DocumentCollection<Item> notes) throws Exception;
    }

    private Map<String, Verb> verbs() {
        Map<String, Verb> verbs = new LinkedHashMap<>();
        verbs.put("insert", (by, notes) -> notes.insert("inserted", NEW));
        verbs.put("insert without an id", (by, notes) -> notes.insert(NEW));
        verbs.put("put of a new one", (by, notes) -> notes.put("put", NEW));
        verbs.put("put over one", (by, notes) -> notes.put("n0", NEW));
        verbs.put("update", (by, notes) -> notes.update("n1", item -> item.withNumber(-1)));
        verbs.put("compute", (by, notes) -> notes.compute("n2", item -> Optional.of(NEW)));
        verbs.put("compute that deletes", (by, notes) -> notes.compute("n3", item -> Optional.empty()));
        verbs.put("replace", (by, notes) -> notes.replace(existing(notes, "n4").withValue(NEW)));
        verbs.put("delete", (by, notes) -> notes.delete("n5"));
        verbs.put("delete of a version", (by, notes) -> notes.delete(existing(notes, "n6")));
        verbs.put("raw replace", (by, notes) -> {
            Document<String> raw = notes.raw().get("n7").orElseThrow();
            notes.raw().replace(raw.withValue(raw.value()));
        });
        verbs.put("insertAll", (by, notes) -> notes.insertAll(some(100, 110), LogClauses::id, OnConflict.FAIL));
        verbs.put("putAll", (by, notes) -> notes.putAll(some(8, 112), LogClauses::id, OnConflict.FAIL));
        verbs.put("writes that are joined", (by, notes) -> Race.run(4, number -> notes.put("joined" + number, NEW)));
        verbs.put("updateAll", (by, notes) -> notes.where(Item.NUMBER.gt(105)).updateAll(item -> item.withText("all")));
        verbs.put(
                "claim",
                (by, notes) -> notes.where(Item.NUMBER.gt(106)).limit(2).claim(item -> item.withText("claimed")));
        if (has(Capability.TRANSACTIONS)) {
            verbs.put(
                    "deleteAll", (by, notes) -> notes.where(Item.NUMBER.gt(108)).deleteAll());
            verbs.put(
                    "a transaction",
                    (by, notes) -> by.runTransaction(tx -> {
                        DocumentCollection<Item> inside = tx.collection(this.notes);
                        inside.put("n8", NEW);
                        inside.delete("n9");
                        inside.insertAll(some(200, 205), LogClauses::id, OnConflict.FAIL);
                        inside.where(Item.NUMBER.eq(107L)).deleteAll();
                        inside.update("n8", item -> item.withNumber(5));
                    }));
            verbs.put(
                    "a step",
                    (by, notes) -> by.step(
                            "a step",
                            this.notes,
                            (tx, batch) ->
                                    tx.collection(this.notes).put(batch.get(0).id(), NEW)));
        }
        return verbs;
    }

    @Proves(Clause.F1)
    void everyWriteIsShownWhicheverWayItWasMade() throws Exception {
        requireAllShown(store);
    }

    @Proves(Clause.F1)
    void everyWriteIsShownWhicheverHandleMadeIt() throws Exception {
        requireAllShown(second());
    }

    private void requireAllShown(Store by) throws Exception {
        notes().insertAll(some(0, 10), LogClauses::id, OnConflict.FAIL);
        ChangeFeed feed = store.changes(notes);
        DocumentCollection<Item> written = by.collection(notes);
        for (Map.Entry<String, Verb> verb : verbs().entrySet()) {
            String position = feed.end();
            Map<String, Long> before = versions();
            verb.getValue().run(by, written);
            Map<String, Seen> last = new TreeMap<>();
            for (Change change : rest(feed, position)) {
                last.put(change.id(), Seen.of(change));
                assertThat(change.document(notes))
                        .as("the document of %s", change)
                        .isEqualTo(notes().get(change.id()));
            }
            assertThat(last)
                    .as("the last change of each document after: %s", verb.getKey())
                    .isEqualTo(changed(before, versions()))
                    .isNotEmpty();
        }
    }

    private Map<String, Long> versions() {
        Map<String, Long> versions = new TreeMap<>();
        notes().query().stream().forEach(document -> versions.put(document.id(), document.version()));
        return versions;
    }

    private Map<String, Seen> changed(Map<String, Long> before, Map<String, Long> after) {
        Map<String, Seen> changed = new TreeMap<>();
        before.forEach((id, version) -> {
            if (!after.containsKey(id)) {
                changed.put(id, new Seen(notes.name(), id, version, true));
            }
        });
        after.forEach((id, version) -> {
            if (!version.equals(before.get(id))) {
                changed.put(id, new Seen(notes.name(), id, version, false));
            }
        });
        return changed;
    }

    @Proves(Clause.F2)
    void whatIsRefusedOrChangesNothingIsNotShown() {
        Document<Item> old = notes().insert("a", Item.of("old"));
        Document<Item> there = notes().put("a", Item.of("there").withCode("c"));
        ChangeFeed feed = store.changes(notes);
        String position = feed.end();
        fails(() -> notes().insert("a", NEW));
        fails(() -> notes().replace(old.withValue(NEW)));
        fails(() -> notes().delete(old));
        assertThat(notes().delete("missing")).as("whether it was there").isFalse();
        assertThat(notes().update("missing", item -> NEW))
                .as("what was updated")
                .isEmpty();
        notes().compute("missing", item -> Optional.empty());
        notes().insertAll(Stream.of(NEW, NEW), item -> "a", OnConflict.SKIP);
        if (has(Capability.UNIQUE_INDEXES)) {
            fails(() -> notes().insert("b", NEW.withCode("c")));
        }
        requireNothingShown(feed, position, there);
    }

    @Proves(Clause.F2)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS})
    void whatIsUndoneIsNotShown() {
        Document<Item> there = notes().insert("a", Item.of("there"));
        ChangeFeed feed = store.changes(notes);
        String position = feed.end();
        fails(() -> store.runTransaction(tx -> {
            DocumentCollection<Item> inside = tx.collection(notes);
            inside.put("a", NEW);
            inside.insertAll(some(0, 20), LogClauses::id, OnConflict.FAIL);
            inside.where(Item.NUMBER.lt(10)).deleteAll();
            throw new IllegalStateException("mine");
        }));
        requireNothingShown(feed, position, there);
    }

    private void requireNothingShown(ChangeFeed feed, String position, Document<Item> there) {
        assertThat(notes().query().list()).as("documents").containsExactly(there);
        assertThat(rest(feed, position)).as("changes, where none was made").isEmpty();
        Document<Item> next = notes().put("next", NEW);
        assertThat(seen(rest(feed, position)))
                .as("changes, where one was made")
                .containsExactly(new Seen("notes", "next", next.version(), false));
    }

    private static void fails(ThrowingCallable call) {
        assertThat(catchThrowable(call)).as("what was thrown").isNotNull();
    }

    @Proves(Clause.F3)
    void changesOfOneDocumentComeInTheOrderOfItsVersions() throws Exception {
        ChangeFeed feed = store.changes(notes).limit(1);
        DocumentCollection<Item> there = second().collection(notes);
        List<Seen> made = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            made.add(written(notes().insert("a", Item.ofNumber(i))));
            made.add(written(there.put("a", Item.ofNumber(i))));
            long deleted = existing(there, "a").version();
            if (i < 3) {
                notes().delete("a");
                made.add(new Seen("notes", "a", deleted, true));
            }
        }
        Mirror mirror = new Mirror(List.of(notes));
        mirror.readAll(feed);
        mirror.requireSameAs(store, "after a document was written and deleted again and again");
        List<Change> shown = rest(feed, null);
        assertThat(shown.get(shown.size() - 1).version())
                .as("the last version that is shown")
                .isEqualTo(existing(notes(), "a").version());
        assertThat(made)
                .as("versions that were there")
                .extracting(Seen::version)
                .containsAll(shown.stream().map(Change::version).toList());
    }

    @Proves(Clause.F3)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS})
    void theLastOfSeveralChangesInATransactionIsShown() {
        ChangeFeed feed = store.changes(notes);
        notes().insert("gone", NEW);
        String position = feed.end();
        store.runTransaction(tx -> {
            DocumentCollection<Item> inside = tx.collection(notes);
            inside.insert("a", Item.ofNumber(1));
            inside.put("gone", Item.ofNumber(1));
            inside.put("a", Item.ofNumber(2));
            inside.delete("gone");
            inside.update("a", item -> Item.ofNumber(3));
        });
        Map<String, Seen> last = new TreeMap<>();
        rest(feed, position).forEach(change -> last.put(change.id(), Seen.of(change)));
        assertThat(last.get("a")).as("the last change of 'a'").isEqualTo(written(existing(notes(), "a")));
        assertThat(last.get("gone"))
                .as("the last change of 'gone'")
                .extracting(Seen::deleted)
                .isEqualTo(true);
        Mirror mirror = new Mirror(List.of(notes));
        mirror.readAll(feed);
        mirror.requireSameAs(store, "after a transaction that changed documents several times");
    }

    private Seen written(Document<Item> document) {
        return new Seen("notes", document.id(), document.version(), false);
    }

    @Proves(Clause.F4)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS})
    void whatATransactionHadSeenComesBeforeItsOwnChanges() throws Exception {
        ChangeFeed feed = store.changes(notes, others).limit(3);
        Store there = second();
        store.collection(others).insert("s0", Item.ofNumber(0));
        for (int i = 1; i <= 12; i++) {
            String seen = "s" + (i - 1);
            String own = "s" + i;
            boolean swap = i % 2 == 0;
            (i % 3 == 0 ? there : store).runTransaction(tx -> {
                existing(tx.collection(swap ? notes : others), seen);
                tx.collection(swap ? others : notes).insert(own, Item.of(seen));
            });
        }
        assertThat(ids(rest(feed, null)))
                .as("changes, each of a transaction that had seen the one before")
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, 12).mapToObj(i -> "s" + i).toList());
    }

    private static Stream<Item> some(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> Item.ofNumber(i).tagged("t" + i));
    }

    private static String id(Item item) {
        return "n" + item.number();
    }
}
