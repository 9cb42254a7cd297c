package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Group X: what cannot be followed, is not followed any more, or breaks off. */
public abstract class UnfollowedCopyClauses extends FollowedCopyGroup {

    private static final int OWNERS = 6;

    protected UnfollowedCopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.X24)
    void whatCannotBeFollowedIsRefusedAndNothingChanges() throws Exception {
        items().insert("a", Item.of("one"));
        CopyException refused = thrown(CopyException.class, () -> copy(CopyOptions.DEFAULT.followUntil(() -> true)));
        assertThat(refused).as("the message").hasMessageContaining("Schema.changes");
        try (Store untouched = target.open()) {
            assertThat(untouched.summaries()).as("what the target holds").isEmpty();
        }
        thrown(
                IllegalArgumentException.class,
                () -> store.exportTo(new ByteArrayOutputStream(), CopyOptions.DEFAULT.followUntil(() -> true)));
    }

    @Proves(Clause.X24)
    void whatWasForgottenIsComparedAgain() throws Exception {
        SettableClock clock = new SettableClock(Instant.parse("2026-11-27T00:00:00Z"));
        closeTarget();
        startWith(with -> with.clock(clock));
        openTarget();
        notes = itemSchema("notes").changes(Duration.ofMinutes(1));
        for (int i = 0; i < OWNERS; i++) {
            notes().insert("n" + i, Item.ofNumber(i).withCode("c" + i));
        }
        Action forget = () -> {
            notes().delete("n0");
            notes().put("n1", Item.ofNumber(1).withCode("c0"));
            for (int i = 0; i < 200; i++) {
                clock.advanceSeconds(60);
                notes().put("later" + i % 3, Item.ofNumber(i));
            }
        };
        CopyResult copied = copyWhile(forget, () -> {}, forget);
        requireEqual(copied);
    }

    @Proves(Clause.X24)
    void oneThatBreaksOffGoesOnWhereItStopped() throws Exception {
        notes().insert("n", Item.of("one"));
        thrown(
                CopyException.class,
                () -> copyWhile(() -> store.collection(notes.revision(2)).put("n", Item.of("two"))));
        thrown(CopyException.class, () -> target.open().close());
        notes = notes.revision(2);
        thrown(
                CopyException.class,
                () -> copyWhile(() -> {
                    notes().put("n", Item.of("three"));
                    throw new IllegalStateException("broken off by the test");
                }));
        thrown(
                CopyException.class,
                () -> Elsewhere.call(
                        () -> copyWhile(() -> Thread.currentThread().interrupt(), () -> {}, () -> {})));
        thrown(CopyException.class, () -> target.open().close());
        requireEqual(copyWhile(() -> notes().put("m", Item.of("four"))));
    }

    @Proves(Clause.X24)
    void anotherCopyIntoTheTargetIsRefusedMeanwhile() throws Exception {
        notes().insert("n", Item.of("one"));
        CountDownLatch follows = new CountDownLatch(1);
        AtomicBoolean refused = new AtomicBoolean();
        Elsewhere<CopyResult> first = Elsewhere.start(() -> copy(CopyOptions.DEFAULT.followUntil(() -> {
            follows.countDown();
            return refused.get();
        })));
        Elsewhere.await(follows);
        CopyException other = thrown(CopyException.class, this::copy);
        assertThat(other).as("the message").hasMessageContaining("under way");
        notes().put("n", Item.of("two"));
        refused.set(true);
        requireEqual(first.result());
    }
}
