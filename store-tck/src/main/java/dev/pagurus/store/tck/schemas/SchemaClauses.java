package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.LongField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group S: which definitions are taken, and how several handles get along. */
public abstract class SchemaClauses extends ClauseGroup {

    private static final Item ITEM = Item.of("item").withNumber(1).tagged("x").withCode("1");

    protected SchemaClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S1)
    void askingForACollectionCreatesIt() {
        store.collection(base()).insert("a", ITEM);
        assertThat(store.collection(base()).where(Item.NUMBER.eq(1)).count()).isEqualTo(1);
    }

    @Proves(Clause.S1)
    void askingAgainChangesNothing() throws Exception {
        Document<Item> before = store.collection(base()).insert("a", ITEM);
        store.collection(base());
        second().collection(base());
        reopen().collection(base());
        assertThat(store.collection(base()).query().list()).containsExactly(before);
        assertThat(store.collection(base()).where(Item.TAGS.contains("x")).count())
                .isEqualTo(1);
    }

    @Proves(Clause.S8)
    void aFieldMoreOrLessIsRefusedAtTheSameRevision() throws Exception {
        requireRefused(base().field(Item.REAL), "real");
        requireRefused(
                unique(Schema.of("docs", Item.class), Item.CODE)
                        .index(Item.COLOR, Item.TIME.desc())
                        .index(Item.TAGS),
                "number");
    }

    @Proves(Clause.S8)
    void anIndexMoreOrLessIsRefusedAtTheSameRevision() throws Exception {
        requireRefused(base().index(Item.NUMBER), "number");
        requireRefused(
                unique(Schema.of("docs", Item.class), Item.CODE)
                        .index(Item.COLOR, Item.TIME.desc())
                        .field(Item.TAGS)
                        .field(Item.NUMBER),
                "tags");
    }

    @Proves(Clause.S8)
    @Needs(Capability.UNIQUE_INDEXES)
    void anotherKindOfIndexIsRefusedAtTheSameRevision() throws Exception {
        requireRefused(
                Schema.of("docs", Item.class)
                        .index(Item.CODE)
                        .index(Item.COLOR, Item.TIME.desc())
                        .index(Item.TAGS)
                        .field(Item.NUMBER),
                "code");
        requireRefused(
                unique(Schema.of("docs", Item.class), Item.CODE)
                        .index(Item.COLOR, Item.TIME)
                        .index(Item.TAGS)
                        .field(Item.NUMBER),
                "color_time");
    }

    @Proves(Clause.S8)
    void anotherTypeOfFieldIsRefusedAtTheSameRevision() throws Exception {
        LongField<Item> code = LongField.of("code", Item::number);
        requireRefused(
                unique(Schema.of("docs", Item.class), code)
                        .index(Item.COLOR, Item.TIME.desc())
                        .index(Item.TAGS)
                        .field(Item.NUMBER),
                "code");
        requireRefused(
                unique(Schema.of("docs", Item.class), Item.CODE.maxBytes(100))
                        .index(Item.COLOR, Item.TIME.desc())
                        .index(Item.TAGS)
                        .field(Item.NUMBER),
                "code");
    }

    @Proves(Clause.S9)
    void aLowerRevisionIsRefused() throws Exception {
        Document<Item> before = store.collection(base().revision(3)).insert("a", ITEM);
        for (Store handle : List.of(store, second())) {
            assertThatThrownBy(() -> handle.collection(base().revision(2)))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("newer version")
                    .hasMessageContaining("docs")
                    .hasMessageContaining("revision 3")
                    .hasMessageContaining("revision 2");
        }
        assertThat(store.collection(base().revision(3)).query().list()).containsExactly(before);
    }

    @Proves(Clause.S12)
    void severalHandlesDefineTheSameAtOnce() throws Exception {
        List<Store> handles = handles();
        for (int round = 0; round < 8; round++) {
            Schema<Item> schema = itemSchema("round_" + round);
            Race.run(
                    6,
                    number -> handles.get(number % 3)
                            .collection(schema)
                            .insert("i" + number, ITEM.withCode("code " + number)));
            assertThat(store.collection(schema).query().count())
                    .as("documents that six have inserted")
                    .isEqualTo(6);
        }
    }

    @Proves(Clause.S12)
    void severalHandlesUpgradeToTheSameAtOnce() throws Exception {
        fill(300);
        List<Store> handles = handles();
        Schema<Item> next = base().field(Item.TEXT).revision(2);
        Race.run(6, number -> {
            assertThat(handles.get(number % 3)
                            .collection(next)
                            .where(Item.TEXT.eq("item"))
                            .count())
                    .isEqualTo(300);
        });
    }

    @Proves(Clause.S12)
    void severalHandlesDefineDifferentRevisionsAtOnce() throws Exception {
        fill(300);
        List<Store> handles = handles();
        Race.run(6, number -> {
            int revision = 1 + number % 3;
            try {
                handles.get(number / 2).collection(base().revision(revision));
            } catch (SchemaException e) {
                assertThat(revision).isLessThan(3);
            }
        });
        store.collection(base().revision(3)).insert("new", ITEM.withCode("new"));
        assertThatThrownBy(() -> second().collection(base().revision(2))).isInstanceOf(SchemaException.class);
        assertThat(store.collection(base().revision(3)).query().count()).isEqualTo(301);
    }

    private List<Store> handles() throws Exception {
        List<Store> handles = new ArrayList<>();
        handles.add(store);
        handles.add(second());
        handles.add(second());
        return handles;
    }

    private void fill(int documents) {
        store.collection(base())
                .insertAll(
                        IntStream.range(0, documents).mapToObj(i -> ITEM.withCode("code " + i)),
                        item -> String.valueOf(item.code()),
                        OnConflict.FAIL);
    }

    /** Another definition is refused by this handle and another one, names what differs, and nothing has changed. */
    private void requireRefused(Schema<Item> other, String named) throws Exception {
        store.collection(base()).put("a", ITEM);
        for (Store handle : List.of(store, second())) {
            assertThatThrownBy(() -> handle.collection(other))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("docs")
                    .hasMessageContaining("revision")
                    .hasMessageContaining(named);
        }
        store.collection(base()).put("a", ITEM.withNumber(2));
        assertThat(store.collection(base()).where(Item.NUMBER.eq(2)).count()).isEqualTo(1);
    }

    private Schema<Item> base() {
        return unique(Schema.of("docs", Item.class), Item.CODE)
                .index(Item.COLOR, Item.TIME.desc())
                .index(Item.TAGS)
                .field(Item.NUMBER);
    }
}
