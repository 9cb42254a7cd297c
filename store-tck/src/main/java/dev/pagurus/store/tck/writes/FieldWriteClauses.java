package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Group W: queries see what a verb has written, and nothing of what was there before. */
public abstract class FieldWriteClauses extends ClauseGroup {

    private static final Item OLD = new Item(
            "old", 1L, 1.5, true, Instant.EPOCH, Item.Color.RED, Set.of("old", "both"), "code-old", "payload-old");
    private static final Item NEW = new Item(
            "new",
            2L,
            2.5,
            false,
            Instant.EPOCH.plusSeconds(1),
            Item.Color.BLUE,
            Set.of("new", "both"),
            "code-new",
            "payload-new");

    protected FieldWriteClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W12)
    void aPutMovesADocumentInEveryQuery() {
        requireMovedBy(items -> items.put("a", NEW));
    }

    @Proves(Clause.W12)
    void aReplaceMovesADocumentInEveryQuery() {
        requireMovedBy(items -> items.replace(existing(items, "a").withValue(NEW)));
    }

    @Proves(Clause.W12)
    void anUpdateMovesADocumentInEveryQuery() {
        requireMovedBy(items -> items.update("a", found -> NEW));
    }

    @Proves(Clause.W12)
    void aComputeMovesADocumentInEveryQuery() {
        requireMovedBy(items -> items.compute("a", found -> Optional.of(NEW)));
    }

    @Proves(Clause.W12)
    void anUpdateByQueryMovesADocumentInEveryQuery() {
        requireMovedBy(items -> items.where(Item.TAGS.contains("old")).updateAll(found -> NEW));
    }

    @Proves(Clause.W12)
    void aBulkPutMovesADocumentInEveryQuery() {
        requireMovedBy(items -> items.putAll(Stream.of(NEW), item -> "a", OnConflict.FAIL));
    }

    @Proves(Clause.W12)
    void aDeletedDocumentIsFoundByNoQuery() {
        items().insert("a", OLD);
        items().delete("a");
        requireFound(OLD, List.of());
        assertThat(items().query().count()).isZero();
    }

    @Proves(Clause.W12)
    @Needs(Capability.TRANSACTIONS)
    void aDeletionByQueryTakesTheTagsAlong() {
        items().insert("a", OLD);
        items().insert("b", NEW);
        assertThat(items().where(Item.TAGS.contains("old")).deleteAll()).isEqualTo(1);
        assertThat(items().query().countBy(Item.TAGS)).containsOnlyKeys("both", "new");
    }

    @Proves(Clause.W12)
    void theTagsOfADeletedDocumentDoNotComeBackWithItsId() {
        items().insert("a", OLD);
        items().delete("a");
        items().insert("a", Item.of("untagged"));
        assertThat(items().where(Item.TAGS.contains("old")).list()).isEmpty();
        assertThat(items().where(Item.TAGS.isEmpty()).count()).isEqualTo(1);
    }

    @Proves(Clause.W12)
    void aDocumentThatLosesItsValuesIsFoundWithoutThem() {
        items().insert("a", OLD);
        Document<Item> empty = items().put("a", Item.NOTHING);
        requireFound(OLD, List.of());
        assertThat(items().where(Item.TEXT.isNull().and(Item.TAGS.isEmpty())).list())
                .containsExactly(empty);
    }

    @Proves(Clause.W12)
    void anOverwriteLeavesTheTagsOfOthersAlone() {
        items().insert("a", OLD);
        items().insert("b", OLD.withCode("another"));
        items().put("a", NEW);
        assertThat(items().where(Item.TAGS.contains("old")).list())
                .extracting(Document::id)
                .containsExactly("b");
    }

    private void requireMovedBy(Consumer<DocumentCollection<Item>> verb) {
        items().insert("a", OLD);
        verb.accept(items());
        requireFound(OLD, List.of());
        requireFound(NEW, List.of("a"));
        assertThat(items().where(Item.TAGS.contains("both")).count()).isEqualTo(1);
        assertThat(items().query().countBy(Item.TAGS)).containsOnlyKeys("both", "new");
    }

    /** Asks by each field apart for what an item has, since each may have an index of its own. */
    private void requireFound(Item item, List<String> ids) {
        List<Filter<Item>> filters = List.of(
                Item.TEXT.eq(Objects.requireNonNull(item.text())),
                Item.NUMBER.eq(Objects.requireNonNull(item.number())),
                Item.REAL.eq(Objects.requireNonNull(item.real())),
                Item.FLAG.eq(Objects.requireNonNull(item.flag())),
                Item.TIME.eq(Objects.requireNonNull(item.time())),
                Item.COLOR.eq(Objects.requireNonNull(item.color())),
                Item.CODE.eq(Objects.requireNonNull(item.code())),
                Item.TAGS.contains(Objects.requireNonNull(item.text())));
        for (Filter<Item> filter : filters) {
            assertThat(items().where(filter).list())
                    .as("%s", filter)
                    .extracting(Document::id)
                    .isEqualTo(ids);
        }
    }
}
