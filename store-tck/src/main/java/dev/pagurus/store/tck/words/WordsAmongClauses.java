package dev.pagurus.store.tck.words;

import static dev.pagurus.store.tck.words.Saying.NUMBER;
import static dev.pagurus.store.tck.words.Saying.WORDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.serial.Interleaving;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Group Q: words among other filters, orders, snapshots and transactions. */
public abstract class WordsAmongClauses extends ClauseGroup {

    private static final int SAYINGS = 700;

    /** Words that all have, that one in some has, and that few have. */
    private static final List<Filter<Saying>> FILTERS = List.of(
            WORDS.hasAll("common"),
            WORDS.hasAll("common half7"),
            WORDS.hasAll("common rare3"),
            WORDS.hasAll("half3 tenth3"),
            WORDS.hasAll("half0 tenth3"),
            WORDS.hasPrefix("half1 te"),
            WORDS.hasPrefix("c"),
            WORDS.hasPrefix("rare"),
            WORDS.hasAll("common").and(NUMBER.gte(650L)),
            WORDS.hasAll("common").and(NUMBER.eq(7L)),
            WORDS.hasAll("half1").or(WORDS.hasAll("rare2")),
            WORDS.hasAll("half1").or(NUMBER.lt(3L)),
            WORDS.hasPrefix("tenth1").or(WORDS.hasPrefix("rar")).and(NUMBER.lt(600L)),
            WORDS.hasAll("common").not().or(WORDS.hasPrefix("rare1").not().and(WORDS.hasAll("half2"))),
            WORDS.hasAll("common half1 tenth1").not());

    private static final List<List<Order<Saying>>> ORDERS = List.of(
            List.of(),
            List.of(NUMBER.asc()),
            List.of(NUMBER.desc()),
            List.of(Saying.INDEXED.id().desc()));

    protected WordsAmongClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private static Saying saying(int number) {
        String rare = number % 211 == 5 ? " rare" + number / 211 : "";
        return new Saying(
                "Common, half" + number / 2 % 4 + " (tenth" + number % 10 + ") of " + number + rare,
                // In another order than the ids.
                number * 37L % SAYINGS);
    }

    private DocumentCollection<Saying> filled() {
        DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
        sayings.insertAll(
                IntStream.range(0, SAYINGS).mapToObj(WordsAmongClauses::saying),
                saying -> "s" + (10_000 + saying.number() * 9 % SAYINGS),
                OnConflict.FAIL);
        return sayings;
    }

    private static ReadQuery<Saying> query(
            ReadableCollection<Saying> sayings, Filter<Saying> filter, List<Order<Saying>> orders) {
        ReadQuery<Saying> query = sayings.where(filter);
        return orders.isEmpty() ? query : query.orderBy(orders.get(0));
    }

    private static List<String> ids(List<Document<Saying>> documents) {
        return documents.stream().map(Document::id).toList();
    }

    private static List<String> pages(ReadQuery<Saying> query) {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Saying> page = query.startAfter(cursor).page();
            ids.addAll(ids(page.items()));
            cursor = page.nextCursor();
        } while (cursor != null);
        return ids;
    }

    private static void requireAll(ReadableCollection<Saying> sayings, List<Document<Saying>> all) {
        for (Filter<Saying> filter : FILTERS) {
            String what = "of filter " + FILTERS.indexOf(filter) + " (" + filter + ")";
            assertThat(sayings.where(filter).count())
                    .as("the count %s", what)
                    .isEqualTo(Model.list(all, filter, List.of()).size());
            for (List<Order<Saying>> orders : ORDERS) {
                List<String> right = ids(Model.list(all, filter, orders));
                assertThat(ids(query(sayings, filter, orders).limit(20).page().items()))
                        .as("the first page by %s %s", orders, what)
                        .isEqualTo(right.subList(0, Math.min(20, right.size())));
            }
        }
    }

    @Proves(Clause.Q64)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void wordsAreJoinedWithOtherFiltersAndOrders() {
        DocumentCollection<Saying> sayings = filled();
        List<Document<Saying>> all = sayings.query().list();
        requireAll(sayings, all);
        for (Filter<Saying> filter : FILTERS.subList(2, 8)) {
            for (List<Order<Saying>> orders : ORDERS) {
                assertThat(pages(query(sayings, filter, orders).limit(90)))
                        .as("the pages by %s of filter %s", orders, filter)
                        .isEqualTo(ids(Model.list(all, filter, orders)));
            }
        }
        Filter<Saying> filter = WORDS.hasPrefix("half1 tenth2");
        assertThat(sayings.where(filter).countBy(WORDS))
                .as("words of those that are found")
                .isEqualTo(Model.list(all, filter, List.of()).stream()
                        .flatMap(document -> Model.words(WORDS, document).stream())
                        .collect(Collectors.groupingBy(word -> word, Collectors.counting())));
    }

    @Proves(Clause.Q64)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void whatIsFoundByWordsIsChangedAndDeleted() {
        DocumentCollection<Saying> sayings = filled();
        Filter<Saying> changed = WORDS.hasPrefix("half2 ten").and(NUMBER.lt(300L));
        Filter<Saying> deleted = WORDS.hasAll("tenth4 common").or(WORDS.hasPrefix("rare"));
        List<Document<Saying>> all = sayings.query().list();
        int ofChanged = Model.list(all, changed, List.of()).size();
        assertThat(sayings.where(changed).updateAll(saying -> new Saying("changed " + saying.text(), saying.number())))
                .as("changed")
                .isEqualTo(ofChanged);
        assertThat(sayings.where(WORDS.hasAll("changed")).count())
                .as("found by the new word")
                .isEqualTo(ofChanged);
        int ofDeleted = Model.list(all, deleted, List.of()).size();
        assertThat(sayings.where(deleted).deleteAll()).as("deleted").isEqualTo(ofDeleted);
        requireAll(sayings, sayings.query().list());
        assertThat(sayings.query().count()).as("left").isEqualTo(SAYINGS - ofDeleted);
    }

    @Proves(Clause.Q64)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void soItIsInSnapshotsAndTransactions() throws Exception {
        List<Document<Saying>> before = filled().query().list();
        store.snapshot(view -> {
            Elsewhere.call(() -> store.collection(Saying.INDEXED)
                    .where(WORDS.hasPrefix("tenth"))
                    .deleteAll());
            requireAll(view.collection(Saying.INDEXED), before);
            return true;
        });
        store.runTransaction(tx -> {
            DocumentCollection<Saying> inside = tx.collection(Saying.INDEXED);
            assertThat(inside.query().count()).as("left").isZero();
            inside.insertAll(
                    IntStream.range(0, 60).mapToObj(WordsAmongClauses::saying), Saying::toString, OnConflict.FAIL);
            inside.put("more", new Saying("common rare7", 1_000));
            requireAll(inside, inside.query().list());
        });
        assertThat(store.collection(Saying.INDEXED).where(WORDS.hasAll("rare7")).count())
                .as("found after the commit")
                .isOne();
    }

    /** Each looks whether somebody has the word, and takes it if not. */
    @Proves(Clause.Q67)
    @Needs(Capability.TRANSACTIONS)
    void ofTwoTransactionsThatLookForAWordAndWriteItOneComesFirst() throws Exception {
        Store other = second();
        other.collection(Saying.INDEXED);
        for (Filter<Saying> filter : List.of(WORDS.hasAll("night watch"), WORDS.hasPrefix("watch nig"))) {
            DocumentCollection<Saying> sayings = store.collection(Saying.INDEXED);
            sayings.query().deleteAll();
            sayings.put("another", new Saying("day watch", 0));
            Interleaving turns = new Interleaving(Interleaving.PATIENCE, 1, 2, 1, 2, 1, 2);
            List<Throwable> failures = new CopyOnWriteArrayList<>();
            turns.run(List.of(
                    () -> take(store, filter, turns, 1, failures), () -> take(other, filter, turns, 2, failures)));
            assertThat(failures).as("what failed").isEmpty();
            assertThat(sayings.where(filter).count())
                    .as("those who have taken the watch by %s", filter)
                    .isOne();
        }
    }

    private static void take(Store by, Filter<Saying> filter, Interleaving turns, int party, List<Throwable> failures) {
        boolean[] again = {false};
        turns.await(party);
        try {
            by.runTransaction(tx -> {
                if (again[0]) {
                    turns.release(party);
                }
                DocumentCollection<Saying> sayings = tx.collection(Saying.INDEXED);
                boolean taken = sayings.where(filter).exists();
                if (!again[0]) {
                    again[0] = true;
                    turns.await(party);
                }
                if (!taken) {
                    sayings.put("watch" + party, new Saying("Night Watch of " + party, party));
                }
            });
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }
}
