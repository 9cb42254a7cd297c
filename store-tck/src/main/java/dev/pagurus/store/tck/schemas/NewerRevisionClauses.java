package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Group R: what an old version of the application is told that gets a document of a newer one. */
public abstract class NewerRevisionClauses extends ClauseGroup {

    /** A later release writes hexadecimal numbers, and reads the decimal ones of the first. */
    private static final Schema<Integer> NEXT = Schema.of(
                    "numbers",
                    Codec.<Integer>of(
                            number -> "secret 0x" + Integer.toHexString(number),
                            text -> Integer.decode(text.replace("secret ", ""))))
            .index(Numbers.NUMBER)
            .index(Numbers.PARITY)
            .index(Numbers.DIGITS)
            .revision(4);

    protected NewerRevisionClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.R20)
    void whoGetsItIsToldBothRevisions() throws Exception {
        DocumentCollection<Integer> old = store.collection(Numbers.SCHEMA);
        old.put("b", 5);
        Document<Integer> written = upgraded().put("a", 12);
        requireTold(old);
        for (ThrowingCallable get : List.<ThrowingCallable>of(
                () -> old.update("a", number -> number + 1),
                () -> old.compute("a", number -> Optional.of(1)),
                () -> old.compute("a", number -> Optional.empty()))) {
            requireTold(get);
        }
        assertThat(old.get("b"))
                .as("what it can read still")
                .map(Document::value)
                .contains(5);
        assertThat(old.raw().get("a"))
                .as("the text")
                .contains(new Document<>("a", written.version(), written.createdAt(), "secret 0xc"));
        thrown(SchemaException.class, () -> old.raw().replace("a", written.version(), "12"));
        thrown(
                SchemaException.class,
                () -> old.query().undecodable(damaged -> {}).list());
    }

    @Proves(Clause.R20)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void soIsWhoGetsItInATransactionOrSnapshot() throws Exception {
        store.collection(Numbers.SCHEMA);
        upgraded().put("a", 12);
        store.runTransaction(tx -> {
            requireTold(tx.collection(Numbers.SCHEMA));
            // It goes on: nothing has happened to it.
            assertThat(tx.collection(Numbers.SCHEMA).raw().get("a"))
                    .as("the text")
                    .map(Document::value)
                    .contains("secret 0xc");
        });
        store.<Boolean, RuntimeException>snapshot(view -> {
            requireTold(view.collection(Numbers.SCHEMA));
            return true;
        });
    }

    @Proves(Clause.R20)
    void whoHasTheNewestIsToldOfNone() throws Exception {
        store.collection(Numbers.SCHEMA);
        upgraded().put("a", 12);
        DocumentCollection<Integer> newest = store.collection(NEXT);
        store.collection(Numbers.TEXTS.revision(4)).put("a", new Numbers.Text("damaged", 12));
        UndecodableDocumentException e = thrown(UndecodableDocumentException.class, () -> newest.get("a"));
        assertThat(e.newerRevision()).as("newer revision").isEmpty();
        assertThat(e).hasMessageContaining("raw()").message().doesNotContain("revision");
    }

    private DocumentCollection<Integer> upgraded() throws Exception {
        return second().collection(NEXT);
    }

    private static void requireTold(ReadableCollection<Integer> old) {
        requireTold(() -> old.get("a"));
        requireTold(() -> old.getAll(List.of("a", "b")));
    }

    private static void requireTold(ThrowingCallable get) {
        UndecodableDocumentException e = thrown(UndecodableDocumentException.class, get);
        assertThat(e.newerRevision()).as("newer revision").hasValue(4);
        assertThat(e.body()).isEqualTo("secret 0xc");
        assertThat(e)
                .hasCauseInstanceOf(NumberFormatException.class)
                .hasMessageContainingAll(
                        "'a'", "'numbers'", "to revision 4", "knows revision 1", "Start the newer version")
                .message()
                .doesNotContain("secret");
    }
}
