package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The kit on stores that lack something: they conform, and what they lack is not applicable. */
class SqliteCapabilitiesTest {

    static class WithoutTransactions extends LesserTck {
        WithoutTransactions() {
            super("sqlite-without-transactions", Capability.TRANSACTIONS);
        }
    }

    static class WithoutTheOthers extends LesserTck {
        WithoutTheOthers() {
            super("sqlite-without-the-others", Capability.SNAPSHOTS, Capability.UNIQUE_INDEXES);
        }
    }

    /** Declares no transactions, and runs them all the same. */
    static class Secretive extends LesserTck {
        Secretive() {
            super("sqlite-secretive", Capability.TRANSACTIONS);
        }

        @Override
        public Store open(StoreConfig config) {
            Store whole = Stores.open(config);
            Store lesser = super.open(config);
            return (Store) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            lesser.close();
                        }
                        return method.invoke(method.getName().equals("capabilities") ? lesser : whole, arguments);
                    });
        }
    }

    @Test
    void aStoreWithoutTransactionsConforms() throws Exception {
        assertThat(notApplicable(WithoutTransactions.class, "sqlite-without-transactions"))
                .contains("T1", "T17", "T23", "Q31", "X1", "X13")
                .doesNotContain("C5", "V1", "R1", "W1", "W16", "T24", "C1", "S2", "L1", "E5");
    }

    @Test
    void aStoreWithoutSnapshotsAndUniqueIndexesConforms() throws Exception {
        assertThat(notApplicable(WithoutTheOthers.class, "sqlite-without-the-others"))
                .contains("T24", "T25", "W16", "W19", "E6", "S7", "X1", "X13")
                .doesNotContain("C5", "V1", "R1", "W1", "T1", "C2", "C3", "S2", "S5", "S10", "L1", "E5");
    }

    @Test
    void whatIsNotDeclaredMustNotHappenEither() throws Exception {
        run(DiscoverySelectors.selectNestedClass(
                List.of(Secretive.class.getName()), "dev.pagurus.store.tck.StoreTck$Capabilities"));
        JsonNode report = report("sqlite-secretive");
        assertThat(report.path("verdict").asString()).as("the verdict").isEqualTo("NOT CONFORMANT");
        for (JsonNode clause : report.path("clauses")) {
            String id = clause.path("id").asString();
            boolean ofTheGroup = id.startsWith("C") && !id.equals("C5"); // which is proved among the backups
            String expected = id.equals("C1") ? "FAILED" : ofTheGroup ? "PASSED" : "NOT RUN";
            assertThat(clause.path("result").asString()).as(id).isEqualTo(expected);
        }
    }

    /** Runs the kit, demands that it says CONFORMANT, and returns the clauses that do not apply. */
    private static Set<String> notApplicable(Class<?> kit, String name) throws IOException {
        TestExecutionSummary summary = run(DiscoverySelectors.selectClass(kit));
        JsonNode report = report(name);
        Set<String> notApplicable = new TreeSet<>();
        Set<String> broken = new TreeSet<>();
        for (JsonNode clause : report.path("clauses")) {
            String result = clause.path("result").asString();
            if (result.equals("NOT APPLICABLE")) {
                notApplicable.add(clause.path("id").asString());
            } else if (!result.equals("PASSED")) {
                broken.add(clause.path("id").asString() + " " + result + "\n"
                        + clause.path("failure").asString(""));
            }
        }
        assertThat(broken).as("clauses that did not pass").isEmpty();
        assertThat(report.path("verdict").asString())
                .as("the verdict on %s", name)
                .isEqualTo("CONFORMANT");
        assertThat(summary.getTestsFailedCount()).as("failed tests").isZero();
        assertThat(summary.getTestsAbortedCount())
                .as("tests that JUnit shows as aborted, for they do not apply")
                .isPositive();
        return notApplicable;
    }

    private static TestExecutionSummary run(DiscoverySelector tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(tests)
                                // JUnit's threads, on one of which this runs, would take no group of another run.
                                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static JsonNode report(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(Path.of("target", "store-tck", name + ".json")));
    }

    /** The kit on a lesser SQLite. */
    abstract static class LesserTck extends StoreTck {

        private final String name;
        private final LesserProvider provider;

        LesserTck(String name, Capability... lacking) {
            this.name = name;
            this.provider = new LesserProvider(Set.of(lacking));
        }

        public Store open(StoreConfig config) {
            return config.scheme().equals("sqlite") ? Stores.open(provider, config) : Stores.open(config);
        }

        @Override
        protected StoreFixture fixture() {
            return new StoreFixture() {
                @Override
                public String name() {
                    return name;
                }

                @Override
                public Optional<StoreLog> log() {
                    return Optional.of(StoreLog.ofConsole());
                }

                @Override
                public StoreConfig.Builder ofBackup(Path file) {
                    return StoreConfig.builder("sqlite:" + file);
                }

                @Override
                public StoreConfig.Builder newDatabase() {
                    return StoreConfig.builder("sqlite::memory:");
                }

                @Override
                public Store open(StoreConfig config) {
                    return LesserTck.this.open(config);
                }

                @Override
                public StoreConfig.Builder secondHandle(StoreConfig.Builder first, Store open) {
                    return StoreConfig.builder(
                            "sqlite:" + open.health().details().get("file"));
                }

                @Override
                public boolean survivesClose() {
                    return false;
                }
            };
        }
    }
}
