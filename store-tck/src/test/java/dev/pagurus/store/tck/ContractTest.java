package dev.pagurus.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.report.ClauseTests;
import dev.pagurus.store.tck.report.ContractPage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ContractTest {

    private static final Path PAGE = Path.of("CONTRACT.md");

    @Test
    void everyClauseHasATest() {
        assertThat(ClauseTests.of(StoreTck.class))
                .allSatisfy((clause, tests) ->
                        assertThat(tests).as("tests of %s", clause).isNotEmpty());
    }

    @Test
    void everyClauseBelongsToAGroup() {
        assertThat(Clause.values())
                .allSatisfy(clause -> assertThat(clause.name()).matches("[VRWQTSCMLEX][1-9][0-9]*"));
    }

    @Test
    void sentencesAreSentencesAndHintsGoOn() {
        assertThat(Clause.values()).allSatisfy(clause -> {
            assertThat(clause.sentence()).endsWith(".").doesNotContain("\n");
            assertThat(clause.hint()).isNotBlank().doesNotEndWith(".");
        });
    }

    @Test
    void thePageIsTheContract() throws Exception {
        if (Boolean.getBoolean("pagurus.contract.write")) {
            Files.writeString(PAGE, ContractPage.render());
        }
        assertThat(PAGE).as("CONTRACT.md, which says how to write it anew").hasContent(ContractPage.render());
    }
}
