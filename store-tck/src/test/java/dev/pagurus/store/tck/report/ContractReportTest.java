package dev.pagurus.store.tck.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreTck;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContractReportTest {

    private static final Map<Clause, List<Method>> TESTS = ClauseTests.of(StoreTck.class);

    private final ContractReport report = new ContractReport(StoreTck.class, "dev.acme.AcmeTckTest");

    @Test
    void aStoreThatKeepsEveryClauseConforms() {
        passAll();
        assertThat(report.report().verdict()).isEqualTo("CONFORMANT");
        assertThat(report.report().clauses())
                .hasSize(Clause.values().length)
                .allSatisfy(line -> assertThat(line.result()).isEqualTo("PASSED"));
    }

    @Test
    void oneFailedTestOfAMustClauseIsEnough() {
        passAll();
        report.failed(testOf(Clause.Q21), "what was expected and what came");
        assertThat(report.report().verdict()).isEqualTo("NOT CONFORMANT");
        assertThat(line(Clause.Q21).result()).isEqualTo("FAILED");
        assertThat(line(Clause.Q21).failure()).isEqualTo("what was expected and what came");
    }

    @Test
    void aBrokenShouldClauseIsOnlyReported() {
        passAll();
        report.failed(testOf(Clause.Q35), "slow");
        assertThat(report.report().verdict()).isEqualTo("CONFORMANT");
        assertThat(line(Clause.Q35).result()).isEqualTo("FAILED");
    }

    @Test
    void whateverRunsIsNamed() {
        assertThat(report.running()).isNull();
        report.begun("Ids.one");
        report.begun("Names.two");
        assertThat(report.running()).extracting(Report.Running::test).isEqualTo("Ids.one and Names.two");
        report.ended("Ids.one");
        assertThat(report.running()).extracting(Report.Running::test).isEqualTo("Names.two");
        report.ended("Names.two");
        assertThat(report.running())
                .as("what ran last, as long as nothing else does")
                .extracting(Report.Running::test)
                .isEqualTo("Names.two");
        report.begun("Ids.three");
        assertThat(report.running()).extracting(Report.Running::test).isEqualTo("Ids.three");
    }

    @Test
    void aFilteredRunIsPartial() {
        testsOf(Clause.V4).forEach(report::passed);
        assertThat(report.report().verdict()).isEqualTo("PARTIAL");
        assertThat(line(Clause.V4).result()).isEqualTo("PASSED");
        assertThat(line(Clause.V5).result()).isEqualTo("NOT RUN");
    }

    @Test
    void aClauseWithATestThatWasFilteredOutHasNotRun() {
        report.passed(testOf(Clause.V4));
        assertThat(testsOf(Clause.V4)).hasSizeGreaterThan(1);
        assertThat(line(Clause.V4).result()).isEqualTo("NOT RUN");
    }

    @Test
    void aFilteredRunThatFailsSaysSo() {
        report.failed(testOf(Clause.V4), "broken");
        assertThat(report.report().verdict()).isEqualTo("NOT CONFORMANT");
    }

    private void passAll() {
        TESTS.values().forEach(tests -> tests.forEach(report::passed));
    }

    private Report.Line line(Clause clause) {
        return report.report().clauses().stream()
                .filter(line -> line.id().equals(clause.name()))
                .findFirst()
                .orElseThrow();
    }

    private static List<Method> testsOf(Clause clause) {
        return TESTS.getOrDefault(clause, List.of());
    }

    private static Method testOf(Clause clause) {
        return testsOf(clause).get(0);
    }
}
