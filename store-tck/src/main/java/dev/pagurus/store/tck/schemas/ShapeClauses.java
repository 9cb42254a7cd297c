package dev.pagurus.store.tck.schemas;

import static dev.pagurus.store.tck.schemas.Shaped.TEXT;
import static dev.pagurus.store.tck.schemas.Shaped.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.moves.CopyTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/** Group S: what the documents of a collection are made of, as their codec says it. */
public abstract class ShapeClauses extends ClauseGroup {

    private static final String TITLED = "author.name text\ntags[] text\ntitle text";
    private static final String WITH_DUE = TITLED + "\ndue instant";
    private static final String RENAMED = TITLED.replace("title", "headline");
    private static final int HANDLES = 6;

    @TempDir
    Path directory;

    protected ShapeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** Or a process of the old release drops it from what it updates, and nobody is told. */
    @Proves(Clause.S23)
    void aComponentThatIsAddedWithoutANewRevisionIsRefused() {
        Document<String> before = store.collection(notes(TITLED)).insert("a", "one");
        requireRefused(store, notes(WITH_DUE), "due instant is declared but not stored");
        assertThat(store.collection(notes(TITLED)).query().list())
                .as("documents of the old shape, after the refusal")
                .containsExactly(before);
    }

    /** Or every title is gone with the next update. */
    @Proves(Clause.S23)
    void aComponentThatIsRenamedWithoutANewRevisionIsRefused() {
        store.collection(notes(TITLED)).insert("a", "one");
        requireRefused(
                store,
                notes(RENAMED),
                "title text is stored but not declared",
                "headline text is declared but not stored");
    }

    @Proves(Clause.S23)
    void whateverElseDiffersIsNamed() {
        Map<String, String> named = Map.of(
                "author.name text\ntags[] text",
                "title text is stored but not declared",
                TITLED.replace("title text", "title integer"),
                "title is stored as text and declared as integer",
                TITLED.replace("author.name", "author.nick"),
                "author.nick text is declared but not stored",
                TITLED.replace("tags[] text", "tags[].name text"),
                "tags[] text is stored but not declared",
                TITLED.replace("tags[]", "tags{}"),
                "tags{} text is declared but not stored",
                "",
                "author.name text is stored but not declared");
        store.collection(notes(TITLED)).insert("a", "one");
        named.forEach((shape, difference) -> requireRefused(store, notes(shape), difference));
    }

    @Proves(Clause.S23)
    void whatDiffersInFieldsIsNamedBesideTheShape() {
        store.collection(notes(TITLED));
        requireRefused(
                store,
                Schema.of("notes", new Shaped(RENAMED)),
                "index text is stored but not declared",
                "headline text is declared but not stored");
    }

    @Proves(Clause.S23)
    void manyDifferencesAreNotAllNamed() {
        store.collection(notes(properties("old", 500)));
        SchemaException refused = requireRefused(store, notes(properties("new", 500)), "and 980 more");
        assertThat(refused.getMessage()).as("the message").hasSizeLessThan(3_000);
    }

    @Proves(Clause.S23)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void anotherShapeIsRefusedInTransactionsAndSnapshotsToo() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        Store second = second();
        for (Store handle : List.of(store, second)) {
            SchemaException inside = thrown(
                    SchemaException.class,
                    () -> handle.runTransaction(
                            tx -> tx.collection(notes(RENAMED)).put("a", "two")));
            SchemaException seen = thrown(
                    SchemaException.class,
                    () -> handle.snapshot(
                            view -> view.collection(notes(RENAMED)).get("a")));
            assertThat(List.of(inside, seen))
                    .as("the refusals")
                    .allSatisfy(refused ->
                            assertThat(refused).hasMessageContaining("title text is stored but not declared"));
        }
        assertThat(existing(store.collection(notes(TITLED)), "a").value())
                .as("the document")
                .isEqualTo("one");
    }

    @Proves(Clause.S24)
    void aShapeIsKeptWhenTheStoreIsOpenedAgain() throws Exception {
        Document<String> before = store.collection(notes(TITLED)).insert("a", "one");
        reopen();
        requireShape(store, TITLED);
        assertThat(store.collection(notes(TITLED)).query().list())
                .as("documents")
                .containsExactly(before);
    }

    @Proves(Clause.S24)
    void anotherHandleKnowsTheShape() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        Store second = second();
        requireShape(second, TITLED);
        second.collection(notes(TITLED)).insert("b", "two");
        assertThat(store.collection(notes(TITLED)).query().count())
                .as("documents")
                .isEqualTo(2);
    }

    @Proves(Clause.S24)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void copiesAndExportsCarryTheShape() throws Exception {
        Document<String> before = store.collection(notes(TITLED)).insert("a", "one");
        Path file = directory.resolve("export.zip");
        store.exportTo(file, CopyOptions.DEFAULT);
        CopyTarget copied = new CopyTarget(fixture);
        CopyTarget imported = new CopyTarget(fixture);
        try {
            Stores.copy(again(), copied.config(), CopyOptions.DEFAULT);
            Stores.importFrom(file, imported.config(), CopyOptions.DEFAULT);
            for (CopyTarget target : List.of(copied, imported)) {
                try (Store copy = target.open()) {
                    requireShape(copy, TITLED);
                    assertThat(copy.collection(notes(TITLED)).query().list())
                            .as("documents of the copy")
                            .containsExactly(before);
                }
            }
        } finally {
            copied.close();
            imported.close();
        }
    }

    /** Where one is known on one side only, the documents decide. */
    @Proves(Clause.S24)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aCopyGoesOverACollectionOfTheSameShapeAndOverNoOther() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        copyOver(notes(null), TITLED);
        copyOver(notes(TITLED), TITLED);
        CopyTarget target = new CopyTarget(fixture);
        try (Store open = target.open()) {
            open.collection(notes(RENAMED)).insert("b", "two");
            CopyException refused = thrown(CopyException.class, () -> copyOver(target));
            assertThat(refused)
                    .as("the refusal")
                    .hasMessageContaining("another definition")
                    .hasMessageContaining("Nothing was changed");
            assertThat(open.collection(notes(RENAMED)).query().list())
                    .as("documents of the target")
                    .extracting(Document::id)
                    .containsExactly("b");
        } finally {
            target.close();
        }
    }

    @Proves(Clause.S24)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aCopyOfUnknownShapeLeavesTheOneThatIsThere() throws Exception {
        store.collection(notes(null)).insert("a", "one");
        copyOver(notes(TITLED), TITLED);
    }

    private void copyOver(Schema<String> there, String shape) throws Exception {
        CopyTarget target = new CopyTarget(fixture);
        try (Store open = target.open()) {
            open.collection(there).insert("b", "two");
            copyOver(target);
            Stores.compare(again(), target.config(), CopyOptions.DEFAULT);
            try (Store copy = target.open()) {
                requireShape(copy, shape);
            }
        } finally {
            target.close();
        }
    }

    private void copyOver(CopyTarget target) throws Exception {
        Stores.copy(again(), target.config(), CopyOptions.DEFAULT.withOverwrite());
    }

    @Proves(Clause.S24)
    void whatIsReopenedHasTheShapeAndSoHasABackup() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        reopen();
        requireShape(store, TITLED);
        if (!has(Capability.BACKUP)) {
            // The database's own tools make it then, and C5 asks for the refusal.
            return;
        }
        Path file = directory.resolve("backup.db");
        store.backup(file, false);
        try (Store backup = fixture.open(fixture.ofBackup(file).build())) {
            requireShape(backup, TITLED);
        }
    }

    @Proves(Clause.S24)
    void aShapeHasWhateverCharactersANameHas() throws Exception {
        String strange =
                "'; drop table notes; --.a text\n\"b\" text\n\\'c text\n$1 ? :d %s {fn e} text\n`f`.\ud83e\udd80 text\n"
                        + "\u0645\u06cc\u200c\u0634\u0648\u062f text\n{} text\n[] text";
        store.collection(notes(strange)).insert("a", "one");
        store.collection(notes(TITLED).revision(2));
        store.collection(notes(strange).revision(3));
        reopen();
        requireShape(store, strange, 3);
    }

    /** It is what is said that counts. */
    @Proves(Clause.S24)
    void orderAndWhiteSpaceDoNotMakeAnotherShape() {
        store.collection(notes("b text\na text"));
        store.collection(notes("a text\r\n  b text\n\n"));
        requireRefused(store, notes("b text"), "a text is stored but not declared");
    }

    @Proves(Clause.S24)
    void aShapeHasALimit() throws Exception {
        String line = "p".repeat(58) + " text\n";
        String longest = IntStream.range(0, Schema.MAX_SHAPE_BYTES / 64)
                .mapToObj(i -> 1000 + i + line.substring(4))
                .collect(Collectors.joining())
                .substring(0, Schema.MAX_SHAPE_BYTES - 1);
        store.collection(notes(longest));
        reopen();
        requireRefused(store, notes("z text"), "and 1005 more");
        store.collection(notes(longest));
        SchemaException refused =
                thrown(SchemaException.class, () -> store.collection(Schema.of("more", new Shaped(longest + "tt"))));
        assertThat(refused)
                .as("the refusal")
                .hasMessageContaining("'more'")
                .hasMessageContaining("more than " + Schema.MAX_SHAPE_BYTES);
        if (has(Capability.SNAPSHOTS)) {
            assertThat(store.summaries()).as("collections").hasSize(1);
        }
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
    void aRaisedRevisionTakesTheNewShape() throws Exception {
        Document<String> before = store.collection(notes(TITLED)).insert("a", "one");
        store.collection(notes(WITH_DUE).revision(2));
        requireShape(store, WITH_DUE, 2);
        reopen();
        requireShape(store, WITH_DUE, 2);
        assertThat(store.collection(notes(WITH_DUE).revision(2)).query().list())
                .as("documents")
                .containsExactly(before);
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

    private static String properties(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> name + (1000 + i) + " text")
                .collect(Collectors.joining("\n"));
    }

    private static void requireShape(Store handle, String shape) {
        requireShape(handle, shape, 1);
    }

    /** Another shape is refused, and this one is not. */
    private static void requireShape(Store handle, String shape, int revision) {
        requireRefused(handle, notes("z.only.here text").revision(revision), "z.only.here text is declared");
        handle.collection(notes(shape).revision(revision));
    }

    private static SchemaException requireRefused(Store handle, Schema<String> schema, String... differences) {
        String shape = String.valueOf(schema.codec().shape());
        Throwable refused = catchThrowable(() -> handle.collection(schema));
        assertThat(refused)
                .as(
                        "what collection(...) threw, asked for revision %d with the shape '%s'",
                        schema.revision(), shape.substring(0, Math.min(200, shape.length())))
                .isInstanceOf(SchemaException.class);
        assertThat(refused.getMessage())
                .as("the message")
                .contains("'notes'", "same revision " + schema.revision(), "Nothing was changed")
                .contains("Schema.revision(" + (schema.revision() + 1) + ")")
                .contains(differences);
        return (SchemaException) refused;
    }
}
