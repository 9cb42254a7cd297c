package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.group.SettableClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The feed of changes on PostgreSQL: every way to write, transactions that end out of order, limits, forgetting. */
@Timeout(120)
class PostgresFeedTest {

    static final Duration WEEK = Duration.ofDays(7);

    private static final TextField<String> WORD = TextField.of("word", text -> text);

    static final Schema<String> NOTES = notes("notes");
    static final Schema<String> OTHERS = notes("others");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final StoreConfig config = PostgresServer.newDatabase().clock(clock).build();
    private final String schema = config.options().text("schema", "");
    private Store store;
    private DocumentCollection<String> notes;

    static Schema<String> notes(String name) {
        return Schema.of(name, Codec.of(text -> text, text -> text)).index(WORD).changes(WEEK);
    }

    @BeforeEach
    void open() {
        store = Stores.open(config);
        notes = store.collection(NOTES);
    }

    @AfterEach
    void close() throws SQLException {
        store.close();
        PostgresServer.drop(config);
    }

    /** Follows a feed page by page. */
    static final class Follower {
        final List<String> seen = new ArrayList<>();
        private final ChangeFeed feed;
        private @Nullable String position;
        boolean complete;

        Follower(ChangeFeed feed, @Nullable String position) {
            this.feed = feed;
            this.position = position;
        }

        String position() {
            return String.valueOf(position);
        }

        Follower next() {
            ChangePage page = feed.startAfter(position).page();
            for (Change change : page.changes()) {
                seen.add((change.deleted() ? "-" : "+") + change.id());
            }
            position = page.position();
            complete = page.complete();
            return this;
        }

        /** Returns what comes until all was shown. */
        List<String> rest() {
            seen.clear();
            do {
                next();
            } while (!complete);
            return List.copyOf(seen);
        }
    }

    private Follower follower() {
        return new Follower(store.changes(NOTES), null);
    }

    private List<String> log() throws SQLException {
        try (Connection connection = PostgresServer.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select collection || ' ' || id from " + schema + ".pagurus_changes order by tx, seq")) {
            List<String> all = new ArrayList<>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    @Test
    void everyWayToWriteIsLoggedOnce() throws SQLException {
        Document<String> one = notes.insert("insert", "a");
        notes.put("put", "a");
        notes.replace(one);
        notes.put("put", "b");
        notes.update("put", text -> text + "c");
        notes.delete("insert");
        notes.putAll(Stream.of("p1", "p2"), text -> text, OnConflict.FAIL);
        notes.putAll(Stream.of("p1", "p2", "p3"), text -> text, OnConflict.FAIL);
        store.runTransaction(tx -> {
            DocumentCollection<String> inside = tx.collection(NOTES);
            inside.insert("tx1", "x");
            inside.put("tx2", "x");
            inside.delete("tx1");
        });
        assertThat(log())
                .containsExactly(
                        "notes insert",
                        "notes put",
                        "notes insert",
                        "notes put",
                        "notes put",
                        "notes insert",
                        "notes p1",
                        "notes p2",
                        "notes p1",
                        "notes p2",
                        "notes p3",
                        "notes tx1",
                        "notes tx2",
                        "notes tx1");
        Follower follower = follower();
        follower.rest();
        assertThat(notes.query().deleteAll()).isEqualTo(5);
        assertThat(follower.rest()).containsExactlyInAnyOrder("-put", "-p1", "-p2", "-p3", "-tx2");
    }

    @Test
    void manyWritersAtOnceLoseNothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<String>> reader = CompletableFuture.supplyAsync(
                () -> {
                    Follower follower = new Follower(store.changes(NOTES).limit(7), null);
                    boolean last;
                    do {
                        last = over.get();
                        do {
                            follower.next();
                        } while (!follower.complete);
                    } while (!last);
                    return follower.seen;
                },
                task -> new Thread(task).start());
        CompletableFuture<?>[] writers = new CompletableFuture<?>[8];
        for (int w = 0; w < writers.length; w++) {
            String name = "w" + w + "-";
            writers[w] = CompletableFuture.runAsync(
                    () -> {
                        for (int i = 0; i < 40; i++) {
                            int number = i;
                            if (i % 4 == 0) {
                                store.runTransaction(tx -> {
                                    tx.collection(NOTES).put(name + number, "x");
                                    tx.collection(NOTES).put(name + number + "b", "x");
                                });
                            } else {
                                notes.insert(name + i, "x");
                            }
                        }
                    },
                    task -> new Thread(task).start());
        }
        CompletableFuture.allOf(writers).join();
        over.set(true);
        assertThat(reader.get(60, TimeUnit.SECONDS)).hasSize(8 * 50).doesNotHaveDuplicates();
    }

    @Test
    void whatIsRefusedOrUndoneIsNotLogged() throws SQLException {
        notes.insert("a", "x");
        assertThatThrownBy(() -> notes.insert("a", "y")).isNotNull();
        notes.insertAll(Stream.of("b", "a"), text -> text, OnConflict.FAIL);
        notes.delete("nothing");
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    tx.collection(NOTES).insert("c", "x");
                    throw new IllegalStateException("undo");
                }))
                .hasMessage("undo");
        store.runTransaction(tx -> {
            DocumentCollection<String> inside = tx.collection(NOTES);
            // The first of them is undone to a savepoint.
            inside.insertAll(Stream.of("d", "a"), text -> text, OnConflict.FAIL);
            inside.insert("e", "x");
        });
        assertThat(log()).containsExactlyInAnyOrder("notes a", "notes b", "notes d", "notes e");
        assertThat(follower().rest()).startsWith("+a").endsWith("+e");
    }

    @Test
    void whoeverCommitsLateIsShownAndStallsNobody() throws SQLException {
        notes.insert("a", "x");
        String before = store.changes(NOTES).end();
        Follower follower = new Follower(store.changes(NOTES), before);
        Follower small = new Follower(store.changes(NOTES).limit(2), before);
        try (Connection open = open("late")) {
            for (int i = 0; i < 5; i++) {
                notes.insert("n" + i, "x");
            }
            assertThat(follower.rest()).containsExactly("+n0", "+n1", "+n2", "+n3", "+n4");
            assertThat(small.next().seen).containsExactly("+n0", "+n1");
            assertThat(follower.rest()).isEmpty();
            String end = store.changes(NOTES).end();
            assertThat(store.changes(NOTES).end()).isEqualTo(end);
            open.commit();
            assertThat(store.changes(NOTES).end()).isNotEqualTo(end);
        }
        assertThat(follower.rest()).containsExactly("+late");
        assertThat(follower.rest()).isEmpty();
        notes.insert("n5", "x");
        assertThat(small.rest()).containsExactly("+n2", "+n3", "+n4", "+late", "+n5");
        assertThat(small.rest()).isEmpty();
    }

    /** The transaction has its number when the document is deleted beside it, and does not look for it before. */
    @Test
    void whatIsMadeAnewComesBehindItsDeletion() throws InterruptedException {
        notes.insert("a", "old");
        String before = store.changes(NOTES).end();
        store.runTransaction(tx -> {
            DocumentCollection<String> inside = tx.collection(NOTES);
            inside.put("other", "x");
            elsewhere(() -> notes.delete("a"));
            inside.put("a", "new");
        });
        notes.put("b", "x");

        List<Change> changes = store.changes(NOTES).startAfter(before).page().changes();

        assertThat(changes).extracting(Change::id).containsExactly("other", "a", "a", "b");
        assertThat(changes.get(1).version()).isLessThan(changes.get(2).version());
        assertThat(changes.get(2).version())
                .isEqualTo(notes.get("a").orElseThrow().version());
    }

    /** The deletion comes last, and says what the page before has said. */
    @Test
    void whatIsMadeAnewStaysNewerThanItsDeletionWhereAPageEndsBetween() throws InterruptedException {
        notes.insert("a", "old");
        String before = store.changes(NOTES).end();
        store.runTransaction(tx -> {
            DocumentCollection<String> inside = tx.collection(NOTES);
            inside.put("other", "x");
            elsewhere(() -> notes.delete("a"));
            inside.put("a", "new");
        });
        notes.put("b", "x");
        long version = notes.get("a").orElseThrow().version();
        List<Change> changes = new ArrayList<>();
        ChangePage page;
        do {
            page = store.changes(NOTES).limit(1).startAfter(before).page();
            changes.addAll(page.changes());
            before = page.position();
        } while (!page.complete());

        assertThat(changes).extracting(Change::id).containsExactly("other", "a", "a", "b");
        assertThat(changes.get(1).version()).isEqualTo(version);
        assertThat(changes.get(2).version()).isEqualTo(version);
        assertThat(changes.get(2).deleted()).isFalse();
    }

    /** A page may show a version for which the log has others that come behind that page, in its batch and in the next one. */
    @Test
    void noPageShowsAnOlderVersionThanOneBefore() throws InterruptedException {
        notes.insert("a", "old");
        String before = store.changes(NOTES).end();
        store.runTransaction(tx -> {
            DocumentCollection<String> inside = tx.collection(NOTES);
            inside.put("other", "x");
            elsewhere(() -> notes.put("a", "1"));
            inside.put("more", "x");
        });
        List<Long> versions = new ArrayList<>();
        ChangePage page;
        int pages = 0;
        do {
            if (pages < 4) {
                notes.put("a", "before page " + pages);
                notes.put("a", "again before page " + pages);
            }
            page = store.changes(NOTES).limit(1).startAfter(before).page();
            page.changes().stream()
                    .filter(change -> change.id().equals("a"))
                    .forEach(change -> versions.add(change.version()));
            before = page.position();
            pages++;
        } while (!page.complete());

        assertThat(versions).hasSize(9).isSorted();
        assertThat(versions.get(8)).isEqualTo(notes.get("a").orElseThrow().version());
    }

    /** Two changes of one document are shown as what came of it, and behind them the page has older ones of the next batch. */
    @Test
    void aPageThatEndsABatchIsInOrderOfVersionsToo() throws InterruptedException {
        String before = store.changes(NOTES).end();
        store.runTransaction(tx -> {
            DocumentCollection<String> inside = tx.collection(NOTES);
            inside.put("other", "x");
            elsewhere(() -> store.runTransaction(two -> {
                two.collection(NOTES).put("a", "1");
                two.collection(NOTES).put("a", "2");
            }));
            inside.put("more", "x");
        });
        ChangePage first = store.changes(NOTES).limit(2).startAfter(before).page();
        notes.put("a", "3");
        notes.put("a", "4");
        ChangePage second =
                store.changes(NOTES).limit(10).startAfter(first.position()).page();

        assertThat(first.changes()).extracting(Change::id).containsExactly("other", "more");
        assertThat(second.changes()).extracting(Change::id).hasSize(4).containsOnly("a");
        assertThat(second.changes()).extracting(Change::version).isSorted();
    }

    /** A transaction of another program that has written as a store does, and is open. */
    private Connection open(String id) throws SQLException {
        return PostgresServer.hold(
                "insert into " + schema + ".notes (id, version, created_at, word, body) values ('" + id
                        + "', 5, 5, 'x', 'x'); insert into " + schema
                        + ".pagurus_changes (collection, id, version) values ('notes', '" + id + "', 5)");
    }

    @Test
    void pagesEndAtTheirLimitsAndGoOnWithinABatch() {
        for (int i = 0; i < 10; i++) {
            notes.insert("a" + i, "x");
        }
        Follower follower = new Follower(store.changes(NOTES).limit(3), null);
        List<Integer> sizes = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            follower.seen.clear();
            sizes.add(follower.next().seen.size());
            all.addAll(follower.seen);
            if (i == 1) {
                notes.delete("a0");
                notes.insert("b", "x");
            }
            assertThat(follower.complete).isEqualTo(i == 4);
        }
        assertThat(sizes).containsExactly(3, 3, 3, 3, 0);
        assertThat(all).endsWith("+a8", "+a9", "-a0", "+b").hasSize(12);
    }

    @Test
    void severalCollectionsAreInOneOrder() {
        DocumentCollection<String> others = store.collection(OTHERS);
        notes.insert("n1", "x");
        others.insert("o1", "x");
        notes.insert("n2", "x");
        assertThat(new Follower(store.changes(NOTES, OTHERS), null).rest()).containsExactly("+n1", "+o1", "+n2");
        assertThat(new Follower(store.changes(OTHERS), null).rest()).containsExactly("+o1");
        // Documents of one id stay apart.
        String end = store.changes(NOTES, OTHERS).end();
        others.insert("n1", "y");
        notes.delete("n1");
        List<Change> both = store.changes(NOTES, OTHERS).startAfter(end).page().changes();
        assertThat(both).extracting(Change::collection).containsExactly("others", "notes");
        assertThat(both.get(0).document(OTHERS).orElseThrow().value()).isEqualTo("y");
        assertThat(both.get(1).deleted()).isTrue();
    }

    @Test
    void bodiesEndAPage() {
        String mebi = "m".repeat(1 << 20);
        Schema<String> bodies =
                Schema.of("bodies", Codec.of(text -> text, text -> text)).changes(WEEK);
        DocumentCollection<String> large = store.collection(bodies);
        for (int i = 0; i < 20; i++) {
            large.insert("l" + i, mebi);
        }
        Follower follower = new Follower(store.changes(bodies), null);
        assertThat(follower.next().seen).hasSizeBetween(7, 9);
        assertThat(follower.complete).isFalse();
        follower.next().next();
        assertThat(follower.seen).hasSize(20);
        assertThat(follower.complete).isTrue();
        // What is short in characters is long in bytes; and what is in the page often is there once.
        String euros = "€".repeat(1 << 20);
        String position = follower.position();
        for (int i = 0; i < 40; i++) {
            large.put("e" + i % 4, euros);
        }
        Follower many = new Follower(store.changes(bodies), position);
        int pages = 0;
        do {
            many.next();
            pages++;
        } while (!many.complete);
        assertThat(many.seen).hasSize(40);
        assertThat(pages).isLessThan(16);
    }

    @Test
    void whatIsOldIsForgottenAndAReaderThatWasOvertakenIsTold() throws SQLException {
        notes.insert("first", "x");
        Follower early = follower().next();
        for (int i = 0; i < 600; i++) {
            notes.insert("a" + i, "x");
        }
        Follower middle = new Follower(store.changes(NOTES).limit(550), early.position()).next();
        clock.set(clock.instant().plus(WEEK.dividedBy(16)));
        notes.insert("soon", "x");
        Follower end = new Follower(store.changes(NOTES), store.changes(NOTES).end());
        clock.set(clock.instant().plus(WEEK.dividedBy(2)));
        notes.insert("half", "x");
        clock.set(clock.instant().plus(WEEK.dividedBy(16).multipliedBy(7)).minusSeconds(1));
        notes.insert("young", "x");
        assertThat(log()).as("nothing is a retention old").hasSize(604);
        clock.set(clock.instant().plusSeconds(2).plus(WEEK.dividedBy(16)));
        for (int i = 0; i < 12; i++) {
            notes.insert("b" + i, "x");
        }
        assertThat(log()).as("only younger ones").hasSize(14).startsWith("notes half");
        for (Follower overtaken : List.of(early, middle)) {
            assertThatThrownBy(overtaken::next)
                    .isInstanceOf(PositionLostException.class)
                    .hasMessageContaining("forgotten")
                    .hasMessageContaining("startWithState");
        }
        assertThat(end.rest()).hasSize(14).startsWith("+half", "+young", "+b0");
        assertThat(follower().rest()).hasSize(14);
        clock.set(clock.instant().plus(WEEK.multipliedBy(3)));
        notes.insert("c", "x");
        clock.set(clock.instant().plus(WEEK.multipliedBy(3)));
        notes.insert("d", "x");
        assertThat(log()).as("the newest stay").hasSize(8);
        notes.insert("e", "x");
        assertThat(end.rest()).containsExactly("+c", "+d", "+e");
        assertThat(new Follower(store.changes(NOTES), store.changes(NOTES).end()).rest())
                .isEmpty();
    }

    @Test
    void positionsAreOfALife() {
        notes.insert("a", "x");
        Follower before = follower().next();
        store.close();
        store = Stores.open(config);
        assertThat(store.drop("notes")).isTrue();
        ChangeFeed anew = store.changes(NOTES.revision(2));
        assertThatThrownBy(new Follower(anew, before.position())::next)
                .isInstanceOf(PositionLostException.class)
                .hasMessageContaining("made anew");
        assertThat(new Follower(anew, null).rest()).isEmpty();
    }

    @Test
    void aCollectionThatGetsAndLosesItsRetention() throws SQLException {
        Schema<String> kept = notes("plain");
        Schema<String> plain =
                Schema.of("plain", Codec.of(text -> text, text -> text)).index(WORD);
        store.collection(plain).insert("a", "x");
        assertThat(log()).isEmpty();
        DocumentCollection<String> now = store.collection(kept.revision(2));
        Follower follower = new Follower(store.changes(kept.revision(2)), null);
        assertThat(follower.rest()).as("a revision changes no document").isEmpty();
        now.insert("b", "x");
        assertThat(follower.rest()).containsExactly("+b");
        store.collection(kept.changes(Duration.ofDays(1)).revision(3)).insert("c", "x");
        Follower other =
                new Follower(store.changes(kept.changes(Duration.ofDays(1)).revision(3)), follower.position());
        assertThat(other.rest()).containsExactly("+c");
        store.collection(plain.revision(4)).insert("d", "x");
        assertThat(log()).isEmpty();
    }

    @Test
    void aRenamedCollectionKeepsItsChanges() throws SQLException {
        notes.insert("a", "x");
        store.close();
        store = Stores.open(config);
        store.rename("notes", "renamed");
        store.collection(notes("renamed")).insert("b", "x");
        assertThat(log()).containsExactly("renamed a", "renamed b");
        assertThat(new Follower(store.changes(notes("renamed")), null).rest()).containsExactly("+a", "+b");
    }

    @Test
    void anotherDatabaseSystemBeginsAnew() throws SQLException {
        notes.insert("a", "x");
        Follower follower = follower().next();
        String end = store.changes(NOTES).end();
        PostgresServer.run("update " + schema + ".pagurus_feeds set history = '42'");
        for (String position : List.of(follower.position(), end)) {
            assertThatThrownBy(() -> store.changes(NOTES).startAfter(position).page())
                    .isInstanceOf(PositionLostException.class)
                    .hasMessageContaining("another database system");
        }
        assertThat(log()).isEmpty();
        Follower anew = follower();
        assertThat(anew.rest()).isEmpty();
        notes.insert("b", "x");
        assertThat(anew.rest()).containsExactly("+b");
        // Nobody may have read before the next write is forgotten about.
        PostgresServer.run("update " + schema + ".pagurus_feeds set history = '42'");
        clock.set(clock.instant().plus(WEEK));
        notes.insert("c", "x");
        assertThat(log()).isEmpty();
        assertThatThrownBy(anew::next).isInstanceOf(PositionLostException.class);
    }

    @Test
    void positionsOfAHistoryThatIsGoneAreRefused() throws SQLException {
        for (int i = 0; i < 20; i++) {
            notes.insert("a" + i, "x");
        }
        Follower follower = follower();
        follower.rest();
        PostgresServer.run("delete from " + schema + ".pagurus_changes where id = 'a19'");
        assertThatThrownBy(follower::next)
                .isInstanceOf(PositionLostException.class)
                .hasMessageContaining("an older state of it was restored");
    }

    /**
     * What a reader that is serializable makes fail: it sees the second transaction, and not the first one, which had not
     * seen the second one either.
     */
    @Test
    void whoReadsMakesNobodyFail() {
        notes.insert("a", "x");
        AtomicInteger runs = new AtomicInteger();
        store.runTransaction(tx -> {
            runs.incrementAndGet();
            tx.collection(NOTES).get("a");
            elsewhere(() -> notes.put("a", "y"));
            elsewhere(() -> assertThat(follower().rest()).contains("+a"));
            tx.collection(NOTES).insert("b", "x");
        });
        assertThat(runs).as("no transaction was run again").hasValue(1);
    }

    private static void elsewhere(Runnable action) {
        CompletableFuture.runAsync(action, task -> new Thread(task).start()).join();
    }

    @Test
    void theChangesAreNotForAnOldRevision() {
        ChangeFeed feed = store.changes(NOTES);
        try (Store other = Stores.open(config)) {
            other.collection(NOTES.revision(2));
        }
        assertThatThrownBy(feed::page).hasMessageContaining("newer version");
        assertThatThrownBy(feed::end).hasMessageContaining("newer version");
    }
}
