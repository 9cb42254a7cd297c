package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group Q, lists and streams: everything that matches, however much it is. */
public abstract class ListClauses extends ClauseGroup {

    protected ListClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q26)
    @Needs(Capability.SNAPSHOTS)
    void aLimitIsTheMostThatIsReturned() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(26, 1100));
        List<String> all = ids(items.query().list());
        for (int limit : List.of(1, 2, 499, 500, 501, 1000, 1100, 1101, Integer.MAX_VALUE)) {
            List<String> first = all.subList(0, Math.min(limit, all.size()));
            assertThat(ids(items.query().limit(limit).list()))
                    .as("list of %d", limit)
                    .isEqualTo(first);
            assertThat(items.query().limit(limit).stream().map(Document::id))
                    .as("stream of %d", limit)
                    .isEqualTo(first);
        }
    }

    @Proves(Clause.Q26)
    void aLimitBelowOneIsRefused() {
        for (int limit : List.of(0, -1, Integer.MIN_VALUE)) {
            assertThatThrownBy(() -> items().query().limit(limit), "limit(%s)", limit)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("limit", "" + limit);
        }
    }

    @Proves(Clause.Q26)
    void firstIsTheFirstOfTheList() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(27, 40));
        assertThat(items.query().orderBy(Item.TEXT.desc()).first())
                .contains(items.query().orderBy(Item.TEXT.desc()).list().get(0));
        String cursor = items.query().limit(5).page().nextCursor();
        assertThat(items.query().startAfter(cursor).first())
                .contains(items.query().list().get(5));
        assertThat(items.query().limit(3).startAfter(cursor).list())
                .isEqualTo(items.query().list().subList(5, 8));
    }

    @Proves(Clause.Q27)
    @Needs(Capability.SNAPSHOTS)
    void aListHoldsThousandsOfDocuments() {
        DocumentCollection<Item> items = items();
        List<Document<Item>> stored = Samples.store(items, Samples.items(28, 2001));
        assertThat(items.query().orderBy(Item.NUMBER.desc()).list()).containsExactlyInAnyOrderElementsOf(stored);
    }

    @Proves(Clause.Q27)
    @Needs(Capability.SNAPSHOTS)
    void aListHoldsManyMegabytes() {
        DocumentCollection<Item> items = items();
        String megabyte = "x".repeat(1 << 20);
        for (int i = 0; i < 20; i++) {
            items.put("" + i, Item.ofNumber(i).withPayload(megabyte));
        }
        assertThat(items.query().orderBy(Item.NUMBER.asc()).list())
                .extracting(document -> document.value().number())
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(Long::valueOf).toList());
        assertThat(items.query().stream()).hasSize(20);
    }

    @Proves(Clause.Q27)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aLongListIsOneState() throws Exception {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(29, 1200));
        List<String> ends = List.of(" first", Samples.U10FFFF + "last");
        ends.forEach(id -> items.put(id, Item.ofNumber(0)));
        AtomicInteger written = new AtomicInteger();
        AtomicInteger lists = new AtomicInteger();
        // Only a list during which something was written says anything; some stores write between lists only.
        AtomicInteger telling = new AtomicInteger();
        Race.run(2, thread -> {
            while (lists.get() < 20 || (telling.get() < 100 && lists.get() < 600)) {
                if (thread == 0) {
                    Item next = Item.ofNumber(written.get() + 1);
                    store.runTransaction(
                            tx -> ends.forEach(id -> tx.collection(itemSchema()).put(id, next)));
                    written.incrementAndGet();
                } else {
                    int before = written.get();
                    List<Document<Item>> list = items.query().list();
                    lists.incrementAndGet();
                    telling.addAndGet(written.get() > before ? 1 : 0);
                    assertThat(list.get(0).value())
                            .as("the first document, which is always written with the last")
                            .isEqualTo(list.get(list.size() - 1).value());
                }
            }
        });
    }

    @Proves(Clause.Q28)
    @Needs(Capability.SNAPSHOTS)
    void aStreamIsTheListInItsOrder() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(30, 1700));
        assertThat(items.where(Item.FLAG.isTrue()).orderBy(Item.NUMBER.desc()).thenBy(Item.TEXT.asc()).stream())
                .as("items.where(Item.FLAG.isTrue()).orderBy(Item.NUMBER.desc()).thenBy(Item.TEXT.asc()).stream()")
                .containsExactlyElementsOf(items.where(Item.FLAG.isTrue())
                        .orderBy(Item.NUMBER.desc())
                        .thenBy(Item.TEXT.asc())
                        .list());
    }

    @Proves(Clause.Q28)
    void aStreamHoldsNothingOpen() throws Exception {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(31, 600));
        List<Iterator<Document<Item>>> abandoned = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Iterator<Document<Item>> documents = items.query().stream().iterator();
            documents.next();
            abandoned.add(documents);
        }
        items.put("still writable", Item.NOTHING);
        assertThat(second().collection(itemSchema()).delete("still writable"))
                .as("second().collection(itemSchema()).delete('still writable')")
                .isTrue();
        assertThat(abandoned).allSatisfy(documents -> assertThat(documents).hasNext());
    }

    @Proves(Clause.Q28)
    void aStreamShowsDocumentsThatStayOnceWhateverIsWrittenMeanwhile() {
        DocumentCollection<Item> items = items();
        for (int i = 0; i < 1400; i++) {
            items.put("stay" + (10_000 + i), Item.ofNumber(10L * i));
        }
        List<String> seen = new ArrayList<>();
        items.query().orderBy(Item.NUMBER.asc()).stream().forEach(document -> {
            seen.add(document.id());
            if (seen.size() % 100 == 0) {
                items.put("other", Item.ofNumber(seen.size() % 200 == 0 ? -1 : 14_001));
                items.put("more" + seen.size(), Item.ofNumber(seen.size() * 11L));
            }
        });
        seen.removeIf(id -> !id.startsWith("stay"));
        assertThat(seen).hasSize(1400).isSorted();
    }

    @Proves(Clause.Q28)
    void aStreamCanBeReadInsideOfItself() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(32, 30));
        long pairs = items.query().stream()
                .flatMap(one -> items.query().stream().filter(other -> !one.id().equals(other.id())))
                .count();
        assertThat(pairs).isEqualTo(30 * 29);
    }

    private static List<String> ids(List<Document<Item>> documents) {
        return documents.stream().map(Document::id).toList();
    }
}
