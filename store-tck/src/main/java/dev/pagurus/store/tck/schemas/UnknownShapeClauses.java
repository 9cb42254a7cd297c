package dev.pagurus.store.tck.schemas;

import static dev.pagurus.store.tck.schemas.Shaped.TEXT;
import static dev.pagurus.store.tck.schemas.Shaped.notes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import java.util.List;
import java.util.function.Supplier;

/** Group S: a shape that is not known, or not yet. */
public abstract class UnknownShapeClauses extends ShapeGroup {

    private static final int HANDLES = 6;

    protected UnknownShapeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S25)
    void whoKnowsNoShapeUsesAnyAndLeavesIt() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        Store second = second();
        for (Store handle : List.of(store, second)) {
            DocumentCollection<String> unknown = handle.collection(notes(null));
            unknown.put("a", "two");
            assertThat(unknown.where(TEXT.eq("two")).count())
                    .as("what was found")
                    .isEqualTo(1);
        }
        reopen();
        store.collection(notes(null));
        requireShape(store, TITLED);
    }

    /** Their definitions differ, and their documents are the same. */
    @Proves(Clause.S25)
    void writersWithAndWithoutAShapeWriteTheSameDocuments() throws Exception {
        List<DocumentCollection<String>> both = List.of(store.collection(notes(null)), store.collection(notes(TITLED)));
        Race.run(8, number -> {
            for (int i = 0; i < 25; i++) {
                DocumentCollection<String> notes = both.get((number + i) % 2);
                Document<String> put = notes.put("n" + i % 5, number + " " + i);
                assertThat(put.version()).as("version").isPositive();
                notes.insert("n" + number + "-" + i, "new");
            }
        });
        for (DocumentCollection<String> notes : both) {
            assertThat(notes.query().count()).as("documents").isEqualTo(8 * 25 + 5);
            assertThat(notes.where(TEXT.eq("new")).count()).as("new ones").isEqualTo(8 * 25);
        }
    }

    @Proves(Clause.S26)
    void aRaisedRevisionOfUnknownShapeForgetsTheOldOne() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        store.collection(notes(null).revision(2));
        reopen();
        store.collection(notes(RENAMED).revision(2));
        requireShape(store, RENAMED, 2);
    }

    @Proves(Clause.S27)
    void aShapeThatWasNotKnownIsRecordedAndNoDocumentTouched() throws Exception {
        Document<String> before = store.collection(notes(null)).insert("a", "one");
        Shaped codec = new Shaped(TITLED);
        Store second = second();
        DocumentCollection<String> shaped = second.collection(codec.schema());
        assertThat(codec.decoded.get())
                .as("documents that were read to record it")
                .isZero();
        assertThat(shaped.query().list()).as("documents").containsExactly(before);
        requireShape(store, TITLED);
        reopen();
        requireShape(store, TITLED);
    }

    @Proves(Clause.S27)
    void oneOfSeveralShapesIsRecorded() throws Exception {
        for (int round = 0; round < 3; round++) {
            Schema<String> unknown =
                    Schema.of("round" + round, new Shaped(null)).index(TEXT);
            store.collection(unknown).insert("a", "one");
            List<String> found = Race.results(HANDLES, number -> {
                Schema<String> shaped = Schema.of(unknown.name(), new Shaped("p" + number % 3 + " text"))
                        .index(TEXT);
                try (Store handle = second()) {
                    return handle.collection(shaped).get("a").isPresent() ? "p" + number % 3 : "nothing";
                } catch (SchemaException e) {
                    return "refused";
                }
            });
            List<String> used = found.stream()
                    .filter(one -> !one.equals("refused"))
                    .distinct()
                    .toList();
            assertThat(used).as("shapes that were used, of %s", found).hasSize(1);
            assertThat(found).as("who used it").filteredOn(used.get(0)::equals).hasSize(HANDLES / 3);
        }
    }

    @Proves(Clause.S27)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotGoesOnWhileAShapeIsRecorded() throws Exception {
        DocumentCollection<String> old = store.collection(notes(null));
        Document<String> before = old.insert("a", "one");
        Store second = second();
        List<Document<String>> seen = store.snapshot(view -> {
            assertThat(view.collection(notes(null)).query().list())
                    .as("documents before")
                    .containsExactly(before);
            second.collection(notes(TITLED)).put("a", "two");
            return view.collection(notes(TITLED)).query().list();
        });
        assertThat(seen)
                .as("documents of the snapshot, with a shape that it does not know")
                .containsExactly(before);
        assertThat(old.put("b", "three").id()).as("who was there before").isEqualTo("b");
        assertThat(old.where(TEXT.in(List.of("two", "three"))).count())
                .as("what it finds")
                .isEqualTo(2);
    }

    @Proves(Clause.S27)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionUsesAShapeThatIsNotRecordedYet() throws Exception {
        store.collection(notes(null)).insert("a", "one");
        Store second = second();
        second.runTransaction(tx -> tx.collection(notes(TITLED)).put("a", "two"));
        assertThat(existing(store.collection(notes(null)), "a").value())
                .as("the document")
                .isEqualTo("two");
    }
}
