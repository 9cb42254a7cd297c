package dev.pagurus.store.tck.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Group V, what documents are called. */
public abstract class IdClauses extends ClauseGroup {

    protected IdClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.V3)
    void anIdHasOneTo255Bytes() {
        DocumentCollection<Item> items = items();
        for (String id : List.of("a", "x".repeat(255), Samples.E_ACUTE.repeat(127), Samples.U10FFFF.repeat(63))) {
            items.insert(id, Item.of(id));
            assertThat(existing(items, id).value()).isEqualTo(Item.of(id));
        }
    }

    @Proves(Clause.V3)
    void anotherIdIsRefused() {
        DocumentCollection<Item> items = items();
        for (String id : List.of("", "x".repeat(256), Samples.E_ACUTE.repeat(128), Samples.U10FFFF.repeat(64))) {
            assertThatThrownBy(() -> items.put(id, Item.NOTHING))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContainingAll("id", "'items'", "255");
        }
        assertThat(items.query().exists()).as("items.query().exists()").isFalse();
    }

    @Proves(Clause.V4)
    void everyIdIsItself() {
        DocumentCollection<Item> items = items();
        List<String> ids = new ArrayList<>(Samples.TEXTS);
        ids.remove("");
        ids.addAll(List.of(
                "  ", "a  ", "A ", "null", "0", "00", "1e0", "1.0", "';--", "$1", "?", ":id", "../a", "a/b", "{}"));
        ids.forEach(id -> items.insert(id, Item.of(id)));
        assertThat(items.query().list()).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids);
        for (String id : ids) {
            assertThat(existing(items, id).value().text()).isEqualTo(id);
            assertThat(items.where(itemSchema().id().eq(id)).count())
                    .as("ids equal to '%s'", id)
                    .isOne();
        }
    }

    @Proves(Clause.V4)
    void deletingOneIdLeavesThoseThatLookLikeIt() {
        DocumentCollection<Item> items = items();
        for (String id : List.of("a", "A", "a ", " a", Samples.E_ACUTE, Samples.E_WITH_ACUTE, "a%", "a_")) {
            items.insert(id, Item.NOTHING);
        }
        items.delete("a");
        items.delete(Samples.E_ACUTE);
        items.delete("a%");
        assertThat(items.query().list())
                .extracting(Document::id)
                .containsExactlyInAnyOrder("A", "a ", " a", Samples.E_WITH_ACUTE, "a_");
    }
}
