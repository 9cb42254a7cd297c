package dev.pagurus.store.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code CONTRACT.md}, as the kit reads it: the rows of its tables whose first column is the id of a clause. */
final class Contract {

    private static final Pattern ROW =
            Pattern.compile("\\| ([A-Z][1-9][0-9]*) \\| (MUST|SHOULD) \\| ([^|]+) \\| ([^|]+) \\|");

    /** By id, in the order of the page. */
    static final Map<String, Row> ROWS = read();

    /** A promise. */
    record Row(Clause.Level level, String sentence, String hint) {}

    private Contract() {}

    static Row row(String clause) {
        return Objects.requireNonNull(ROWS.get(clause), () -> "CONTRACT.md has no row for the clause " + clause);
    }

    private static Map<String, Row> read() {
        Map<String, Row> rows = new LinkedHashMap<>();
        page().lines().map(ROW::matcher).filter(Matcher::matches).forEach(row -> {
            Row said = new Row(Clause.Level.valueOf(row.group(2)), row.group(3), row.group(4));
            if (rows.put(row.group(1), said) != null) {
                throw new IllegalStateException("CONTRACT.md has two rows for the clause " + row.group(1));
            }
        });
        return rows;
    }

    private static String page() {
        try (InputStream page = Objects.requireNonNull(Contract.class.getResourceAsStream("CONTRACT.md"))) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("CONTRACT.md cannot be read out of the kit's jar.", e);
        }
    }
}
