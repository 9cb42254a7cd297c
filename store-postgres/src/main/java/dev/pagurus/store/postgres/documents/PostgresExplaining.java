package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says how a scan finds its documents now. Its statement holds all ways, so it is run as far as it chooses between them, and
 * not further. The server's plan of the whole of it is the one for all values, in which each is a number with a dollar sign.
 */
final class PostgresExplaining {

    private static final Pattern ROWS = Pattern.compile(" rows=(\\d+)");

    /** What is expected is held against how many there are in all, if it is no more than that. */
    private static final int COUNTED = 10_000;

    private final PostgresScans scans;
    private final PostgresConnection connection;
    private final PostgresReads.Runner runner;
    private final Scan scan;

    PostgresExplaining(PostgresScans scans, PostgresConnection connection, PostgresReads.Runner runner, Scan scan) {
        this.scans = scans;
        this.connection = connection;
        this.runner = runner;
        this.scan = scan;
    }

    ScanPlan explain() throws SQLException {
        ask(scans.require(scan), ResultSet::next);
        PostgresScans.Taken taken = scans.taken(scan, sql -> ask(sql, PostgresExplaining::number));
        boolean counted = scan.maxDocuments() > PostgresScans.FEW;
        Sql statement = scans.documents(scan, counted, taken.step()).sql();
        return new ScanPlan(taken.way(), matching().orElse(null), planOf(statement));
    }

    private Optional<Long> matching() throws SQLException {
        long expected = ask(scans.matching(scan), PostgresExplaining::expected).orElse(0L);
        int most = (int) Math.min(expected, COUNTED);
        return ask(
                scans.known(scan, most),
                row -> row.next() && row.getBoolean(1)
                        ? Optional.of(expected > COUNTED ? expected : row.getLong(2))
                        : Optional.empty());
    }

    private <R> R ask(Sql sql, PostgresConnection.Rows<R> rows) throws SQLException {
        return PostgresReads.search(runner, scan.collection(), sql, rows);
    }

    private static Optional<Integer> number(ResultSet row) throws SQLException {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
    }

    /** From the statistics of the server, for these values; of its plan only the number is taken. */
    private static Optional<Long> expected(ResultSet row) throws SQLException {
        if (row.next()) {
            Matcher rows = ROWS.matcher(row.getString(1));
            if (rows.find()) {
                return Optional.of(Long.parseLong(rows.group(1)));
            }
        }
        return Optional.empty();
    }

    /**
     * A statement that is asked for its plan directly would be planned for its values and show them. What is prepared has a
     * plan without any, so it is asked for with none.
     */
    private String planOf(Sql statement) throws SQLException {
        // Of its own, for behind a pooler another one's may be left.
        String name = "\"pagurus$" + UUID.randomUUID() + "\"";
        connection.script("prepare " + name + " as " + numbered(statement));
        String values = String.join(", ", Collections.nCopies(statement.values().size(), "null"));
        String plan = connection.query(
                "explain (costs off) execute " + name + (values.isEmpty() ? "" : "(" + values + ")"),
                List.of(),
                PostgresExplaining::lines);
        connection.script("deallocate " + name);
        return plan;
    }

    private static String lines(ResultSet row) throws SQLException {
        StringBuilder lines = new StringBuilder();
        while (row.next()) {
            lines.append(row.getString(1)).append('\n');
        }
        return lines.toString().stripTrailing();
    }

    /** Returns the text with numbers for its parameters, as the server has them; a name may have a question mark too. */
    private static String numbered(Sql statement) {
        StringBuilder text = new StringBuilder();
        int number = 0;
        char quote = 0;
        for (char c : statement.text().toCharArray()) {
            if (c == '?' && quote == 0) {
                text.append('$').append(++number);
                continue;
            }
            if (c == '\'' || c == '"') {
                quote = quote == 0 ? c : quote == c ? 0 : quote;
            }
            text.append(c);
        }
        return text.toString();
    }
}
