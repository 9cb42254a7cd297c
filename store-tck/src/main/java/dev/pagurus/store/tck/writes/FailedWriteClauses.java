package dev.pagurus.store.tck.writes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** Group W: a verb that throws has changed nothing, wherever one might look. */
public abstract class FailedWriteClauses extends ClauseGroup {

    private static final Item ONE =
            Item.of("one").withNumber(1).tagged("x", "y").withCode("1");
    private static final Item TWO =
            Item.of("two").withNumber(2).tagged("y", "z").withCode("2");

    /** Differs from both in every field, but wants the unique value of the second one. */
    private static final Item RIVAL = Item.of("rival").withNumber(3).tagged("r").withCode("2");

    protected FailedWriteClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void insertTwo() {
        items().insert("a", ONE);
        items().insert("b", TWO);
    }

    @Proves(Clause.W7)
    void anInsertOfATakenIdChangesNothing() {
        requireRefused(DuplicateIdException.class, () -> items().insert("a", RIVAL.withCode("3")));
    }

    @Proves(Clause.W7)
    @Needs(Capability.UNIQUE_INDEXES)
    void anInsertOfATakenUniqueValueChangesNothing() {
        requireRefused(UniqueViolationException.class, () -> items().insert("c", RIVAL));
    }

    @Proves(Clause.W7)
    @Needs(Capability.UNIQUE_INDEXES)
    void aPutOfATakenUniqueValueOverADocumentChangesNothing() {
        requireRefused(UniqueViolationException.class, () -> items().put("a", RIVAL));
    }

    @Proves(Clause.W7)
    @Needs(Capability.UNIQUE_INDEXES)
    void aPutOfATakenUniqueValueUnderANewIdChangesNothing() {
        requireRefused(UniqueViolationException.class, () -> items().put("c", RIVAL));
    }

    @Proves(Clause.W7)
    void aReplaceAtAnOldVersionChangesNothing() {
        Document<Item> old = existing(items(), "a");
        items().put("a", ONE.tagged("x", "w"));
        requireRefused(VersionConflictException.class, () -> items().replace(old.withValue(RIVAL.withCode("3"))));
    }

    @Proves(Clause.W7)
    @Needs(Capability.UNIQUE_INDEXES)
    void aReplaceWithATakenUniqueValueChangesNothing() {
        Document<Item> current = existing(items(), "a");
        requireRefused(UniqueViolationException.class, () -> items().replace(current.withValue(RIVAL)));
    }

    @Proves(Clause.W7)
    @Needs(Capability.UNIQUE_INDEXES)
    void anUpdateToATakenUniqueValueChangesNothing() {
        requireRefused(UniqueViolationException.class, () -> items().update("a", found -> RIVAL));
    }

    @Proves(Clause.W7)
    @Needs(Capability.UNIQUE_INDEXES)
    void aComputeToATakenUniqueValueChangesNothing() {
        requireRefused(UniqueViolationException.class, () -> items().compute("a", found -> Optional.of(RIVAL)));
        requireRefused(UniqueViolationException.class, () -> items().compute("c", found -> Optional.of(RIVAL)));
    }

    @Proves(Clause.W7)
    void aDeleteAtAnOldVersionChangesNothing() {
        Document<Item> old = existing(items(), "a");
        items().put("a", ONE.tagged("x", "w"));
        requireRefused(VersionConflictException.class, () -> items().delete(old));
    }

    @Proves(Clause.W7)
    void anInvalidValueChangesNothing() {
        requireRefused(InvalidValueException.class, () -> items().put("a", RIVAL.tagged("r", "t".repeat(256))));
        requireRefused(InvalidValueException.class, () -> items().put("a", RIVAL.withText("t".repeat(1025))));
    }

    @Proves(Clause.W7)
    @Needs(Capability.UNIQUE_INDEXES)
    void theOtherUniqueValuesOfARefusedDocumentStayFree() {
        Schema<Item> twice =
                Schema.of("twice", Item.class).uniqueIndex(Item.TEXT).uniqueIndex(Item.CODE);
        store.collection(twice).insert("a", ONE);
        assertThatThrownBy(() -> store.collection(twice).insert("b", ONE.withText("free")))
                .isInstanceOf(UniqueViolationException.class);
        store.collection(twice).insert("c", TWO.withText("free"));
        assertThat(store.collection(twice).query().list())
                .extracting(Document::id)
                .containsExactly("a", "c");
    }

    @Proves(Clause.W15)
    void anExceptionOfTheFunctionPassesThroughUpdate() {
        IllegalStateException mine = new IllegalStateException("mine");
        List<Object> before = state();
        assertThatThrownBy(() -> items().update("a", found -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(state()).isEqualTo(before);
    }

    @Proves(Clause.W15)
    void anExceptionOfTheFunctionPassesThroughCompute() {
        AssertionError mine = new AssertionError("mine");
        List<Object> before = state();
        assertThatThrownBy(() -> items().compute("c", found -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(state()).isEqualTo(before);
    }

    @Proves(Clause.W15)
    void anExceptionOfTheFunctionPassesThroughAnUpdateByQuery() {
        IllegalStateException mine = new IllegalStateException("mine");
        List<Object> before = state();
        assertThatThrownBy(() -> items().query().updateAll(found -> {
                    throw mine;
                }))
                .isSameAs(mine);
        assertThat(state()).isEqualTo(before);
    }

    private void requireRefused(Class<? extends StoreException> as, Runnable verb) {
        List<Object> before = state();
        assertThatThrownBy(verb::run).isExactlyInstanceOf(as);
        assertThat(state()).isEqualTo(before);
    }

    /** All documents, and what their fields say to whom asks by each of them. */
    private List<Object> state() {
        List<Object> state = new ArrayList<>(items().query().list());
        state.add(items().query().countBy(Item.TEXT));
        state.add(items().query().countBy(Item.NUMBER));
        state.add(items().query().countBy(Item.TAGS));
        state.add(items().query().countBy(Item.CODE));
        for (String tag : List.of("r", "w", "x", "y", "z")) {
            state.add(items().where(Item.TAGS.contains(tag)).list());
        }
        return state;
    }
}
