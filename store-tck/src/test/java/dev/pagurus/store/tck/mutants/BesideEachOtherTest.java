package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Groups that run beside each other are looked at as closely as those that run one after the other. */
@Tag("mutants")
class BesideEachOtherTest {

    /** One that is neither the first nor the last. */
    private static final int SINNER = 25;

    /** Some of them count threads and read the log, which nobody may disturb. */
    private static final List<String> GROUPS = List.of("Ids", "Reads", "Orders", "Names", "Lifecycle", "Opening");

    private static @Nullable StoreFixture fixture;

    @TempDir
    Path directory;

    private @Nullable InputStream left;

    static final class Beside extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            return Objects.requireNonNull(fixture, "fixture");
        }
    }

    @AfterEach
    void tidyUp() throws IOException {
        if (left != null) {
            left.close();
        }
    }

    @Test
    void aRightStoreConforms() {
        Crowd crowd = new Crowd(() -> {});
        assertThat(failures(crowd)).as("failures").isEmpty();
        assertThat(crowd.most.get()).as("databases that were there at once").isGreaterThan(1);
    }

    @Test
    void whatOneTestLeavesOpenIsFound() throws Exception {
        Path file = Files.writeString(directory.resolve("left.db"), "");
        Crowd crowd = new Crowd(() -> left = Files.newInputStream(file));
        assertThat(failures(crowd))
                .as("failures")
                .singleElement()
                .asString()
                .contains("contract clause L14 is broken", "left.db");
    }

    @Test
    void whatOneTestWarnsOfIsFound() {
        Crowd crowd = new Crowd(() ->
                System.getLogger("dev.acme.Store").log(System.Logger.Level.WARNING, "This store has had too much."));
        assertThat(failures(crowd))
                .as("failures")
                .singleElement()
                .asString()
                .contains("contract clause E13 is broken", "had too much");
    }

    private static List<String> failures(Crowd crowd) {
        fixture = crowd;
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(GROUPS.stream()
                                        .map(group -> DiscoverySelectors.selectNestedClass(
                                                List.of(Beside.class.getName()),
                                                StoreTck.class.getName() + "$" + group))
                                        .toList())
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                                .configurationParameter(
                                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "3")
                                .build(),
                        listener);
        return Stream.of(listener.getSummary())
                .flatMap(summary -> summary.getFailures().stream())
                .map(failure -> String.valueOf(failure.getException().getMessage()))
                .toList();
    }

    /** Databases of the reference engine, one of which is sinned with when it is opened. */
    private final class Crowd extends ReferenceFixture {

        private final Sin sin;
        private final AtomicInteger opened = new AtomicInteger();
        private final AtomicInteger there = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Crowd(Sin sin) {
            super("beside", new ReferenceProvider());
            this.sin = sin;
        }

        @Override
        public StoreConfig.Builder newDatabase() {
            most.accumulateAndGet(there.incrementAndGet(), Math::max);
            return super.newDatabase();
        }

        @Override
        public Store open(StoreConfig config) {
            if (opened.incrementAndGet() == SINNER) {
                try {
                    sin.commit();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return super.open(config);
        }

        @Override
        public List<Path> files(StoreConfig config) {
            return List.of(directory);
        }

        @Override
        public void dropDatabase(StoreConfig config) {
            there.decrementAndGet();
            super.dropDatabase(config);
        }
    }

    @FunctionalInterface
    private interface Sin {
        void commit() throws IOException;
    }
}
