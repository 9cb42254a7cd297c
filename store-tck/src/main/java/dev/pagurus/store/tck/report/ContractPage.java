package dev.pagurus.store.tck.report;

import dev.pagurus.store.tck.Clause;
import java.util.stream.Collectors;

/** The contract as a page to read: {@code CONTRACT.md}. */
public final class ContractPage {

    private static final String HEAD = """
            # The contract of a Pagurus store

            Every store keeps these promises, and `store-tck` proves them: each clause has at least one test, whose failure
            names it. MUST clauses decide whether a store conforms; a broken SHOULD clause is reported only. Clauses that need a
            capability do not apply to a store that does not declare it; those of group C always do.

            Where a message must name something, it holds the name, id, option or number as it is. No other words are asked of
            an engine.

            This page is written from `Clause.java`; a test keeps the two equal. To write it anew after a change:
            `mvn -pl store-tck -am test -Dpagurus.contract.write=true`
            """;

    private static final String PAINS = """

            ## What the clauses are good for

            | what people report of applications that run on several databases | clauses that rule it out |
            |---|---|
            """;

    private ContractPage() {}

    public static String render() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Clause.Group group : Clause.Group.values()) {
            page.append("\n## ")
                    .append(group.title())
                    .append("\n\n| clause | level | promise | if it fails, check |\n|---|---|---|---|\n");
            for (Clause clause : group.clauses()) {
                page.append("| " + clause + " | " + clause.level() + " | " + cell(clause.sentence()) + " | "
                        + cell(clause.hint()) + " |\n");
            }
        }
        page.append(PAINS);
        for (Pain pain : Pain.values()) {
            String clauses = pain.clauses().stream().map(Clause::name).collect(Collectors.joining(", "));
            page.append("| " + pain.sentence() + " | " + clauses + " |\n");
        }
        return page.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
