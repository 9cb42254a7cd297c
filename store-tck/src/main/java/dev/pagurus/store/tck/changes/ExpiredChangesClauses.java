package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Group D: what a reader of changes has of documents that expire, whichever way these are removed. */
public abstract class ExpiredChangesClauses extends ChangesGroup {

    private static final int SOME = 30;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock(Instant.parse("2030-01-01T00:00:00Z"));
    private final Map<String, Long> reader = new TreeMap<>();
    private Schema<Item> kept = Item.SCHEMA;
    private @Nullable String position;

    protected ExpiredChangesClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** What may remove what has expired. */
    private interface Removal {
        void remove() throws Exception;
    }

    private void start() throws Exception {
        startWith(with -> with.clock(clock));
        kept = itemSchema("kept").expiresAt(Item.TIME).changes(WEEK);
        store.collection(kept);
    }

    /** A handle that is opened when it is this time: in another process, the clock stands. */
    private Store now() throws Exception {
        Instant now = clock.instant();
        return second(with -> with.clock(new SettableClock(now)));
    }

    /** Writes some that expire in a second and one that does not, and returns the ids of the former. */
    private Set<String> fill(String prefix) {
        Instant soon = clock.instant().plusSeconds(1);
        Set<String> ids = new HashSet<>();
        store.collection(kept)
                .putAll(
                        IntStream.range(0, SOME)
                                .mapToObj(i -> Item.of(prefix + i).withTime(soon)),
                        item -> {
                            ids.add(String.valueOf(item.text()));
                            return String.valueOf(item.text());
                        },
                        OnConflict.FAIL);
        store.collection(kept).put(prefix + "stays", Item.NOTHING);
        return ids;
    }

    @Proves(Clause.D7)
    void whoReadsOnHasWhatIsThereWhateverHasRemovedTheRest() throws Exception {
        start();
        Map<String, Removal> removals = new LinkedHashMap<>();
        removals.put("removal", () -> store.removeExpired());
        removals.put("removal by another handle", () -> now().removeExpired());
        removals.put("a write", () -> store.collection(kept).put("later", Item.NOTHING));
        removals.put("writes of their ids", () -> {
            store.collection(kept).insert("writes of their ids0", Item.of("new"));
            store.collection(kept).put("writes of their ids1", Item.of("new"));
        });
        removals.put("another revision", () -> {
            kept = kept.revision(2);
            store.collection(kept);
        });
        for (Map.Entry<String, Removal> removal : removals.entrySet()) {
            String how = removal.getKey();
            Set<String> expiring = fill(how);
            readOn();
            requireSame("before " + how);
            String before = store.changes(kept).end();
            clock.advanceSeconds(1);
            removal.getValue().remove();
            store.removeExpired();
            readOn();
            requireSame("after " + how);
            String end = store.changes(kept).end();
            assertThat(end).as("the end behind %s", how).isNotEqualTo(before);
            assertThat(rest(store.changes(kept), end))
                    .as("changes behind the end, after %s", how)
                    .isEmpty();
            expiring.removeIf(id -> store.collection(kept).exists(id));
            assertThat(rest(store.changes(kept), before).stream()
                            .filter(Change::deleted)
                            .map(Change::id))
                    .as("deletions by %s", how)
                    .containsExactlyInAnyOrderElementsOf(expiring);
        }
    }

    /** Takes in what has changed. */
    private void readOn() {
        ChangePage page;
        do {
            page = store.changes(kept).startAfter(position).page();
            page.changes()
                    .forEach(change -> change.document(kept)
                            .ifPresentOrElse(
                                    document -> reader.put(change.id(), document.version()),
                                    () -> reader.remove(change.id())));
            position = page.position();
        } while (!page.complete());
    }

    private void requireSame(String when) {
        Map<String, Long> there = new TreeMap<>();
        store.collection(kept).query().list().forEach(document -> there.put(document.id(), document.version()));
        assertThat(reader).as("what a reader of the feed has, %s", when).isEqualTo(there);
    }

    @Proves(Clause.D7)
    void whoWaitsIsToldOfARemoval() throws Exception {
        start();
        fill("n");
        ChangeFeed feed = store.changes(kept);
        String before = feed.end();
        clock.advanceSeconds(1);
        Store other = now();
        Elsewhere<ChangePage> waiting =
                Elsewhere.start(() -> feed.startAfter(before).page(PATIENCE));
        assertThat(waiting.within(Duration.ofMillis(20)))
                .as("a page, before anything was removed")
                .isEmpty();
        other.removeExpired();
        assertThat(waiting.result().changes())
                .as("what somebody is told who waits while another handle removes what has expired")
                .isNotEmpty();
    }
}
