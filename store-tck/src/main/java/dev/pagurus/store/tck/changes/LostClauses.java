package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.moves.CopyTarget;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** Group F: positions that nobody can go on from are refused, and never served wrongly. */
public abstract class LostClauses extends ChangesGroup {

    @TempDir
    Path directory;

    protected LostClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** Positions of a feed that has shown something, and of one that is at its end. */
    private List<String> positions(ChangeFeed feed) {
        List<String> positions = new ArrayList<>();
        positions.add(feed.limit(1).page().position());
        positions.add(feed.page().position());
        positions.add(feed.end());
        positions.add(feed.startWithState().limit(1).page().position());
        return positions;
    }

    private static void fill(DocumentCollection<Item> collection) {
        for (int i = 0; i < 3; i++) {
            collection.put("n" + i, Item.ofNumber(i));
        }
    }

    private static void requireLost(ChangeFeed feed, List<String> positions, String of) {
        for (String position : positions) {
            assertThatThrownBy(() -> rest(feed, position), "a position of %s", of)
                    .isInstanceOf(PositionLostException.class);
        }
        assertThat(rest(feed.startWithState(), null)).as("who begins anew").isNotNull();
    }

    @Proves(Clause.F14)
    void aPositionOfAnotherFeedIsRefused() {
        fill(notes());
        fill(store.collection(others));
        List<String> positions = positions(store.changes(notes));
        requireLost(store.changes(others), positions, "another collection");
        requireLost(store.changes(notes, others), positions, "one of the two collections");
        requireLost(store.changes(notes), positions(store.changes(others, notes)), "more collections");
    }

    @Proves(Clause.F14)
    void aPositionOfAnotherStoreIsRefused() throws Exception {
        List<String> start = List.of(store.changes(notes).end());
        fill(notes());
        CopyTarget.use(fixture, target -> {
            try (Store other = target.open()) {
                requireLost(other.changes(notes), start, "another store, where nothing had changed");
                fill(other.collection(notes));
                requireLost(other.changes(notes), start, "another store, where nothing had changed");
                requireLost(other.changes(notes), positions(store.changes(notes)), "another store");
            }
        });
    }

    @Proves(Clause.F14)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aCopyRefusesThePositionsOfItsSource() throws Exception {
        fill(notes());
        notes().delete("n0");
        List<String> positions = positions(store.changes(notes));
        CopyTarget.use(fixture, target -> {
            Stores.copy(again(), target.config(), CopyOptions.DEFAULT);
            try (Store copy = target.open()) {
                requireLost(copy.changes(notes), positions, "the source of a copy");
            }
        });
    }

    @Proves(Clause.F1)
    @Needs({Capability.CHANGES, Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void whatIsCopiedAndImportedIsShown() throws Exception {
        CopyTarget.use(fixture, this::requireShown);
    }

    private void requireShown(CopyTarget target) throws Exception {
        fill(notes());
        Stores.copy(again(), target.config(), CopyOptions.DEFAULT);
        Mirror reader = new Mirror(List.of(notes));
        try (Store copy = target.open()) {
            reader.readAll(copy.changes(notes));
            reader.requireSameAs(copy, "after a copy");
        }
        notes().delete("n1");
        notes().put("n7", Item.of("new"));
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        store.exportTo(export, CopyOptions.DEFAULT);
        Stores.importFrom(
                new ByteArrayInputStream(export.toByteArray()), target.config(), CopyOptions.DEFAULT.withOverwrite());
        try (Store copy = target.open()) {
            reader.readAll(copy.changes(notes));
            reader.requireSameAs(copy, "after an import over it");
            reader.requireSameAs(store, "after an import of this store");
        }
    }

    @Proves(Clause.F15)
    void aPositionOfAFeedThatWasGivenUpIsRefused() throws Exception {
        String start = store.changes(notes).end();
        fill(notes());
        List<String> positions = positions(store.changes(notes));
        positions.add(start);
        Store other = second();
        Schema<Item> without = itemSchema("notes").revision(2);
        other.collection(without).put("n0", Item.of("not kept"));
        Schema<Item> again = itemSchema("notes").changes(WEEK).revision(3);
        ChangeFeed feed = other.changes(again);
        assertThat(rest(feed, null)).as("changes of a feed that begins anew").isEmpty();
        requireLost(feed, positions, "a feed that was given up");
        fill(other.collection(again));
        requireLost(feed, positions, "a feed that was given up");
        assertThat(ids(rest(feed, null))).as("changes since").containsExactly("n0", "n1", "n2");
    }

    @Proves(Clause.F15)
    void aPositionOfACollectionThatWasDroppedIsRefused() throws Exception {
        String start = store.changes(notes).end();
        fill(notes());
        ChangeFeed before = store.changes(notes);
        List<String> positions = positions(before);
        positions.add(start);
        Store other = second();
        other.drop("notes");
        assertThatThrownBy(before::page, "a page of a collection that was dropped")
                .isInstanceOf(SchemaException.class);
        Schema<Item> anew = itemSchema("notes").changes(WEEK).revision(2);
        ChangeFeed feed = other.changes(anew);
        assertThat(rest(feed, null))
                .as("changes of a collection that was made anew")
                .isEmpty();
        requireLost(feed, positions, "a collection that was dropped");
        fill(other.collection(anew));
        requireLost(feed, positions, "a collection that was dropped");
    }

    @Proves(Clause.F16)
    @Needs(Capability.CHANGES)
    void aPositionOfAHistoryThatIsGoneIsRefused() throws Exception {
        if (!has(Capability.BACKUP)) {
            // What is put back there is put back by the database's own tools, which no kit has.
            return;
        }
        fill(notes());
        ChangeFeed feed = store.changes(notes);
        String common = feed.end();
        notes().put("common", Item.of("common"));
        Path backup = directory.resolve("backup");
        store.backup(backup, false);
        List<String> gone = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            notes().put("gone" + i, Item.of("gone"));
            gone.add(feed.end());
        }
        notes().delete("n0");
        gone.add(feed.end());
        gone.add(feed.limit(2).startAfter(common).page().position());
        try (Store restored = fixture.open(fixture.ofBackup(backup).build())) {
            ChangeFeed there = restored.changes(notes);
            assertThat(ids(rest(there, common)))
                    .as("changes behind a position that both histories have")
                    .containsExactly("common");
            requireLost(there, gone, "a history that is gone");
            for (int i = 0; i < 12; i++) {
                restored.collection(notes).put("other" + i, Item.of("other"));
                requireLost(there, gone, "a history that is gone, when another one has come as far");
            }
        }
    }

    @Proves(Clause.F17)
    void aDamagedPositionIsRefused() {
        fill(notes());
        ChangeFeed feed = store.changes(notes);
        for (String position : positions(feed)) {
            requireDamaged(feed, position.substring(0, position.length() - 1));
            requireDamaged(feed, position + "A");
            for (int i = 0; i < position.length(); i++) {
                char other = position.charAt(i) == 'A' ? 'B' : 'A';
                requireDamaged(feed, position.substring(0, i) + other + position.substring(i + 1));
            }
        }
        for (String none : List.of("", "a", "not a position", "é", "A".repeat(100_000))) {
            requireDamaged(feed, none);
        }
    }

    private static void requireDamaged(ChangeFeed feed, String position) {
        assertThatThrownBy(() -> feed.startAfter(position).page(), "a damaged position")
                .isInstanceOf(InvalidCursorException.class);
    }
}
