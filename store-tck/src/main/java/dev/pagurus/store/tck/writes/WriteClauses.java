package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.Optional;
import java.util.function.Supplier;

/** Group W: what each verb does, and how it refuses. */
public abstract class WriteClauses extends ClauseGroup {

    private static final Item ONE = Item.of("one");
    private static final Item TWO = Item.of("two");

    protected WriteClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.W1)
    void anInsertedDocumentIsThere() {
        Document<Item> inserted = items().insert("a", ONE);
        assertThat(inserted.value()).isEqualTo(ONE);
        assertThat(items().get("a")).contains(inserted);
    }

    @Proves(Clause.W1)
    void anInsertWithoutAnIdMakesOne() {
        Document<Item> inserted = items().insert(ONE);
        assertThat(items().get(inserted.id())).contains(inserted);
    }

    @Proves(Clause.W1)
    void anInsertOfATakenIdIsRefused() {
        Document<Item> first = items().insert("a", ONE);
        DuplicateIdException refused = thrown(DuplicateIdException.class, () -> items().insert("a", TWO));
        assertThat(refused.id()).isEqualTo("a");
        assertThat(refused.collection()).isEqualTo("items");
        assertThat(items().get("a")).contains(first);
    }

    @Proves(Clause.W2)
    void aPutCreates() {
        Document<Item> put = items().put("a", ONE);
        assertThat(put.value()).isEqualTo(ONE);
        assertThat(items().get("a")).contains(put);
    }

    @Proves(Clause.W2)
    void aPutOverwrites() {
        items().put("a", ONE);
        Document<Item> put = items().put("a", TWO);
        assertThat(items().query().list()).containsExactly(put);
        assertThat(put.value()).isEqualTo(TWO);
    }

    @Proves(Clause.W3)
    void aReplaceOfAnUnchangedDocumentOverwrites() {
        Document<Item> read = items().insert("a", ONE);
        Document<Item> replaced = items().replace(read.withValue(TWO));
        assertThat(items().get("a")).contains(replaced);
        assertThat(replaced.value()).isEqualTo(TWO);
    }

    @Proves(Clause.W3)
    void aReplaceAtTheVersionThatIsThereOverwrites() {
        long version = items().insert("a", ONE).version();
        Document<Item> replaced = items().replace("a", version, TWO);
        assertThat(items().get("a")).contains(replaced);
    }

    @Proves(Clause.W3)
    void aReplaceAtAnotherVersionIsRefused() {
        Document<Item> old = items().insert("a", ONE);
        Document<Item> current = items().put("a", TWO);
        VersionConflictException refused = thrown(VersionConflictException.class, () -> items().replace(old));
        assertThat(refused.expected()).isEqualTo(old.version());
        assertThat(refused.current()).hasValue(current.version());
        assertThat(refused.id()).isEqualTo("a");
        assertThat(items().get("a")).contains(current);
    }

    @Proves(Clause.W3)
    void aReplaceAtALaterVersionIsRefused() {
        Document<Item> current = items().insert("a", ONE);
        assertThatThrownBy(() -> items().replace("a", current.version() + 1, TWO))
                .isInstanceOf(VersionConflictException.class);
        assertThat(items().get("a")).contains(current);
    }

    @Proves(Clause.W3)
    void aReplaceOfADeletedDocumentIsRefused() {
        Document<Item> deleted = items().insert("a", ONE);
        items().delete("a");
        VersionConflictException refused = thrown(VersionConflictException.class, () -> items().replace(deleted));
        assertThat(refused.current()).isEmpty();
        assertThat(items().exists("a")).as("items().exists('a')").isFalse();
    }

    @Proves(Clause.W4)
    void anUpdateChangesWhatIsThere() {
        items().insert("a", ONE.withNumber(7));
        Document<Item> updated =
                items().update("a", found -> found.withText("changed")).orElseThrow();
        assertThat(updated.value()).isEqualTo(Item.of("changed").withNumber(7));
        assertThat(items().get("a")).contains(updated);
    }

    @Proves(Clause.W4)
    void anUpdateOfNothingIsEmptyAndAsksNobody() {
        Optional<Document<Item>> updated = items().update("a", found -> {
            throw new AssertionError("There was nothing to change.");
        });
        assertThat(updated).isEmpty();
        assertThat(items().exists("a")).as("items().exists('a')").isFalse();
    }

    @Proves(Clause.W5)
    void aComputeCreates() {
        Document<Item> computed =
                items().compute("a", found -> Optional.of(found.orElse(ONE))).orElseThrow();
        assertThat(computed.value()).isEqualTo(ONE);
        assertThat(items().get("a")).contains(computed);
    }

    @Proves(Clause.W5)
    void aComputeChanges() {
        items().insert("a", ONE);
        Document<Item> computed = items().compute("a", found -> found.map(item -> item.withNumber(7)))
                .orElseThrow();
        assertThat(computed.value()).isEqualTo(ONE.withNumber(7));
        assertThat(items().get("a")).contains(computed);
    }

    @Proves(Clause.W5)
    void aComputeDeletes() {
        items().insert("a", ONE);
        assertThat(items().compute("a", found -> Optional.empty())).isEmpty();
        assertThat(items().exists("a")).as("items().exists('a')").isFalse();
    }

    @Proves(Clause.W5)
    void aComputeOfNothingToNothingDoesNothing() {
        assertThat(items().compute("a", found -> found)).isEmpty();
        assertThat(items().exists("a")).as("items().exists('a')").isFalse();
    }

    @Proves(Clause.W6)
    void aDeleteSaysWhetherTheDocumentWasThere() {
        items().insert("a", ONE);
        assertThat(items().delete("a")).as("items().delete('a')").isTrue();
        assertThat(items().get("a")).isEmpty();
        assertThat(items().delete("a")).as("items().delete('a')").isFalse();
    }

    @Proves(Clause.W6)
    void anUnchangedDocumentIsDeleted() {
        assertThat(items().delete(items().insert("a", ONE)))
                .as("items().delete(items().insert('a', ONE))")
                .isTrue();
        assertThat(items().delete("b", items().insert("b", ONE).version()))
                .as("items().delete('b', items().insert('b', ONE).version())")
                .isTrue();
        assertThat(items().query().list()).isEmpty();
    }

    @Proves(Clause.W6)
    void aChangedDocumentIsNotDeleted() {
        Document<Item> old = items().insert("a", ONE);
        Document<Item> current = items().put("a", TWO);
        VersionConflictException refused = thrown(VersionConflictException.class, () -> items().delete(old));
        assertThat(refused.current()).hasValue(current.version());
        assertThatThrownBy(() -> items().delete("a", old.version())).isInstanceOf(VersionConflictException.class);
        assertThat(items().get("a")).contains(current);
    }

    @Proves(Clause.W6)
    void aDeleteAtAVersionOfNothingIsFalse() {
        Document<Item> gone = items().insert("a", ONE);
        items().delete("a");
        assertThat(items().delete(gone)).as("items().delete(gone)").isFalse();
        assertThat(items().delete("never", 1)).as("items().delete('never', 1)").isFalse();
    }
}
