package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreTck;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the author of a store sees on the first day: the kit goes through, and says of every clause that it is broken. */
@Timeout(60)
class UnfinishedStoreTest {

    @Test
    void aStoreThatCannotEvenBeOpenedBreaksEveryClause() {
        KitRun run = KitRun.of(CannotBeOpened.class, clause -> true);
        assertThat(brokenClauses(run))
                .isEqualTo(Arrays.stream(Clause.values()).map(Clause::name).collect(Collectors.toSet()));
        assertThat(run.failures()).hasSize(run.tests());
        assertThat(flaws(run)).isEmpty();
    }

    @Test
    void aStoreThatOnlyOpensGetsAFullReport() {
        KitRun run = KitRun.of(OnlyOpens.class, clause -> true);
        assertThat(run.tests()).isGreaterThan(Clause.values().length);
        assertThat(flaws(run)).isEmpty();
        // What is decided above the SPI is kept even so: the rules of schemas, URLs and filters.
        assertThat(brokenClauses(run)).hasSizeGreaterThan(Clause.values().length / 2);
    }

    private static StoreEngine open(StoreConfig config) {
        EngineInfo info = new EngineInfo("Unfinished", "0", "nowhere", EnumSet.allOf(Capability.class));
        return (StoreEngine) Proxy.newProxyInstance(
                StoreEngine.class.getClassLoader(), new Class<?>[] {StoreEngine.class}, (engine, method, arguments) -> {
                    if (method.getName().equals("info")) {
                        return info;
                    }
                    throw new UnsupportedOperationException();
                });
    }

    /** The kit, run against it; not a test of its own. */
    static final class CannotBeOpened extends StoreTck {

        private static final StoreFixture FIXTURE = UnfinishedStoreTest.fixture("unfinished-provider", config -> {
            throw new UnsupportedOperationException();
        });

        @Override
        protected StoreFixture fixture() {
            return FIXTURE;
        }
    }

    /** Likewise. */
    static final class OnlyOpens extends StoreTck {

        private static final StoreFixture FIXTURE =
                UnfinishedStoreTest.fixture("unfinished-engine", UnfinishedStoreTest::open);

        @Override
        protected StoreFixture fixture() {
            return FIXTURE;
        }
    }

    private static StoreFixture fixture(String name, Function<StoreConfig, StoreEngine> opening) {
        return new ReferenceFixture(name, new ReferenceProvider() {
            @Override
            public StoreEngine open(StoreConfig config) {
                return opening.apply(config);
            }
        });
    }

    private static Set<String> brokenClauses(KitRun run) {
        return run.failures().stream().map(KitRun.Failure::clause).collect(Collectors.toSet());
    }

    private static List<String> flaws(KitRun run) {
        return run.failures().stream()
                .filter(failure -> failure.flaw() != null)
                .map(failure -> "This failure " + failure.flaw() + ":\n" + failure)
                .toList();
    }
}
