package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress.Step;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;

/** A store is copied while it is in use: two collections that keep their changes, and what is done between two rounds. */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS, Capability.CHANGES})
abstract class FollowedCopyGroup extends CopyGroup {

    Schema<Item> notes;
    Schema<Item> others;

    FollowedCopyGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void declare() {
        notes = itemSchema("notes").changes(Duration.ofDays(1));
        others = itemSchema("others").changes(Duration.ofDays(1));
    }

    final DocumentCollection<Item> notes() {
        return store.collection(notes);
    }

    /** What a test does to the source between two rounds. */
    interface Action {
        void run() throws Exception;
    }

    /** Does one thing after each round, on the copying thread, and says after the last of them that it is enough. */
    final CopyResult copyWhile(Action... actions) throws Exception {
        AtomicInteger done = new AtomicInteger();
        List<Long> told = new ArrayList<>();
        CopyResult copied = copy(CopyOptions.DEFAULT
                .withProgress(progress -> {
                    if (progress.step() == Step.FOLLOWING) {
                        told.add(progress.documents());
                    }
                })
                .followUntil(() -> {
                    try {
                        actions[done.getAndIncrement()].run();
                    } catch (Exception e) {
                        throw new IllegalStateException("What the test does to the source failed.", e);
                    }
                    return done.get() == actions.length;
                }));
        assertThat(told)
                .as("how many documents were brought over, as told after each round and the last one")
                .hasSize(actions.length + 1)
                .isSorted();
        return copied;
    }

    /** What is equal by the library's own comparison must also be what applications read. */
    final void requireEqual(CopyResult copied) throws Exception {
        assertThat(Stores.compare(again(), target.config(), CopyOptions.DEFAULT))
                .as("what both hold")
                .isEqualTo(copied);
        for (Schema<Item> schema : List.of(notes, others)) {
            requireSame(schema);
        }
    }

    final void requireSame(Schema<Item> schema) throws Exception {
        try (Store copy = target.open()) {
            assertThat(copy.collection(schema).query().list())
                    .as("documents of the copy in collection '%s'", schema.name())
                    .isEqualTo(store.collection(schema).query().list());
            for (Filter<Item> filter : List.of(Item.TAGS.contains("new"), Item.NUMBER.gt(0), Item.TEXT.isNull())) {
                assertThat(copy.collection(schema).query().where(filter).list())
                        .as("documents of the copy by %s", filter)
                        .isEqualTo(
                                store.collection(schema).query().where(filter).list());
            }
        }
    }
}
