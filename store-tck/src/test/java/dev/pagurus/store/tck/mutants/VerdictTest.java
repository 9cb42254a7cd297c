package dev.pagurus.store.tck.mutants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.opentest4j.TestAbortedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the kit says of a run, in its report and to JUnit: of a filtered one, a waived one, one that never began. */
class VerdictTest {

    private static final String IDS = "dev.pagurus.store.tck.StoreTck$Ids";
    private static final String OPENING = "dev.pagurus.store.tck.StoreTck$Opening";

    private static @Nullable StoreFixture fixture;

    @TempDir
    Path directory;

    static class Acme extends StoreTck {
        @Override
        protected StoreFixture fixture() {
            if (fixture == null) {
                throw new TestAbortedException("Acme is not installed.");
            }
            return fixture;
        }
    }

    static class AcmeWithoutServer extends Acme {
        @BeforeAll
        @SuppressWarnings("DoNotCallSuggester") // JUnit calls it
        static void start() {
            throw new TestAbortedException("The server is not there.");
        }
    }

    @Test
    void aFilteredRunIsPartialAndListsWhatDidNotRun() throws Exception {
        fixture = new ReferenceFixture("verdict-filtered", new ReferenceProvider());
        TestExecutionSummary summary = run(nested(IDS));
        JsonNode report = report("verdict-filtered");
        assertThat(summary.getTestsFailedCount()).as("failed tests").isZero();
        assertThat(report.path("verdict").asString()).isEqualTo("PARTIAL");
        assertThat(results(report, "PASSED")).containsExactly("V3", "V4");
        assertThat(clause(report, "W1").path("notRun").toString()).contains("anInsertedDocumentIsThere");
        assertThat(Files.readString(Path.of("target", "store-tck", "verdict-filtered.md")))
                .contains("# verdict-filtered: PARTIAL", "Clauses: ", " not run, 2 passed")
                .containsPattern("## Not run\n\n- \\d+ tests of \\d+ clauses: V1 to V2, V5 to V\\d+, R1 to R\\d+, ")
                .contains("| V4 | MUST | PASSED | Ids are")
                .doesNotContain("NOT RUN |");
    }

    @Test
    void whatFailedComesFirst() throws Exception {
        fixture = new ReferenceFixture(
                "verdict-failed", ValueMutants.idsLoseTheirTrailingSpaces().provider());
        run(nested(IDS));
        assertThat(Files.readString(Path.of("target", "store-tck", "verdict-failed.md")))
                .containsSubsequence("# verdict-failed: NOT CONFORMANT", "## Failed: V4", "## Not run", "## Clauses");
    }

    @Test
    void oneTestIsAFilteredRunToo() throws Exception {
        fixture = new ReferenceFixture("verdict-one", new ReferenceProvider());
        run(DiscoverySelectors.selectNestedMethod(List.of(Acme.class.getName()), IDS, "everyIdIsItself"));
        assertThat(report("verdict-one").path("verdict").asString()).isEqualTo("PARTIAL");
    }

    @Test
    void aFixtureThatAbortsFailsEveryTest() throws Exception {
        fixture = null;
        TestExecutionSummary summary = run(nested(IDS));
        assertThat(summary.getTestsFailedCount()).as("failed tests").isPositive();
        assertThat(summary.getTestsAbortedCount()).as("aborted tests").isZero();
        assertThat(summary.getTestsSucceededCount()).as("passed tests").isZero();
        JsonNode report = report("VerdictTest$Acme");
        assertThat(report.path("verdict").asString()).isEqualTo("NOT CONFORMANT");
        assertThat(report.path("problems").toString()).contains("Acme is not installed");
    }

    @Test
    void aServerThatIsNotThereFailsTheClass() throws Exception {
        fixture = new ReferenceFixture("verdict-no-server", new ReferenceProvider());
        run(DiscoverySelectors.selectClass(AcmeWithoutServer.class));
        JsonNode report = report("VerdictTest$AcmeWithoutServer");
        assertThat(report.path("verdict").asString()).isEqualTo("NOT CONFORMANT");
        assertThat(report.path("engine").asString()).isEqualTo("never reached");
        assertThat(report.path("problems").toString()).contains("The server is not there");
    }

    @Test
    void aDatabaseThatCannotBeMadeFailsItsTests() throws Exception {
        fixture = new ReferenceFixture("verdict-no-database", new ReferenceProvider()) {
            @Override
            public StoreConfig.Builder newDatabase() {
                throw new TestAbortedException("There is no room.");
            }
        };
        TestExecutionSummary summary = run(nested(IDS));
        assertThat(summary.getTestsAbortedCount()).as("aborted tests").isZero();
        assertThat(results(report("verdict-no-database"), "FAILED")).containsExactly("V3", "V4");
    }

    @Test
    void anOldReportDoesNotOutliveARunThatNeverBegan() throws Exception {
        fixture = new ReferenceFixture("verdict-old", new ReferenceProvider());
        run(nested(IDS));
        assertThat(Path.of("target", "store-tck", "verdict-old.json")).exists();
        fixture = null;
        run(nested(IDS));
        assertThat(Path.of("target", "store-tck", "verdict-old.json")).doesNotExist();
        assertThat(Path.of("target", "store-tck", "verdict-old.md")).doesNotExist();
    }

    @Test
    void aWaivedClauseFailsWithoutFailingTheBuild() throws Exception {
        fixture = waiving("verdict-waived", ErrorMutants.everyOptionIsLogged(), "E14 the driver logs it, see issue 3");
        TestExecutionSummary summary = run(nested(OPENING));
        assertThat(summary.getTotalFailureCount()).as("failures").isZero();
        assertThat(summary.getTestsAbortedCount())
                .as("tests that JUnit shows as skipped")
                .isPositive();
        JsonNode line = clause(report("verdict-waived"), "E14");
        assertThat(line.path("result").asString()).isEqualTo("WAIVED");
        assertThat(line.path("waiver").asString()).isEqualTo("the driver logs it, see issue 3");
        assertThat(line.path("failure").asString()).contains("contract clause E14 is broken", "check what is logged");
    }

    @Test
    void aStaleWaiverFailsTheBuild() throws Exception {
        fixture = waiving("verdict-stale", Mutant.provider(new ReferenceProvider()), "E13 it warns", "W1 not run here");
        TestExecutionSummary summary = run(nested(OPENING));
        assertThat(summary.getFailures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.getException())
                        .hasMessageContainingAll("not needed any more", "E13 is waived (it warns), but PASSED")
                        .hasMessageNotContaining("W1"));
        assertThat(report("verdict-stale").path("problems").toString()).contains("E13 is waived");
    }

    @Test
    void aMistakeInTheFileOfWaiversFailsTheBuild() throws Exception {
        fixture = waiving("verdict-mistake", Mutant.provider(new ReferenceProvider()), "Z9 never heard of");
        TestExecutionSummary summary = run(nested(IDS));
        assertThat(summary.getTestsSucceededCount()).as("passed tests").isZero();
        assertThat(report("verdict-mistake").path("verdict").asString()).isEqualTo("NOT CONFORMANT");
        assertThat(report("verdict-mistake").path("problems").toString()).contains("there is no clause 'Z9'");
    }

    @Test
    void withoutALogItsClausesAreNotRun() throws Exception {
        fixture = new ReferenceFixture("verdict-no-log", new ReferenceProvider()) {
            @Override
            public Optional<StoreLog> log() {
                return Optional.empty();
            }
        };
        TestExecutionSummary summary = run(nested(OPENING));
        assertThat(summary.getTotalFailureCount()).as("failures").isZero();
        assertThat(clause(report("verdict-no-log"), "E14").path("result").asString())
                .isEqualTo("NOT RUN");
        assertThat(clause(report("verdict-no-log"), "E14").path("notRun").toString())
                .contains("StoreFixture.log()");
    }

    private StoreFixture waiving(String name, Mutant mutant, String... lines) throws IOException {
        Path file = Files.write(directory.resolve(name), List.of(lines));
        return new ReferenceFixture(name, mutant.provider()) {
            @Override
            public Optional<Path> waivers() {
                return Optional.of(file);
            }
        };
    }

    private static DiscoverySelector nested(String group) {
        return DiscoverySelectors.selectNestedClass(List.of(Acme.class.getName()), group);
    }

    private static TestExecutionSummary run(DiscoverySelector tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(tests)
                                .build(),
                        listener);
        return listener.getSummary();
    }

    private static JsonNode report(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(Path.of("target", "store-tck", name + ".json")));
    }

    private static JsonNode clause(JsonNode report, String id) {
        for (JsonNode clause : report.path("clauses")) {
            if (clause.path("id").asString().equals(id)) {
                return clause;
            }
        }
        throw new AssertionError("The report has no clause " + id);
    }

    private static List<String> results(JsonNode report, String result) {
        List<String> ids = new ArrayList<>();
        for (JsonNode clause : report.path("clauses")) {
            if (clause.path("result").asString().equals(result)) {
                ids.add(clause.path("id").asString());
            }
        }
        return ids;
    }
}
