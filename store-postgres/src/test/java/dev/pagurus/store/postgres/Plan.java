package dev.pagurus.store.postgres;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresNames;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the server has run a statement. */
record Plan(List<String> lines) {

    private static final int ENTRIES_TO_A_DOCUMENT = 16;

    private static final Pattern SCAN = Pattern.compile(
            "(Index Scan|Index Only Scan|Seq Scan|Bitmap Heap Scan|Bitmap Index Scan).*actual rows=([0-9.]+)");
    private static final Pattern COST = Pattern.compile(
            "(Index Scan|Index Only Scan|Seq Scan|Bitmap Heap Scan|Bitmap Index Scan|Tid Scan).*actual rows=([0-9.]+) loops=(\\d+)");
    private static final Pattern BUFFERS = Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");
    private static final Pattern REMOVED = Pattern.compile("Rows Removed by (Filter|Index Recheck): (\\d+)");

    /**
     * Runs a statement and returns how.
     *
     * @param generic with the plan that is kept for a prepared statement, made without a look at the values
     */
    static Plan of(Connection connection, Sql sql, boolean generic) throws SQLException {
        return of(connection, sql, generic, false);
    }

    /** Runs a statement and returns how. */
    static Plan of(Connection connection, Sql sql, boolean generic, boolean seqScan) throws SQLException {
        StringBuilder text = new StringBuilder();
        int number = 0;
        for (char c : sql.text().toCharArray()) {
            text.append(c == '?' ? "$" + ++number : String.valueOf(c));
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("deallocate all; set enable_seqscan = " + (seqScan ? "on" : "off")
                    + "; set plan_cache_mode = force_" + (generic ? "generic" : "custom") + "_plan; prepare one as "
                    + text);
            String values = sql.values().stream().map(Plan::literal).collect(Collectors.joining(", "));
            List<String> lines = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("explain (analyze, buffers, costs off, timing off, summary off) execute one"
                            + (values.isEmpty() ? "" : "(" + values + ")"))) {
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return new Plan(lines);
        }
    }

    private static String literal(@Nullable Object value) {
        if (value instanceof Object[] array) {
            return java.util.Arrays.stream(array).map(Plan::literal).collect(Collectors.joining(",", "array[", "]"));
        }
        return value instanceof String text ? PostgresNames.literal(text) : String.valueOf(value);
    }

    boolean has(String part) {
        return lines.stream().anyMatch(line -> line.contains(part));
    }

    /** Returns how many rows the largest look into the table or an index has found, and thrown away. */
    double mostRows() {
        double most = 0;
        for (String line : lines) {
            Matcher scan = SCAN.matcher(line);
            Matcher removed = REMOVED.matcher(line);
            if (scan.find()) {
                most = Math.max(most, Double.parseDouble(scan.group(2)));
            } else if (removed.find()) {
                most = Math.max(most, Double.parseDouble(removed.group(2)));
            }
        }
        return most;
    }

    /**
     * Returns how many pages the server has looked at, and how many documents in the table; entries of an index alone
     * count a sixteenth.
     */
    double cost() {
        return buffers() + visited();
    }

    private long buffers() {
        for (String line : lines) {
            Matcher buffers = BUFFERS.matcher(line);
            if (buffers.find()) {
                return number(buffers.group(1)) + number(buffers.group(2));
            }
        }
        return 0;
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private double visited() {
        double visited = 0;
        boolean ofTable = false;
        for (String line : lines) {
            Matcher scan = COST.matcher(line);
            Matcher removed = REMOVED.matcher(line);
            if (scan.find()) {
                double rows = Double.parseDouble(scan.group(2)) * Double.parseDouble(scan.group(3));
                boolean entries =
                        scan.group(1).equals("Index Only Scan") || scan.group(1).equals("Bitmap Index Scan");
                ofTable = !entries;
                visited += entries ? rows / ENTRIES_TO_A_DOCUMENT : rows;
            } else if (line.contains("->")) {
                ofTable = false;
            } else if (ofTable && removed.find()) {
                visited += Double.parseDouble(removed.group(2));
            }
        }
        return visited;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
