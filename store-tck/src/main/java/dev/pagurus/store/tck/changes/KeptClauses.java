package dev.pagurus.store.tck.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.MayWarn;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group F: how long changes are kept, and what of the definition's changes they outlive. */
public abstract class KeptClauses extends ChangesGroup {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MINUTES = 200;
    private static final Codec<String> TEXT = Codec.of(text -> text, text -> text);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-27T00:00:00Z"));

    protected KeptClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /**
     * Each minute a change, and each third one a deletion; after so many minutes with this number. Beside it are collections that
     * keep their changes for less and for more, and are written less often.
     */
    private List<String> writeEachMinute(ChangeFeed feed, DocumentCollection<Item> collection) {
        Schema<Item> brief = itemSchema("brief").changes(Duration.ofMinutes(2));
        Schema<Item> weekly = itemSchema("weekly").changes(WEEK);
        String first = store.changes(weekly).end();
        store.changes(brief);
        List<String> positions = new ArrayList<>(List.of(feed.end()));
        for (int minute = 1; minute <= MINUTES; minute++) {
            clock.advanceSeconds(60);
            if (minute % 10 == 0) {
                store.collection(brief).put("b" + minute, Item.ofNumber(minute));
                store.collection(weekly).put("w" + minute, Item.ofNumber(minute));
            }
            if (minute % 3 == 0) {
                collection.delete("m" + (minute - 1));
            } else {
                collection.put("m" + minute, Item.ofNumber(minute));
            }
            positions.add(feed.end());
            int known = Math.max(0, minute - 59);
            assertThat(rest(feed, positions.get(known)).size())
                    .as("changes of the last %s minutes, with a retention of an hour", minute - known)
                    .isBetween((minute - known) / 3, minute - known);
            requireDeletionsShown(feed, positions.get(known), known, minute);
        }
        assertThat(ids(rest(store.changes(weekly), first)))
                .as("changes of the last %s minutes, with a retention of a week", MINUTES)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, MINUTES / 10)
                        .mapToObj(ten -> "w" + 10 * ten)
                        .toList());
        return positions;
    }

    private static void requireDeletionsShown(ChangeFeed feed, String position, int from, int to) {
        List<String> deleted = rest(feed, position).stream()
                .filter(Change::deleted)
                .map(Change::id)
                .toList();
        assertThat(deleted)
                .as("deletions of the minutes %s to %s", from + 1, to)
                .containsAll(IntStream.rangeClosed(from + 1, to)
                        .filter(minute -> minute % 3 == 0)
                        .mapToObj(minute -> "m" + (minute - 1))
                        .toList());
    }

    @Proves(Clause.F12)
    void nothingIsForgottenThatIsYoungerThanTheRetention() throws Exception {
        startWith(with -> with.clock(clock));
        Schema<Item> hourly = itemSchema("hourly").changes(HOUR);
        writeEachMinute(store.changes(hourly), store.collection(hourly));
    }

    @Proves(Clause.F12)
    void nothingIsForgottenWhileTheClockStands() throws Exception {
        startWith(with -> with.clock(clock));
        Schema<Item> brief = itemSchema("brief").changes(Duration.ofSeconds(1));
        ChangeFeed feed = store.changes(brief);
        String start = feed.end();
        for (int i = 0; i < 40; i++) {
            store.collection(brief).put("n" + i, Item.ofNumber(i));
        }
        clock.set(Instant.parse("2026-11-26T23:00:00Z"));
        for (int i = 40; i < 80; i++) {
            store.collection(brief).put("n" + i, Item.ofNumber(i));
        }
        assertThat(ids(rest(feed, start)))
                .as("changes while the clock stood, and went back")
                .containsExactlyElementsOf(
                        IntStream.range(0, 80).mapToObj(i -> "n" + i).toList());
    }

    @Proves(Clause.F13)
    void whatIsForgottenIsRefusedAndWhatIsKnownIsGood() throws Exception {
        startWith(with -> with.clock(clock));
        Schema<Item> hourly = itemSchema("hourly").changes(HOUR);
        ChangeFeed feed = store.changes(hourly);
        List<String> positions = writeEachMinute(feed, store.collection(hourly));
        for (int old : List.of(0, MINUTES - 150, MINUTES - 130)) {
            assertThatThrownBy(() -> rest(feed, positions.get(old)), "a position of minute %s of %s", old, MINUTES)
                    .isInstanceOf(PositionLostException.class)
                    .hasMessageContaining("PT1H");
        }
        assertThat(rest(feed, positions.get(MINUTES)))
                .as("changes behind the end")
                .isEmpty();
        List<Change> known = rest(feed, null);
        assertThat(known.get(known.size() - 1).id())
                .as("the last of the changes that are known")
                .isEqualTo("m" + MINUTES);
        assertThat(known.size()).as("how many changes are known").isBetween(59, 130);
        Mirror reader = new Mirror(List.of(hourly));
        reader.readAll(feed.startWithState());
        reader.requireSameAs(store, "who begins anew with the state");
    }

    @Proves(Clause.F13)
    void manyOldChangesAreForgottenWithAFewWrites() throws Exception {
        startWith(with -> with.clock(clock));
        Schema<Item> hourly = itemSchema("hourly").changes(HOUR);
        DocumentCollection<Item> collection = store.collection(hourly);
        ChangeFeed feed = store.changes(hourly);
        String start = feed.end();
        collection.insertAll(
                IntStream.range(0, 500).mapToObj(Item::ofNumber), one -> "n" + one.number(), OnConflict.FAIL);
        for (int i = 0; i < 40; i++) {
            clock.advanceSeconds(300);
            collection.put("later", Item.ofNumber(i));
        }
        assertThatThrownBy(() -> rest(feed, start), "a position before 500 changes of more than three hours ago")
                .isInstanceOf(PositionLostException.class);
        assertThat(rest(feed, null)).as("changes that are known").hasSizeBetween(11, 60);
    }

    @Proves(Clause.F18)
    void aRenamedCollectionKeepsItsChanges() throws Exception {
        notes().put("a", Item.of("a"));
        notes().put("b", Item.of("b"));
        notes().delete("a");
        List<Seen> before = seen(rest(store.changes(notes), null));
        second().rename("notes", "letters");
        Schema<Item> letters = itemSchema("letters").changes(WEEK);
        ChangeFeed feed = store.changes(letters);
        assertThat(seen(rest(feed, null)))
                .as("the changes under the new name")
                .isEqualTo(before.stream()
                        .map(one -> new Seen("letters", one.id(), one.version(), one.deleted()))
                        .toList())
                .isNotEmpty();
        String end = feed.end();
        Document<Item> written = store.collection(letters).put("c", Item.of("c"));
        assertThat(seen(rest(feed, end)))
                .as("what came after")
                .containsExactly(new Seen("letters", "c", written.version(), false));
    }

    @Proves(Clause.F18)
    void anotherRetentionKeepsChangesAndPositions() throws Exception {
        ChangeFeed feed = store.changes(notes);
        notes().put("a", Item.of("a"));
        String position = feed.end();
        notes().delete("a");
        notes().put("b", Item.of("b"));
        Schema<Item> longer = itemSchema("notes").changes(Duration.ofDays(70)).revision(2);
        ChangeFeed later = second().changes(longer);
        assertThat(ids(rest(later, position))).as("changes behind a position").containsExactly("a", "b");
        assertThat(ids(rest(later, null))).as("changes that are known").contains("a", "b");
    }

    @Proves(Clause.F11)
    void raisingARevisionChangesNoDocument() throws Exception {
        notes().insertAll(IntStream.range(0, 20).mapToObj(Item::ofNumber), one -> "n" + one.number(), OnConflict.FAIL);
        String position = store.changes(notes).end();
        Schema<Item> raised = Schema.of("notes", Item.class)
                .index(Item.NUMBER)
                .changes(WEEK)
                .revision(2)
                .upgrade(1, body -> body.replace("\"number\"", "\"number\" "));
        ChangeFeed feed = second().changes(raised);
        assertThat(rest(feed, position)).as("changes by a raised revision").isEmpty();
        Document<Item> written = second().collection(raised).put("n1", Item.of("a"));
        assertThat(seen(rest(feed, position)))
                .as("changes after it")
                .containsExactly(new Seen("notes", "n1", written.version(), false));
    }

    @Proves(Clause.F11)
    @MayWarn
    void whatAnUpgradeSetsAsideIsDeletedHereAndWrittenThere() throws Exception {
        Schema<String> docs = Schema.of("docs", TEXT).changes(WEEK);
        Schema<String> aside = Schema.of("docs_aside", TEXT).changes(WEEK);
        long bad = store.collection(docs).put("bad", "bad").version();
        store.collection(docs).put("good", "good");
        String position = store.changes(docs).end();
        String asidePosition = store.changes(aside).end();
        Schema<String> raised = docs.revision(2)
                .upgrade(1, body -> {
                    if (body.startsWith("bad")) {
                        throw new IllegalStateException("bad");
                    }
                    return body + "!";
                })
                .setAside("docs_aside");
        ChangeFeed feed = second().changes(raised);
        assertThat(seen(rest(feed, position)))
                .as("changes by an upgrade that set a document aside")
                .containsExactly(new Seen("docs", "bad", bad, true));
        assertThat(seen(rest(store.changes(aside), asidePosition)))
                .as("changes where it was put")
                .containsExactly(new Seen("docs_aside", "bad", bad, false));
    }

    @Proves(Clause.F19)
    void whetherAndHowLongIsPartOfTheDefinition() throws Exception {
        assertThatThrownBy(() -> store.changes(itemSchema("plain")), "a feed of a schema without changes")
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("'plain'");
        store.collection(itemSchema("plain"));
        notes();
        Store other = second();
        assertThatThrownBy(() -> other.collection(itemSchema("plain").changes(WEEK)), "the same revision with changes")
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("plain", "PT168H");
        assertThatThrownBy(() -> other.collection(itemSchema("notes")), "the same revision without changes")
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("notes", "PT168H");
        assertThatThrownBy(
                        () -> other.collection(itemSchema("notes").changes(HOUR)), "the same revision for another time")
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("notes", "PT168H", "PT1H");
    }

    @Proves(Clause.F19)
    void anOldRevisionCannotWritePastAFeed() throws Exception {
        DocumentCollection<Item> old = store.collection(itemSchema("plain"));
        old.put("a", Item.of("a"));
        Schema<Item> kept = itemSchema("plain").changes(WEEK).revision(2);
        Store newer = second();
        ChangeFeed feed = newer.changes(kept);
        String end = feed.end();
        assertThatThrownBy(() -> old.put("a", Item.of("past the feed")), "a write of the old revision")
                .isInstanceOf(SchemaException.class);
        assertThatThrownBy(() -> old.delete("a"), "a deletion of the old revision")
                .isInstanceOf(SchemaException.class);
        assertThat(rest(feed, end)).as("changes").isEmpty();
        assertThat(existing(newer.collection(kept), "a").value())
                .as("the document")
                .isEqualTo(Item.of("a"));
        ChangeFeed outdated = store.changes(notes);
        Schema<Item> raised = notes.revision(2);
        newer.collection(raised);
        assertThatThrownBy(outdated::page, "a page of the feed of an old revision")
                .isInstanceOf(SchemaException.class);
        assertThatThrownBy(outdated::end, "the end of the feed of an old revision")
                .isInstanceOf(SchemaException.class);
    }
}
