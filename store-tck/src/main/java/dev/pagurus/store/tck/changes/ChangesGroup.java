package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Two collections that keep their changes. */
@Needs(Capability.CHANGES)
abstract class ChangesGroup extends ClauseGroup {

    static final Duration WEEK = Duration.ofDays(7);

    Schema<Item> notes;
    Schema<Item> others;

    ChangesGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void declare() {
        notes = itemSchema("notes").changes(WEEK);
        others = itemSchema("others").changes(WEEK);
    }

    final DocumentCollection<Item> notes() {
        return store.collection(notes);
    }

    /** What a test compares of a change. */
    record Seen(String collection, String id, long version, boolean deleted) {
        static Seen of(Change change) {
            return new Seen(change.collection(), change.id(), change.version(), change.deleted());
        }
    }

    /** Returns the changes behind a position, up to the first page that is complete. */
    static List<Change> rest(ChangeFeed feed, @Nullable String position) {
        List<Change> all = new ArrayList<>();
        ChangePage page = feed.startAfter(position).page();
        all.addAll(page.changes());
        for (int pages = 1; !page.complete(); pages++) {
            assertThat(pages)
                    .as("pages that are not complete, one after the other")
                    .isLessThan(10_000);
            page = feed.startAfter(page.position()).page();
            all.addAll(page.changes());
        }
        return all;
    }

    static List<Seen> seen(List<Change> changes) {
        return changes.stream().map(Seen::of).toList();
    }

    static List<String> ids(List<Change> changes) {
        return changes.stream().map(Change::id).toList();
    }
}
