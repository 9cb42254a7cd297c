package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress.Step;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.process.Mortal;
import dev.pagurus.store.tck.process.Mortal.Moment;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Group X: a copy is under way, breaks off, and goes on. */
public abstract class UnfinishedCopyClauses extends CopyGroup {

    private static final int FEW = 300;

    /** About as many as a copy of these takes. */
    private static final int MESSAGES = 70;

    protected UnfinishedCopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.X5)
    void aTargetCannotBeOpenedWhileItIsCopiedInto() throws Exception {
        fill(MANY);
        AtomicInteger refusals = new AtomicInteger();
        copy(CopyOptions.DEFAULT.withProgress(progress -> {
            CopyException refused =
                    thrown(CopyException.class, () -> target.open().close());
            assertThat(refused).as("the message").hasMessageContaining("not finished");
            refusals.incrementAndGet();
        }));
        assertThat(refusals).as("attempts to open it").hasPositiveValue();
        target.open().close();
    }

    @Proves(Clause.X6)
    void aCopyThatBrokeOffIsMarkedAndGoesOn() throws Exception {
        for (Step step : List.of(Step.COPYING, Step.COMPARING)) {
            fill(MANY);
            breakOff(step);
            CopyException refused =
                    thrown(CopyException.class, () -> target.open().close());
            assertThat(refused)
                    .as("the message")
                    .hasMessageContaining("not finished")
                    .hasMessageContaining("again");
            items().delete("i0003");
            items().put("i0004", Item.of("changed since"));
            items().insert("i0005x", Item.of("new since"));
            copy();
            requireSame("items");
            closeTarget();
            openTarget();
            items().query().deleteAll();
        }
    }

    @Proves(Clause.X6)
    void aTargetIsNeverOpenedThatAKilledCopyLeftHalf() throws Exception {
        fill(FEW);
        for (Seed seed : Seed.several(1)) {
            closeTarget();
            openTarget();
            Random random = new Random(seed.value());
            Throwable failure;
            try (Mortal mortal = Mortal.of(fixture)) {
                StoreConfig there = target.config();
                StoreConfig doomed =
                        there.toBuilder().provider(mortal.provider(there)).build();
                mortal.endAt(1 + random.nextInt(MESSAGES), Moment.any(random));
                failure = catchThrowable(() -> Stores.copy(again(), doomed, CopyOptions.DEFAULT));
            }
            requireWholeOrRefused(seed, failure);
        }
    }

    private void requireWholeOrRefused(Seed seed, @Nullable Throwable failure) throws Exception {
        Throwable refused = catchThrowable(() -> target.open().close());
        if (refused == null) {
            try (Store opened = target.open()) {
                assertThat(opened.summaries().stream()
                                .mapToLong(CollectionSummary::documents)
                                .sum())
                        .as("documents of a target that can be opened, after %s, with %s", failure, seed.toRepeat())
                        .isIn(failure == null ? List.of((long) FEW) : List.of(0L, (long) FEW));
            }
            return;
        }
        assertThat(failure).as("why the copy failed, with %s", seed.toRepeat()).isInstanceOf(StoreException.class);
        assertThat(refused)
                .as("what opening the target ends with, with %s", seed.toRepeat())
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("not finished");
        if (Seed.times() > 1) {
            // A copy that may live still is waited for.
            copy();
            requireSame("items");
        }
    }

    /** The first document takes what the last one has, in the source and in what was copied of it. */
    @Proves(Clause.X6)
    void aCopyGoesOnThoughAUniqueValueHasMoved() throws Exception {
        fill(MANY);
        String last = "i" + (MANY - 1);
        items().put("i0000", Item.of("first").withCode("one"));
        items().put(last, Item.of("last").withCode("other"));
        breakOff(Step.COMPARING);
        items().put(last, Item.of("last"));
        items().put("i0000", Item.of("first").withCode("other"));
        items().put(last, Item.of("last").withCode("one"));
        copy();
        requireSame("items");
    }

    @Proves(Clause.X17)
    void anUnfinishedTargetIsNoSource() throws Exception {
        fill(MANY);
        breakOff(Step.COPYING);
        CopyTarget.use(fixture, next -> {
            List<CopyException> refusals = List.of(
                    thrown(CopyException.class, () -> Stores.copy(target.config(), next.config(), CopyOptions.DEFAULT)),
                    thrown(CopyException.class, () -> Stores.compare(target.config(), again(), CopyOptions.DEFAULT)),
                    // One that was opened before the copy began.
                    thrown(
                            CopyException.class,
                            () -> target.held().exportTo(new ByteArrayOutputStream(), CopyOptions.DEFAULT)));
            assertThat(refusals)
                    .as("the messages")
                    .allSatisfy(refused -> assertThat(refused).hasMessageContaining("not finished"));
            next.open().close();
        });
    }

    @Proves(Clause.X8)
    void ofTwoCopiesIntoOneTargetOneIsRefused() throws Exception {
        fill(MANY);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread other = new Thread(() -> outcome.set(catchThrowable(this::copy)));
        copy(CopyOptions.DEFAULT.withProgress(progress -> {
            if (other.getState() == Thread.State.NEW) {
                other.start();
            }
            // It ends at once if it takes over what it must not; otherwise when this one goes on.
            join(other, 500);
        }));
        join(other, 60_000);
        assertThat(outcome.get()).as("what the other copy threw").isInstanceOf(CopyException.class);
        assertThat(outcome.get()).as("the message").hasMessageContaining("Another copy");
        requireSame("items");
    }

    @Proves(Clause.X11)
    void anInterruptedCopyEndsAndCanBeRunAgain() throws Exception {
        fill(MANY);
        // In whatever words.
        thrown(
                CopyException.class,
                () -> copy(CopyOptions.DEFAULT.withProgress(
                        progress -> Thread.currentThread().interrupt())));
        assertThat(Thread.interrupted()).as("whether the interrupt was kept").isTrue();
        copy();
        requireSame("items");
    }

    private static void join(Thread other, long millis) {
        try {
            other.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
