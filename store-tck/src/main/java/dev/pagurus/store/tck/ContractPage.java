package dev.pagurus.store.tck;

/** The contract as a page to read: {@code CONTRACT.md}. */
final class ContractPage {

    private static final String HEAD = """
            # The contract of a Pagurus store

            Every store keeps these promises, and `store-tck` proves them: each clause has at least one test, whose failure
            names it. MUST clauses decide whether a store conforms; a broken SHOULD clause is reported only.

            This page is written from `Clause.java`; a test keeps the two equal. To write it anew after a change:
            `mvn -pl store-tck -am test -Dpagurus.contract.write=true`
            """;

    private ContractPage() {}

    static String render() {
        StringBuilder page = new StringBuilder(HEAD);
        for (Clause.Group group : Clause.Group.values()) {
            page.append("\n## ").append(group.title()).append("\n\n| clause | level | promise |\n|---|---|---|\n");
            for (Clause clause : group.clauses()) {
                page.append("| " + clause + " | " + clause.level() + " | "
                        + clause.sentence().replace("|", "\\|") + " |\n");
            }
        }
        return page.toString();
    }
}
