package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Stores that are odd and right conform: the kit asks for promises, not for a way of keeping them. */
@Tag("odd")
class OddStoresTest {

    private static final long SEED = 20261126;

    private static @Nullable StoreFixture fixture;

    /** A class of its own, for a run removes what earlier ones of its class have reported. */
    static final class Odd extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return Objects.requireNonNull(fixture, "fixture");
        }
    }

    @Test
    void oneThatTakesTwoMillisecondsMoreForEachCallConforms() throws Exception {
        long more = Duration.ofMillis(2).toNanos();
        requireConformant(
                "odd-slow",
                (database, config) -> OddEngine.of(new ReferenceEngine(database, config), call -> {
                    spend(more);
                    return call.make();
                }));
    }

    @Test
    void oneWithALockAroundEverythingConforms() throws Exception {
        ReentrantLock lock = new ReentrantLock(true);
        requireConformant(
                "odd-locked",
                (database, config) -> OddEngine.of(new ReferenceEngine(database, config), call -> {
                    lock.lock();
                    try {
                        return call.make();
                    } finally {
                        lock.unlock();
                    }
                }));
    }

    @Test
    void oneWhoseTransactionsConflictWhenTheyCommitConforms() throws Exception {
        requireConformant("odd-optimistic", OptimisticEngine::new);
    }

    @Test
    void oneThatIsDelayedAtRandomConforms() throws Exception {
        Random random = new Random(SEED);
        long most = Duration.ofMillis(3).toNanos();
        requireConformant(
                "odd-delayed",
                (database, config) -> OddEngine.of(new ReferenceEngine(database, config), call -> {
                    delay(random, most);
                    Object answer = call.make();
                    delay(random, most);
                    return answer;
                }));
    }

    /** Every fourth time; the others are as quick as they can be, which is what lets one overtake another. */
    private static void delay(Random random, long mostNanos) {
        if (random.nextInt(4) == 0) {
            spend(random.nextLong(mostNanos));
        }
    }

    /** Is work and no waiting: an interrupt does not end it. */
    private static void spend(long nanos) {
        long began = System.nanoTime();
        long left = nanos;
        while (left > 0) {
            if (Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(left);
            }
            left = nanos - (System.nanoTime() - began);
        }
    }

    private static void requireConformant(String name, BiFunction<ReferenceDatabase, StoreConfig, StoreEngine> opening)
            throws IOException {
        fixture = new ReferenceFixture(name, new ReferenceProvider() {
            @Override
            protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
                return opening.apply(database, config);
            }
        });
        KitRun run = KitRun.of(Odd.class, clause -> true);
        assertThat(run.failures()).as("failures").isEmpty();
        String report = Files.readString(Path.of("target", "store-tck", name + ".json"));
        assertThat(JsonMapper.shared().readTree(report).path("verdict").asString())
                .as("verdict")
                .isEqualTo("CONFORMANT");
    }
}
