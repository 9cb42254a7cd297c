package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Feeds as applications use them: pages, the state first, and followers in several stores on one file. */
@Timeout(120)
class SqliteFollowTest {

    private static final Schema<Note> NOTES = Note.WITH_CHANGES;

    /** What a follower has taken in; nothing twice, or it fails. */
    private static final Schema<Note> SEEN = Schema.of("seen", Note.class);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path directory;

    private Path file;
    private Store store;
    private DocumentCollection<Note> notes;

    @BeforeEach
    void open() {
        file = directory.resolve("data.db");
        store = Stores.open("sqlite:" + file);
        notes = store.collection(NOTES);
        store.collection(SEEN);
    }

    @AfterEach
    void close() {
        store.close();
        threads.shutdownNow();
    }

    private void put(String id) {
        notes.put(id, Note.titled(id));
    }

    /** Takes in pages up to one that is complete; returns its position. */
    private static String takeIn(ChangeFeed feed, @Nullable String start, Map<String, String> replica) {
        @Nullable String position = start;
        while (true) {
            ChangePage page = feed.startAfter(position).page();
            for (Change change : page.changes()) {
                change.document(NOTES)
                        .map(Document::value)
                        .map(Note::title)
                        .ifPresentOrElse(title -> replica.put(change.id(), title), () -> replica.remove(change.id()));
            }
            position = page.position();
            if (page.complete()) {
                return position;
            }
        }
    }

    private Map<String, String> stored() {
        Map<String, String> stored = new TreeMap<>();
        notes.query()
                .list()
                .forEach(one -> stored.put(one.id(), String.valueOf(one.value().title())));
        return stored;
    }

    @Test
    void healthKnowsFollowersWithinAnOwnTransactionToo() {
        notes.put("a", Note.titled("a"));
        store.follow(
                "one",
                store.changes(NOTES),
                (tx, changes) -> tx.afterCommit(() -> Thread.currentThread().interrupt()));
        assertThat(Thread.interrupted()).isTrue();
        Map<String, String> inside = store.transaction(tx -> {
            tx.collection(NOTES).put("b", Note.titled("b"));
            return store.health().details();
        });
        assertThat(inside).containsEntry("followers", "'one' at the end");
        assertThat(store.health().details().get("followers")).startsWith("'one' behind since ");
    }

    @Test
    void pagesLeadFromOneStateToTheNext() {
        Map<String, String> replica = new TreeMap<>();
        ChangeFeed feed = store.changes(NOTES).limit(2);
        String position = takeIn(feed, null, replica);
        for (String id : List.of("a", "b", "c", "d", "e")) {
            put(id);
        }
        position = takeIn(feed, position, replica);
        assertThat(replica).isEqualTo(stored()).hasSize(5);
        notes.delete("b");
        notes.put("a", Note.titled("other"));
        notes.query().where(Note.TITLE.eq("c")).deleteAll();
        assertThat(takeIn(feed, position, replica)).isEqualTo(feed.end());
        assertThat(replica).isEqualTo(stored()).hasSize(3);
    }

    @Test
    void theStateComesFirstAndNothingIsLostBetween() {
        IntStream.range(10, 20).forEach(i -> put("n" + i));
        Map<String, String> replica = new TreeMap<>();
        ChangeFeed feed = store.changes(NOTES).startWithState().limit(3);
        ChangePage first = feed.page();
        assertThat(first.changes()).extracting(Change::id).containsExactly("n10", "n11", "n12");
        assertThat(first.complete()).isFalse();
        first.changes().forEach(change -> replica.put(change.id(), "n"));
        notes.put("n10", Note.titled("changed before"));
        notes.put("n19", Note.titled("changed behind"));
        put("n0");
        put("n3");
        notes.delete("n11");
        notes.delete("n15");
        String position = takeIn(feed, first.position(), replica);
        replica.replace("n12", "n12");
        assertThat(replica).isEqualTo(stored()).hasSize(10);
        assertThat(position).isEqualTo(feed.end());
    }

    @Test
    void followersInTwoStoresTakeEachChangeInOnce() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        List<Future<?>> followers = new ArrayList<>();
        Store other = Stores.open("sqlite:" + file);
        try (Store third = Stores.open("sqlite:" + file)) {
            for (Store one : List.of(store, other, third)) {
                DocumentCollection<Note> its = one.collection(NOTES);
                one.collection(SEEN);
                followers.add(threads.submit(() -> follow(one)));
                if (one != other) {
                    writers.add(threads.submit(() -> {
                        for (int i = 0; i < 300; i++) {
                            String id = System.identityHashCode(one) + "-" + i;
                            its.put(id, Note.titled(id));
                        }
                    }));
                }
            }
            awaitSeen(50);
            other.close();
            followers.get(1).get(60, TimeUnit.SECONDS);
            for (Future<?> writer : writers) {
                writer.get(60, TimeUnit.SECONDS);
            }
            awaitSeen(600);
            assertThat(followers.get(0)).isNotDone();
            assertThat(followers.get(2)).isNotDone();
        }
        followers.get(2).get(60, TimeUnit.SECONDS);
        assertThat(store.collection(SEEN).query().count()).isEqualTo(600);
    }

    private static void follow(Store one) {
        one.follow("seer", one.changes(NOTES).limit(7), (tx, changes) -> {
            for (Change change : changes) {
                tx.collection(SEEN).insert(change.id() + "@" + change.version(), Note.titled(change.id()));
            }
        });
    }

    private void awaitSeen(long documents) throws InterruptedException {
        while (store.collection(SEEN).query().count() < documents) {
            Thread.sleep(5);
        }
    }

    /** Starts one that tells which ids it takes in. */
    private Future<?> listener(String name, BlockingQueue<String> heard) {
        return threads.submit(() -> store.follow(
                name, store.changes(NOTES), (tx, changes) -> changes.forEach(change -> heard.add(change.id()))));
    }

    private static String next(BlockingQueue<String> heard) throws InterruptedException {
        return String.valueOf(heard.poll(60, TimeUnit.SECONDS));
    }

    @Test
    void whoWaitsIsWokenByThisStoreByAnotherAndByAnotherProcess() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Future<?> listener = listener("ear", heard);
        put("mine");
        assertThat(next(heard)).isEqualTo("mine");
        store.transaction(tx -> {
            tx.collection(NOTES).delete("mine");
            return true;
        });
        assertThat(next(heard)).isEqualTo("mine");
        try (Store other = Stores.open("sqlite:" + file)) {
            other.collection(NOTES).put("yours", Note.titled("yours"));
            assertThat(next(heard)).isEqualTo("yours");
        }
        try (ChildJvm child = ChildJvm.start(Peer.class)) {
            child.await(Parent.ANSWER);
            assertThat(child.ask("open-with-changes sqlite:" + file)).isEqualTo("opened");
            assertThat(child.ask("put theirs theirs")).startsWith("version");
            assertThat(next(heard)).isEqualTo("theirs");
            assertThat(child.ask("close")).isEqualTo("closed");
        }
        assertThat(listener).isNotDone();
    }

    @Test
    void anInterruptAndClosingEndIt() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Thread thread = new Thread(() -> {
            store.follow("one", store.changes(NOTES), (tx, changes) -> changes.forEach(one -> heard.add(one.id())));
            heard.add(Thread.interrupted() ? "interrupted" : "ended");
        });
        thread.start();
        put("a");
        assertThat(next(heard)).isEqualTo("a");
        thread.interrupt();
        assertThat(next(heard)).isEqualTo("interrupted");
        Future<?> second = listener("two", heard);
        assertThat(next(heard)).isEqualTo("a");
        store.close();
        second.get(60, TimeUnit.SECONDS);
    }

    @Test
    void itGoesOnWhereItWasUntilThatIsForgottenOrLost() throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        put("a");
        Future<?> first = listener("ear", heard);
        assertThat(next(heard)).isEqualTo("a");
        first.cancel(true);
        put("b");
        Future<?> second = listener("ear", heard);
        assertThat(next(heard)).isEqualTo("b");
        second.cancel(true);
        assertThat(store.unfollow("ear")).isTrue();
        assertThat(store.unfollow("ear")).isFalse();
        Future<?> third = listener("ear", heard);
        assertThat(List.of(next(heard), next(heard))).containsExactly("a", "b");
        third.cancel(true);
    }

    @Test
    void aFollowerOfAFeedThatWasMadeAnewIsToldWhatToDo() throws Exception {
        put("a");
        Future<?> follower = threads.submit(() -> follow(store));
        awaitSeen(1);
        follower.cancel(true);
        Schema<Note> without = Note.SCHEMA.revision(2);
        Schema<Note> again = Note.SCHEMA.changes(Duration.ofHours(1)).revision(3);
        store.close();
        store = Stores.open("sqlite:" + file);
        store.collection(without);
        try (Store later = Stores.open("sqlite:" + file)) {
            ChangeFeed feed = later.changes(again);
            assertThatThrownBy(() -> later.follow("seer", feed, (tx, changes) -> {}))
                    .isInstanceOf(PositionLostException.class)
                    .hasMessageContainingAll("'seer'", "begun anew", "store.unfollow(name)");
        }
    }
}
