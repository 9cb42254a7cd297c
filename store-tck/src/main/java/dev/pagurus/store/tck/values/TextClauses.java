package dev.pagurus.store.tck.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group V, what is made of characters: bodies, texts and tags. */
public abstract class TextClauses extends ClauseGroup {

    /** A collection whose bodies are whatever text the test gives. */
    static final Schema<String> RAW = Schema.of("raw", Codec.of(text -> text, text -> text));

    protected TextClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.V1)
    void bodiesComeBackByteForByte() {
        DocumentCollection<String> raw = store.collection(RAW);
        for (String body : List.of(
                "{ \"b\" :1,\t\"a\":2 }\r\n",
                "{\"a\":1,\"a\":2}",
                "[1e400,-0,1.10,10000000000000000000000000000000000000001]",
                "\"\\u0000 \\ud800 \\/ \u2028\u2029\uFEFF\"",
                "\uFEFF{}",
                Samples.E_ACUTE + Samples.E_WITH_ACUTE + Samples.UFFFF + Samples.U10000 + Samples.U10FFFF
                        + "\uD83E\uDD80",
                "'; drop table raw; --",
                "not JSON at all",
                "12",
                " ",
                "")) {
            raw.put("a", body);
            assertThat(existing(raw, "a").value()).isEqualTo(body);
        }
    }

    @Proves(Clause.V1)
    void controlCharactersComeBack() {
        DocumentCollection<String> raw = store.collection(RAW);
        String controls = IntStream.range(1, 0xA0).mapToObj(Character::toString).reduce("", String::concat);
        raw.put("a", controls);
        assertThat(existing(raw, "a").value()).isEqualTo(controls);
    }

    @Proves(Clause.V1)
    void aLargeBodyComesBack() {
        DocumentCollection<String> raw = store.collection(RAW);
        String large = ("0123456789abcde" + Samples.E_ACUTE).repeat(1 << 16);
        raw.put("a", large);
        String back = raw.query().list().get(0).value();
        // Compared without showing a million characters.
        assertThat(back.equals(large))
                .as("a body of %d characters came back, with %d, as it was", large.length(), back.length())
                .isTrue();
    }

    @Proves(Clause.V2)
    void aBodyAsLargeAsTheLimitIsStored() throws Exception {
        DocumentCollection<String> raw =
                startWith(with -> with.maxBodyBytes(1000)).collection(RAW);
        raw.put("a", Samples.E_ACUTE.repeat(500));
        assertThat(existing(raw, "a").value()).hasSize(500);
    }

    @Proves(Clause.V2)
    void aBodyOverTheLimitIsRefused() throws Exception {
        DocumentCollection<String> raw =
                startWith(with -> with.maxBodyBytes(1000)).collection(RAW);
        raw.put("a", "before");
        assertThatThrownBy(() -> raw.put("a", Samples.E_ACUTE.repeat(500) + "x"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("body", "'a'", "'raw'", "1001", "1000");
        assertThat(existing(raw, "a").value()).isEqualTo("before");
    }

    @Proves(Clause.V2)
    void theLimitIsSixteenMebibytesIfNothingIsSaid() {
        DocumentCollection<String> raw = store.collection(RAW);
        int limit = (int) store.maxBodyBytes(); // or less, if the engine says so
        raw.put("a", "x".repeat(limit));
        thrown(InvalidValueException.class, () -> raw.put("b", "x".repeat(limit + 1)));
        assertThat(existing(raw, "a").value().length())
                .as("characters of the largest body")
                .isEqualTo(limit);
    }

    @Proves(Clause.V5)
    void whatNotEveryEngineKeepsIsRefusedInIds() {
        DocumentCollection<Item> items = items();
        assertThatThrownBy(() -> items.put("a\0b", Item.NOTHING))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("id", "items", "U+0000", "index 1");
        for (String broken : List.of("a\uD800", "\uDC00b", "\uDC00\uD800", "\uD800\uD800\uDC00")) {
            assertThatThrownBy(() -> items.put(broken, Item.NOTHING))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("id", "items", "surrogate");
        }
        assertThat(items.query().count()).isZero();
    }

    @Proves(Clause.V5)
    void whatNotEveryEngineKeepsIsRefusedInTexts() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.of("before"));
        assertThatThrownBy(() -> items.put("a", Item.of("ab\0")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'text'", "'items'", "U+0000", "index 2");
        assertThat(items.where(Item.TEXT.eq("before")).count()).isOne();
    }

    @Proves(Clause.V5)
    void whatNotEveryEngineKeepsIsRefusedInTags() {
        DocumentCollection<Item> items = items();
        items.put("a", Item.NOTHING.tagged("before"));
        assertThatThrownBy(() -> items.put("a", Item.NOTHING.tagged("ab\0")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'tags'", "U+0000", "index 2");
        assertThat(items.where(Item.TAGS.contains("before")).count()).isOne();
    }

    @Proves(Clause.V5)
    void whatNotEveryEngineKeepsIsRefusedInBodies() {
        DocumentCollection<String> raw = store.collection(RAW);
        raw.put("a", "before");
        assertThatThrownBy(() -> raw.put("a", "ab\0"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("body", "'a'", "'raw'", "U+0000", "index 2");
        assertThatThrownBy(() -> raw.put("a", "\uDBFFx"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("body", "surrogate", "U+DBFF", "index 0");
        assertThat(existing(raw, "a").value()).isEqualTo("before");
    }

    @Proves(Clause.V5)
    void whatNoDocumentCanHaveIsRefusedInFilters() {
        DocumentCollection<Item> items = items();
        for (String broken : List.of("a\0", "a\uD800")) {
            assertThatThrownBy(() -> items.where(Item.TEXT.eq(broken)).count(), "a filter of text")
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("'text'");
            assertThatThrownBy(() -> items.where(Item.TAGS.contains(broken)).count(), "a filter of tags")
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("'tags'");
        }
    }

    @Proves(Clause.V6)
    void aTextAsLongAsItsLimitIsStored() {
        DocumentCollection<Item> items = items();
        String longest = Samples.U10FFFF.repeat(256);
        items.put("a", Item.of(longest));
        assertThat(items.where(Item.TEXT.eq(longest)).count()).isOne();
        assertThat(items.where(Item.TEXT.eq(longest + "x")).count()).isZero();
    }

    @Proves(Clause.V6)
    void aTextOverItsLimitIsRefused() {
        DocumentCollection<Item> items = items();
        assertThatThrownBy(() -> items.put("a", Item.of(Samples.U10FFFF.repeat(256) + "x")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'text'", "'items'", "1025", "1024");
        assertThat(items.exists("a")).as("items.exists('a')").isFalse();
    }

    @Proves(Clause.V6)
    void aLowerLimitCountsBytesToo() {
        TextField<Item> five = TextField.<Item>of("five", Item::text).maxBytes(5);
        DocumentCollection<Item> items =
                store.collection(Schema.of("short", Item.class).index(five));
        items.put("a", Item.of(Samples.E_ACUTE.repeat(2) + "x"));
        assertThatThrownBy(() -> items.put("b", Item.of(Samples.E_ACUTE.repeat(3))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'five'", "6", "5");
    }

    @Proves(Clause.V6)
    void everyTextIsItself() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.each(Samples.TEXTS, Item::of));
        for (String text : Samples.TEXTS) {
            assertThat(items.where(Item.TEXT.eq(text)).count())
                    .as("texts equal to '%s'", text)
                    .isOne();
        }
    }

    @Proves(Clause.V7)
    @Needs(Capability.UNIQUE_INDEXES)
    void theFieldsOfAnIndexMayAddUpTo2300Bytes() {
        TextField<Item> some = TextField.<Item>of("some", Item::text).maxBytes(252);
        Schema<Item> widest = Schema.of("wide", Item.class).uniqueIndex(Item.TEXT, Item.CODE, some);
        String longest = "x".repeat(1024);
        DocumentCollection<Item> items = store.collection(widest);
        items.put("a", Item.of("y".repeat(252)).withCode(longest));
        assertThat(items.query()
                        .orderBy(Item.TEXT.asc())
                        .thenBy(Item.CODE.asc())
                        .list())
                .hasSize(1);
    }

    @Proves(Clause.V7)
    void moreIsRefusedWhenTheSchemaIsMade() {
        TextField<Item> some = TextField.<Item>of("some", Item::text).maxBytes(253);
        assertThatThrownBy(
                        () -> Schema.of("wide", Item.class).index(Item.TEXT, Item.CODE, some),
                        "an index of 2,301 bytes")
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("text_code_some", "'wide'", "2301", "2300", "maxBytes");
    }

    @Proves(Clause.V8)
    void aHundredTagsOf255BytesAreStored() {
        DocumentCollection<Item> items = items();
        Set<String> tags = tags(100, 255);
        items.put("a", Item.NOTHING.withTags(tags));
        for (String tag : tags) {
            assertThat(items.where(Item.TAGS.contains(tag)).count()).isOne();
        }
    }

    @Proves(Clause.V8)
    void moreOrLongerTagsAreRefused() {
        DocumentCollection<Item> items = items();
        assertThatThrownBy(() -> items.put("a", Item.NOTHING.withTags(tags(101, 10))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'tags'", "101", "100");
        assertThatThrownBy(() -> items.put("a", Item.NOTHING.withTags(tags(1, 256))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'tags'", "256", "255");
        assertThat(items.exists("a")).as("items.exists('a')").isFalse();
    }

    private static Set<String> tags(int count, int bytes) {
        Set<String> tags = new LinkedHashSet<>();
        for (int i = 0; i < count; i++) {
            tags.add("x".repeat(bytes - 4) + (1000 + i));
        }
        return tags;
    }
}
