package dev.pagurus.store.tck.schemas;

import static dev.pagurus.store.tck.schemas.Shaped.notes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Group S: what the documents of a collection are made of, as their codec says it, and that nobody says it otherwise. */
public abstract class ShapeClauses extends ShapeGroup {

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

    private static String properties(String name, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> name + (1000 + i) + " text")
                .collect(Collectors.joining("\n"));
    }
}
