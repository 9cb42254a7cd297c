package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Entries;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.QueryShape;
import dev.pagurus.store.tck.samples.QueryShapes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Group Q, what must be the same along every index: many more documents than an engine looks at before it chooses. */
public abstract class PlanClauses extends ClauseGroup {

    private static final int ENTRIES = 4000;

    /** No part of {@link #ENTRIES}, and less than what an engine reads at a time. */
    private static final int PAGE = 270;

    protected PlanClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q38)
    void everyShapeHasTheAnswerOfTheModel() {
        DocumentCollection<Entry> entries = store.collection(schema());
        List<Document<Entry>> stored = store(entries);
        for (QueryShape shape : QueryShapes.all()) {
            List<String> expected = ids(Model.list(stored, shape.filter(), shape.orders()));
            List<String> first = expected.subList(0, Math.min(QueryShape.LIMIT, expected.size()));
            assertThat(ids(shape.on(entries).limit(QueryShape.LIMIT).list()))
                    .as("the first %d of: %s", QueryShape.LIMIT, shape)
                    .isEqualTo(first);
            assertThat(pages(entries, shape)).as("pages of: %s", shape).isEqualTo(expected);
            assertThat(shape.on(entries).count()).as("count of: %s", shape).isEqualTo(expected.size());
            assertThat(shape.on(entries).exists()).as("existence of: %s", shape).isEqualTo(!expected.isEmpty());
        }
    }

    /** What the transaction wrote lies in each index too: here at the ends, where a walk begins. */
    @Proves(Clause.Q38)
    @Needs(Capability.TRANSACTIONS)
    void everyShapeSeesWhatItsTransactionWrote() {
        store(store.collection(schema()));
        store.runTransaction(tx -> {
            DocumentCollection<Entry> entries = tx.collection(schema());
            for (int number : new int[] {0, ENTRIES / 2, ENTRIES - 1}) {
                entries.delete(Entries.id(number));
            }
            Entry last = existing(entries, Entries.id(ENTRIES - 2)).value();
            entries.put("a new one", withoutCode(last));
            List<Document<Entry>> stored = entries.query().list();
            for (QueryShape shape : QueryShapes.all()) {
                List<String> expected = ids(Model.list(stored, shape.filter(), shape.orders()));
                assertThat(ids(shape.on(entries).limit(QueryShape.LIMIT).list()))
                        .as("in the transaction, the first %d of: %s", QueryShape.LIMIT, shape)
                        .isEqualTo(expected.subList(0, Math.min(QueryShape.LIMIT, expected.size())));
            }
        });
    }

    private static List<String> pages(ReadableCollection<Entry> entries, QueryShape shape) {
        List<String> ids = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Entry> page = shape.on(entries).limit(PAGE).startAfter(cursor).page();
            ids.addAll(ids(page.items()));
            cursor = page.nextCursor();
        } while (cursor != null && ids.size() <= ENTRIES);
        return ids;
    }

    private static List<String> ids(List<Document<Entry>> documents) {
        return documents.stream().map(Document::id).toList();
    }

    private static List<Document<Entry>> store(DocumentCollection<Entry> entries) {
        Iterator<String> ids = IntStream.range(0, ENTRIES).mapToObj(Entries::id).iterator();
        BulkResult result = entries.insertAll(Entries.of(ENTRIES, 0), entry -> ids.next(), OnConflict.FAIL);
        assertThat(result.written()).as("entries written").isEqualTo(ENTRIES);
        // A list of so many is one state, for which not every store has a snapshot.
        try (Stream<Document<Entry>> all = entries.query().stream()) {
            return all.toList();
        }
    }

    private static Entry withoutCode(Entry entry) {
        return new Entry(
                entry.feed(),
                entry.unread(),
                entry.stage(),
                entry.at(),
                entry.score(),
                entry.title(),
                entry.owner(),
                null,
                entry.size(),
                entry.language(),
                entry.tags(),
                entry.text());
    }

    private Schema<Entry> schema() {
        return has(Capability.UNIQUE_INDEXES) ? Entry.SCHEMA : Entry.SCHEMA_WITHOUT_UNIQUE;
    }
}
