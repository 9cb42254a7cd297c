package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.IndexTerm;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Group S: a schema at each of its limits, and at all of them at once; and one step beyond. */
public abstract class SchemaLimitClauses extends ClauseGroup {

    private static final Schema<Item> DOCS = Schema.of("docs", Item.class);

    /** Around these, engines move a value out of its row, write its length in another form, or cut it off. */
    private static final List<Long> LENGTHS = List.of(1L, 24L, 40L, 41L, 127L, 128L, 255L, 256L, 767L, 768L, 1024L);

    protected SchemaLimitClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S18)
    void asManyFieldsAsASchemaMayHaveAreFilledWithTextsOfAnyLength() {
        List<TextField<Item>> texts = IntStream.range(0, Schema.MAX_FIELDS)
                .mapToObj(i -> TextField.<Item>of(
                        "f" + i, item -> item.number() == null ? null : WidestSchema.stretch(i, item.number())))
                .toList();
        Schema<Item> schema = DOCS;
        for (TextField<Item> field : texts) {
            schema = schema.field(field);
        }
        Schema<Item> full = schema;
        requireRefused(() -> full.field(Item.NUMBER), Schema.MAX_FIELDS, "fields");
        DocumentCollection<Item> docs = store.collection(full);
        docs.insert("none", Item.NOTHING);
        docs.putAll(LENGTHS.stream().map(Item::ofNumber), item -> "n" + item.number(), OnConflict.FAIL);
        for (long length : LENGTHS) {
            requireFound(docs, texts, length, "n" + length);
        }
        // A row that grows and shrinks where it is.
        List<Long> upAndDown = new ArrayList<>(LENGTHS);
        Collections.reverse(upAndDown);
        upAndDown.addAll(0, LENGTHS);
        for (long length : upAndDown) {
            docs.put("a", Item.ofNumber(length));
            requireFound(docs, texts, length, "a", "n" + length);
        }
        assertThat(existing(docs, "n40").value()).isEqualTo(Item.ofNumber(40));
    }

    private static void requireFound(
            DocumentCollection<Item> docs, List<TextField<Item>> texts, long length, String... ids) {
        for (int i : new int[] {0, 1, texts.size() / 2, texts.size() - 1}) {
            assertThat(ids(docs, texts.get(i).eq(WidestSchema.stretch(i, length))))
                    .as("documents found by the %s bytes of field %s of %s", length, i, texts.size())
                    .containsExactlyInAnyOrder(ids);
        }
    }

    @Proves(Clause.S19)
    void asManyIndexesAsASchemaMayHaveFindOrderAndProtect() {
        Schema<Item> schema = DOCS;
        List<LongField<Item>> numbers = new ArrayList<>();
        List<LongField<Item>> unique = new ArrayList<>();
        List<ManyField<Item>> manies = new ArrayList<>();
        for (int i = 0; i < Schema.MAX_INDEXES; i++) {
            String name = "f" + i;
            if (i % 4 == 3) {
                ManyField<Item> field = ManyField.of(name, item -> Set.of(name + "=" + item.number()));
                schema = schema.index(field);
                manies.add(field);
            } else {
                LongField<Item> field =
                        LongField.of(name, item -> name.equals(item.text()) ? (Long) 1L : item.number());
                schema = i % 4 == 2 ? unique(schema, field) : schema.index(i % 4 == 1 ? field.desc() : field);
                (i % 4 == 2 ? unique : numbers).add(field);
            }
        }
        Schema<Item> full = schema;
        requireRefused(() -> full.index(Item.TEXT), Schema.MAX_INDEXES, "indexes");
        requireRefused(() -> full.uniqueIndex(Item.CODE), Schema.MAX_INDEXES, "indexes");
        assertThat(full.field(Item.TEXT).fields())
                .as("fields, one without an index among them")
                .hasSize(Schema.MAX_INDEXES + 1);
        DocumentCollection<Item> docs = store.collection(full);
        for (long number = 1; number <= 3; number++) {
            docs.insert("n" + number, Item.ofNumber(number));
        }
        numbers.addAll(unique);
        for (LongField<Item> field : numbers) {
            assertThat(docs.where(field.gte(2)).orderBy(field.desc()).list())
                    .as("documents by %s, from the greatest", field)
                    .extracting(Document::id)
                    .containsExactly("n3", "n2");
        }
        for (ManyField<Item> field : manies) {
            assertThat(ids(docs, field.contains(field.name() + "=2")))
                    .as("documents by %s", field)
                    .containsExactly("n2");
        }
        for (LongField<Item> field : has(Capability.UNIQUE_INDEXES) ? unique : List.<LongField<Item>>of()) {
            UniqueViolationException refused = thrown(
                    UniqueViolationException.class,
                    () -> docs.insert("n4", Item.ofNumber(4).withText(field.name())));
            assertThat(refused.index()).as("the index that is named").isEqualTo(field.name());
        }
    }

    @Proves(Clause.S20)
    void anIndexOverAsManyFieldsAsItMayHaveFindsAndOrders() {
        List<LongField<Item>> fields = IntStream.range(0, Schema.MAX_INDEX_FIELDS)
                .mapToObj(i -> LongField.<Item>of(
                        WidestSchema.longName('n', i),
                        item -> item.number() == null ? null : (Long) digit(item.number(), i)))
                .toList();
        List<IndexTerm<Item>> terms = IntStream.range(0, fields.size())
                .<IndexTerm<Item>>mapToObj(
                        i -> i % 2 == 0 ? fields.get(i) : fields.get(i).desc())
                .collect(Collectors.toCollection(ArrayList::new));
        Schema<Item> wide = DOCS.index(array(terms));
        terms.add(Item.NUMBER);
        requireRefused(() -> DOCS.index(array(terms)), Schema.MAX_INDEX_FIELDS, "fields");
        terms.remove(Item.NUMBER);
        Collections.reverse(terms);
        Schema<Item> both = has(Capability.UNIQUE_INDEXES) ? wide.uniqueIndex(array(terms)) : wide.index(array(terms));
        DocumentCollection<Item> docs = store.collection(both);
        for (long number = 0; number < 8; number++) {
            docs.insert("n" + number, Item.ofNumber(number));
        }
        List<Filter<Item>> all = new ArrayList<>();
        fields.forEach(field -> all.add(field.eq(digit(5, fields.indexOf(field)))));
        assertThat(ids(docs, Filter.allOf(all))).as("documents by all fields").containsExactly("n5");
        Query<Item> ordered = docs.query().orderBy(fields.get(0).asc());
        for (int i = 1; i < fields.size(); i++) {
            ordered = ordered.thenBy(
                    i % 2 == 0 ? fields.get(i).asc() : fields.get(i).desc());
        }
        // Three digits count, the least one first and the second one downwards.
        assertThat(ordered.list())
                .as("documents in the order of the index")
                .extracting(Document::id)
                .containsExactly("n2", "n6", "n0", "n4", "n3", "n7", "n1", "n5");
        if (has(Capability.UNIQUE_INDEXES)) {
            thrown(UniqueViolationException.class, () -> docs.insert("other", Item.ofNumber(5)));
        }
    }

    /** A digit of a number in base two. */
    private static long digit(long number, int place) {
        return number >> place & 1;
    }

    @Proves(Clause.S21)
    void aSchemaAtAllOfItsLimitsHoldsTheLargestDocuments() {
        Schema<Item> full = WidestSchema.of(has(Capability.UNIQUE_INDEXES));
        assertThat(full.fields()).as("fields").hasSize(Schema.MAX_FIELDS);
        assertThat(full.indexes()).as("indexes").hasSize(Schema.MAX_INDEXES);
        DocumentCollection<Item> docs = store.collection(full);
        docs.insert("none", Item.NOTHING);
        for (long length : List.of(39L, 100L, 1023L)) {
            docs.insert(longId(length), Item.ofNumber(length));
            docs.put("a", Item.ofNumber(length + 1));
            requireFound(docs, length, longId(length));
            requireFound(docs, length + 1, "a");
        }
        docs.put("a", Item.ofNumber(1));
        if (has(Capability.UNIQUE_INDEXES)) {
            thrown(UniqueViolationException.class, () -> docs.insert("b", Item.ofNumber(1023)));
        }
        assertThat(docs.delete(longId(1023)))
                .as("whether the longest was deleted")
                .isTrue();
        DocumentCollection<Item> filledAnew = store.collection(full.revision(2));
        requireFound(filledAnew, 1, "a");
        requireFound(filledAnew, 100, longId(100));
        requireFound(filledAnew, 1023);
    }

    private static void requireFound(DocumentCollection<Item> docs, long length, String... ids) {
        for (WidestSchema.Look look : WidestSchema.looks(length)) {
            assertThat(docs.where(look.filter()).orderBy(look.order()).list())
                    .as("documents of %s bytes in each field, by %s", length, look)
                    .extracting(Document::id)
                    .containsExactly(ids);
        }
    }

    private static String longId(long length) {
        return "i".repeat(Schema.MAX_ID_BYTES - 4) + (1000 + length % 1000);
    }

    @Proves(Clause.S22)
    void aStoreSaysHowLargeABodyMayBe() throws Exception {
        long most = store.maxBodyBytes();
        assertThat(most)
                .as("store.maxBodyBytes() where nothing is configured")
                .isBetween(EngineInfo.LEAST_BODY_BYTES, StoreConfig.DEFAULT_MAX_BODY_BYTES);
        startWith(with -> with.maxBodyBytes(1000));
        assertThat(store.maxBodyBytes()).as("store.maxBodyBytes() of 1,000").isEqualTo(1000);
    }

    @Proves(Clause.S22)
    void moreThanAnEngineHoldsIsRefusedWhenItIsConfigured() throws Exception {
        long more = StoreConfig.DEFAULT_MAX_BODY_BYTES + (1 << 20);
        try {
            startWith(with -> with.maxBodyBytes(more));
        } catch (ConfigurationException refused) {
            assertThat(refused).as("the message").hasMessageContainingAll("'body.max'", "" + more);
            return;
        }
        assertThat(store.maxBodyBytes()).as("store.maxBodyBytes() of 17 MiB").isEqualTo(more);
        DocumentCollection<String> raw = store.collection(Schema.of("raw", Codec.of(text -> text, text -> text)));
        raw.put("a", "x".repeat((int) more));
        assertThat(existing(raw, "a").value().length())
                .as("characters of the largest body")
                .isEqualTo(more);
    }

    private static List<String> ids(DocumentCollection<Item> docs, Filter<Item> filter) {
        return docs.where(filter).list().stream().map(Document::id).toList();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of them cannot have their type
    private static IndexTerm<Item>[] array(List<IndexTerm<Item>> terms) {
        return terms.toArray(IndexTerm[]::new);
    }

    private static void requireRefused(Runnable declaration, int limit, String what) {
        assertThatThrownBy(declaration::run, "one more than %s %s", limit, what)
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'docs'", "" + limit, what);
    }
}
