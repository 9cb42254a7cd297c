package dev.pagurus.store.postgres;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what begins or ends a transaction, or cannot run in one: a migration runs in one with all the others. */
final class TransactionWords {

    /** What is not SQL of the file itself: comments, texts, quoted names, bodies of functions. */
    private static final Pattern PASSIVE = Pattern.compile(
            "--[^\\n]*|/\\*.*?\\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"" + "|(\\$[A-Za-z_0-9]*\\$).*?\\1",
            Pattern.DOTALL);

    private static final Pattern WORDS = Pattern.compile(
            "\\b(begin|start\\s+transaction|commit|rollback|abort|end|savepoint|release|prepare\\s+transaction|vacuum"
                    + "|concurrently|set\\s+transaction|reindex\\s+database|create\\s+database|call)\\b",
            Pattern.CASE_INSENSITIVE);

    private TransactionWords() {}

    static Optional<String> find(String sql) {
        Matcher words = WORDS.matcher(PASSIVE.matcher(sql).replaceAll(" "));
        return words.find() ? Optional.of(words.group()) : Optional.empty();
    }
}
