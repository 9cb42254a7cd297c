package dev.pagurus.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.report.ClauseTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
    void thePageHasTheClausesInTheirOrder() {
        assertThat(Contract.ROWS.keySet())
                .containsExactlyElementsOf(
                        Arrays.stream(Clause.values()).map(Clause::name).toList());
        assertThat(Contract.ROWS.keySet().stream()
                        .collect(Collectors.groupingBy(
                                id -> id.charAt(0),
                                Collectors.mapping(id -> Integer.valueOf(id.substring(1)), Collectors.toList()))))
                .as("numbers of each group")
                .allSatisfy((group, numbers) -> assertThat(numbers).isSorted());
    }

    @Test
    void everyRowOfThePageIsRead() throws Exception {
        assertThat(Files.readString(PAGE).lines().filter(line -> line.matches("\\|\\s*[A-Z][0-9].*")))
                .hasSize(Clause.values().length);
    }

    @Test
    void whatHurtsIsRuledOutByClauses() throws Exception {
        String page = Files.readString(PAGE);
        String pains = page.substring(page.indexOf("| what people report"));
        assertThat(pains.lines().skip(2)).isNotEmpty().allMatch(pain -> pain.matches("\\| [^|]+ \\| [A-Z0-9, ]+ \\|"));
        assertThat(Pattern.compile("\\b[A-Z][1-9][0-9]*\\b")
                        .matcher(pains)
                        .results()
                        .map(MatchResult::group))
                .isSubsetOf(Contract.ROWS.keySet());
    }

    @Test
    void sentencesAreSentencesAndHintsGoOn() {
        assertThat(Clause.values()).allSatisfy(clause -> {
            assertThat(clause.sentence()).endsWith(".").doesNotContain("\n");
            assertThat(clause.hint()).isNotBlank().doesNotEndWith(".");
        });
    }
}
