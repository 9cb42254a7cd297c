package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Group E, what a call throws: the type says what to do, the exception carries its facts, the message all of them. */
public abstract class ErrorClauses extends ClauseGroup {

    /** Its documents are numbers, unless somebody wrote something else. */
    private static final Schema<Integer> NUMBERS = Schema.of("numbers", Codec.of(String::valueOf, Integer::valueOf));

    /** The same collection to somebody who writes whatever he likes. */
    private static final Schema<String> ANYTHING = Schema.of("numbers", Codec.of(text -> text, text -> text));

    protected ErrorClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.E5)
    void aDuplicateIdIsNamed() {
        DocumentCollection<Item> items = items();
        items.insert("a", Item.of("before"));
        DuplicateIdException e = thrown(DuplicateIdException.class, () -> items.insert("a", Item.of("after")));
        assertThat(e.collection()).isEqualTo("items");
        assertThat(e.id()).isEqualTo("a");
        assertThat(e).hasMessageContainingAll("'a'", "'items'", "put");
        assertThat(existing(items, "a").value()).isEqualTo(Item.of("before"));
    }

    @Proves(Clause.E6)
    @Needs(Capability.UNIQUE_INDEXES)
    void aUniqueViolationNamesItsIndexAndFields() {
        Schema<Item> schema = Schema.of("pairs", Item.class).uniqueIndex(Item.TEXT, Item.NUMBER.desc());
        DocumentCollection<Item> items = store.collection(schema);
        items.insert("a", Item.of("x").withNumber(1));
        UniqueViolationException e = thrown(
                UniqueViolationException.class,
                () -> items.put("b", Item.of("x").withNumber(1)));
        assertThat(e.collection()).isEqualTo("pairs");
        assertThat(e.id()).isEqualTo("b");
        assertThat(e.index()).isEqualTo(schema.indexes().get(0).name());
        assertThat(e.fields()).containsExactly("text", "number");
        assertThat(e).hasMessageContainingAll("'b'", "'pairs'", "text, number", e.index());
        assertThat(items.exists("b")).as("items.exists('b')").isFalse();
    }

    @Proves(Clause.E7)
    void aVersionConflictSaysWhatWasExpectedAndWhatIsThere() {
        DocumentCollection<Item> items = items();
        Document<Item> old = items.insert("a", Item.of("x"));
        Document<Item> current = items.put("a", Item.of("y"));
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> items.replace(old.withValue(Item.of("z"))),
                () -> items.replace("a", old.version(), Item.of("z")),
                () -> items.delete(old),
                () -> items.delete("a", old.version()))) {
            VersionConflictException e = thrown(VersionConflictException.class, call);
            assertThat(e.collection()).isEqualTo("items");
            assertThat(e.id()).isEqualTo("a");
            assertThat(e.expected()).isEqualTo(old.version());
            assertThat(e.current()).hasValue(current.version());
            assertThat(e)
                    .hasMessageContainingAll(
                            "'a'", "'items'", "" + old.version(), "" + current.version(), "Read it again");
        }
        assertThat(items.get("a")).contains(current);
    }

    @Proves(Clause.E7)
    void aVersionConflictWithNothingSaysSo() {
        DocumentCollection<Item> items = items();
        Document<Item> gone = items.insert("a", Item.of("x"));
        items.delete("a");
        VersionConflictException e =
                thrown(VersionConflictException.class, () -> items.replace(gone.withValue(Item.of("z"))));
        assertThat(e.current()).isEmpty();
        assertThat(e).hasMessageContainingAll("'a'", "'items'", "not there");
        assertThat(items.exists("a")).as("items.exists('a')").isFalse();
    }

    @Proves(Clause.E8)
    void aDocumentThatCannotBeDecodedIsNamedAndItsBodyIsThere() {
        DocumentCollection<Integer> numbers = store.collection(NUMBERS);
        store.collection(ANYTHING).put("a", "no number");
        for (ThrowingCallable read : List.<ThrowingCallable>of(
                () -> numbers.get("a"),
                () -> numbers.getAll(List.of("a")),
                () -> numbers.query().list(),
                () -> numbers.query().first(),
                () -> numbers.query().page(),
                () -> numbers.query().stream().toList(),
                () -> numbers.update("a", number -> number + 1),
                () -> numbers.query().updateAll(number -> number + 1))) {
            UndecodableDocumentException e = thrown(UndecodableDocumentException.class, read);
            assertThat(e.collection()).isEqualTo("numbers");
            assertThat(e.id()).isEqualTo("a");
            assertThat(e.body()).isEqualTo("no number");
            assertThat(e)
                    .hasCauseInstanceOf(NumberFormatException.class)
                    .hasMessageContainingAll("'a'", "'numbers'", "body()");
        }
        assertThat(existing(store.collection(ANYTHING), "a").value()).isEqualTo("no number");
    }

    @Proves(Clause.E8)
    void aDocumentThatCannotBeDecodedCanBeCountedOverwrittenAndDeleted() {
        DocumentCollection<Integer> numbers = store.collection(NUMBERS);
        store.collection(ANYTHING).put("a", "no number");
        store.collection(ANYTHING).put("b", "none either");
        assertThat(numbers.query().count()).isEqualTo(2);
        assertThat(numbers.exists("a")).as("numbers.exists('a')").isTrue();
        numbers.put("a", 1);
        numbers.delete("b");
        assertThat(numbers.query().list()).extracting(Document::value).containsExactly(1);
    }

    @Proves(Clause.E11)
    void everyUseAfterCloseSaysThatTheStoreIsClosed() {
        DocumentCollection<Item> items = items();
        Document<Item> document = items.insert("a", Item.NOTHING);
        store.close();
        for (ThrowingCallable use : List.<ThrowingCallable>of(
                () -> items.get("a"),
                () -> items.getAll(List.of("a")),
                () -> items.exists("a"),
                () -> items.insert(Item.NOTHING),
                () -> items.put("a", Item.NOTHING),
                () -> items.replace(document),
                () -> items.update("a", item -> item),
                () -> items.compute("a", item -> item),
                () -> items.delete("a"),
                () -> items.raw().get("a"),
                () -> items.raw().replace("a", 1, "{}"),
                () -> items.query().list(),
                () -> items.query().page(),
                () -> items.query().stream().findFirst(),
                () -> items.query().count(),
                () -> items.query().countBy(Item.TEXT),
                () -> items.query().aggregate(Item.NUMBER.sum()),
                () -> items.query().groupBy(Item.TEXT).aggregate(),
                () -> items.query().distinct(Item.TEXT),
                () -> items.query().explain(),
                () -> items.query().deleteAll(),
                () -> items.query().updateAll(item -> item),
                () -> store.transaction(tx -> 1),
                () -> store.runTransaction(tx -> {}),
                () -> store.snapshot(view -> 1),
                () -> store.collection(itemSchema("others")),
                () -> store.health())) {
            assertThatThrownBy(use).isInstanceOf(StoreClosedException.class).hasMessageContaining("closed");
        }
    }

    @Proves(Clause.E12)
    void aValueThatCannotBeEncodedIsRefused() {
        IllegalStateException cause = new IllegalStateException("the codec's own");
        DocumentCollection<String> broken = store.collection(Schema.of(
                "broken",
                Codec.of(
                        value -> {
                            throw cause;
                        },
                        body -> body)));
        assertThatThrownBy(() -> broken.put("a", "x"))
                .isInstanceOf(InvalidValueException.class)
                .hasCause(cause)
                .hasMessageContainingAll("'a'", "'broken'", "codec");
        assertThat(broken.exists("a")).as("broken.exists('a')").isFalse();
    }

    @Proves(Clause.E12)
    void anExtractorThatFailsIsNamed() {
        TextField<Item> broken = TextField.of("broken_field", item -> Objects.requireNonNull(item.text()));
        DocumentCollection<Item> items =
                store.collection(Schema.of("extracted", Item.class).field(broken));
        assertThatThrownBy(() -> items.put("a", Item.NOTHING))
                .isInstanceOf(InvalidValueException.class)
                .hasCauseInstanceOf(NullPointerException.class)
                .hasMessageContainingAll("'broken_field'", "'extracted'", "extractor");
        assertThat(items.exists("a")).as("items.exists('a')").isFalse();
    }

    @Proves(Clause.E12)
    @SuppressWarnings("NullAway") // that null is refused is the point
    void nullIsNoValueIdOrResult() {
        DocumentCollection<Item> items = items();
        Document<Item> before = items.put("a", Item.NOTHING);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> items.put("a", null),
                () -> items.insert((Item) null),
                () -> items.put(null, Item.NOTHING),
                () -> items.get(null),
                () -> items.exists(null),
                () -> items.delete((String) null),
                () -> items.getAll(null),
                () -> items.update("a", item -> null),
                () -> items.compute("a", item -> null),
                () -> items.query().updateAll(item -> null),
                () -> items.where(null),
                () -> items.query().orderBy(null))) {
            assertThatThrownBy(call).isInstanceOf(InvalidValueException.class).hasMessageContaining("null");
        }
        assertThat(items.query().list()).containsExactly(before);
    }

    @Proves(Clause.E12)
    void theCallersOwnExceptionsComeThroughUnchanged() {
        DocumentCollection<Item> items = items();
        Document<Item> before = items.put("a", Item.NOTHING);
        IllegalArgumentException failure = new IllegalArgumentException("the caller's own");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> items.update("a", item -> {
                    throw failure;
                }),
                () -> items.compute("b", (Optional<Item> item) -> {
                    throw failure;
                }),
                () -> items.insertAll(
                        Stream.of(Item.NOTHING),
                        item -> {
                            throw failure;
                        },
                        OnConflict.FAIL))) {
            assertThatThrownBy(call).isSameAs(failure);
        }
        assertThat(items.query().list()).containsExactly(before);
    }
}
