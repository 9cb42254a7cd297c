package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** Group R: documents as texts. */
public abstract class RawClauses extends NumbersGroup {

    private DocumentCollection<Integer> numbers;
    private RawDocuments raw;

    protected RawClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    public void ask() {
        numbers = store.collection(Numbers.SCHEMA);
        raw = numbers.raw();
    }

    @Proves(Clause.R17)
    void theTextIsReturnedAsItIsStored() {
        assertThat(raw.get("a")).as("what is not there").isEmpty();
        for (String text : Numbers.DAMAGED) {
            Document<Numbers.Text> stored = write(store, "a", text, 7);
            assertThat(raw.get("a"))
                    .as("the text of what was stored")
                    .contains(new Document<>("a", stored.version(), stored.createdAt(), text));
        }
        Document<Integer> good = numbers.put("a", 12);
        assertThat(raw.get("a")).contains(new Document<>("a", good.version(), good.createdAt(), "12"));
    }

    record Named(String name) {}

    @Proves(Clause.R17)
    void aTextThatReadersWouldReadInTwoWaysIsRefused() {
        DocumentCollection<Named> names = store.collection(Schema.of("names", Named.class));
        Document<Named> before = names.insert("a", new Named("Ann"));
        for (String text : List.of("{\"name\":\"x\",\"name\":\"y\"}", "{\"name\":\"\\ud800\"}")) {
            assertThatThrownBy(() -> names.raw().replace("a", before.version(), text), "raw().replace with " + text)
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("'a'", "'names'", "Nothing was changed");
        }
        assertThat(existing(names, "a")).isEqualTo(before);
        names.raw().replace("a", before.version(), "{\"name\":\"\\ud83d\\ude00\"}");
        assertThat(existing(names, "a").value()).isEqualTo(new Named("\uD83D\uDE00"));
    }

    @Proves(Clause.R17)
    void aTextIsStoredAsItIsAndFoundByWhatItSays() {
        for (String damage : Numbers.DAMAGED) {
            Document<Numbers.Text> damaged = write(store, "a", damage, 7);
            String text = "  12\n";
            Document<String> mended = raw.replace("a", damaged.version(), text);
            assertThat(mended.version()).as("version").isGreaterThan(damaged.version());
            assertThat(mended).isEqualTo(new Document<>("a", mended.version(), damaged.createdAt(), text));
            assertThat(raw.get("a")).contains(mended);
            assertThat(numbers.get("a")).contains(new Document<>("a", mended.version(), damaged.createdAt(), 12));
            requireFoundBy(store, 12);
        }
    }

    @Proves(Clause.R17)
    void onlyTheVersionThatWasReadIsReplaced() {
        write(store, "a", "damaged", 7);
        Document<String> old = raw.get("a").orElseThrow();
        Document<String> current = raw.replace(old.withValue("1"));
        for (ThrowingCallable replace : List.<ThrowingCallable>of(
                () -> raw.replace(old.withValue("2")), () -> raw.replace("a", old.version(), "2"))) {
            VersionConflictException e = thrown(VersionConflictException.class, replace);
            assertThat(e.expected()).as("expected version").isEqualTo(old.version());
            assertThat(e.current()).as("current version").hasValue(current.version());
        }
        assertThat(raw.get("a")).contains(current);
        numbers.delete("a");
        assertThat(thrown(VersionConflictException.class, () -> raw.replace(current))
                        .current())
                .as("current version of what is gone")
                .isEmpty();
        assertThat(numbers.exists("a")).as("existence of what was gone").isFalse();
    }

    @Proves(Clause.R17)
    void aTextThatCannotBeDecodedIsRefusedWithoutAWordOfIt() {
        Document<Integer> before = numbers.put("a", 1);
        for (String text : Numbers.DAMAGED) {
            InvalidValueException e =
                    thrown(InvalidValueException.class, () -> raw.replace("a", before.version(), text));
            assertThat(e)
                    .hasMessageContainingAll("'a'", "'numbers'", "codec", "Nothing was changed")
                    .message()
                    .doesNotContain("secret");
            assertThat(String.valueOf(e.getMessage()).contains("'" + Numbers.UNKNOWN + "'"))
                    .as("whether the unknown property is named in: %s", e.getMessage())
                    .isEqualTo(text.startsWith("{"));
            assertThat(e.getCause()).as("what the codec said").isNotNull();
        }
        assertThat(numbers.get("a")).contains(before);
        requireFoundBy(store, 1);
    }

    @Proves(Clause.R17)
    @SuppressWarnings("NullAway") // that null is refused is the point
    void aTextHasTheLimitsOfABody() throws Exception {
        startWith(builder -> builder.maxBodyBytes(1000));
        ask();
        Document<Integer> before = numbers.put("a", 1);
        for (String text : List.of(" ".repeat(1000) + "7", "7\0", "7\uD800", "\uDC00 7")) {
            assertThatThrownBy(() -> raw.replace("a", before.version(), text))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("body", "'a'", "'numbers'");
        }
        assertThatThrownBy(() -> raw.replace("a", before.version(), null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("null", "'a'", "'numbers'");
        assertThatThrownBy(() -> raw.replace("", before.version(), "7")).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> raw.get("")).isInstanceOf(InvalidValueException.class);
        assertThat(numbers.get("a")).contains(before);
        raw.replace("a", before.version(), " ".repeat(999) + "7");
        requireFoundBy(store, 7);
    }

    @Proves(Clause.R17)
    void aTextWhoseFieldIsNotAllowedIsRefused() {
        TextField<Integer> narrow =
                TextField.<Integer>of("narrow", String::valueOf).maxBytes(3);
        DocumentCollection<Integer> narrows =
                store.collection(Schema.of("narrows", Numbers.CODEC).index(narrow));
        Document<Integer> before = narrows.put("a", 1);
        assertThatThrownBy(() -> narrows.raw().replace("a", before.version(), "12345"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("'narrow'");
        assertThat(narrows.get("a")).contains(before);
    }

    @Proves(Clause.R17)
    @Needs(Capability.UNIQUE_INDEXES)
    void aTextWhoseUniqueValueIsTakenIsRefused() {
        TextField<String> name = TextField.of("name", text -> text);
        DocumentCollection<String> names = store.collection(
                Schema.of("names", Codec.of(text -> text, text -> text)).uniqueIndex(name));
        names.put("a", "one");
        Document<String> before = names.put("b", "two");
        UniqueViolationException e =
                thrown(UniqueViolationException.class, () -> names.raw().replace("b", before.version(), "one"));
        assertThat(e.id()).isEqualTo("b");
        assertThat(names.get("b")).contains(before);
    }

    @Proves(Clause.R17)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionReplacesTextsToo() {
        write(store, "a", "damaged", 7);
        IllegalStateException undone = new IllegalStateException("undone");
        assertThatThrownBy(() -> store.runTransaction(tx -> {
                    mend(tx);
                    throw undone;
                }))
                .isSameAs(undone);
        assertThat(raw.get("a")).map(Document::value).contains("damaged");
        store.runTransaction(RawClauses::mend);
        requireFoundBy(store, 12);
    }

    private static void mend(CollectionSource source) {
        RawDocuments inside = source.collection(Numbers.SCHEMA).raw();
        inside.replace(inside.get("a").orElseThrow().withValue("12"));
        assertThat(inside.get("a")).map(Document::value).contains("12");
        requireFoundBy(source, 12);
    }
}
