package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresWords;
import dev.pagurus.store.spi.ExactSum;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.GroupFold;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures groups. The server's sum of integers is exact, its sum of doubles is not. But a double is an integer times a power
 * of two: so the server sums the integers of each power, which is exact, and few of them come over, whatever the number of
 * documents. They are put together here.
 */
public record PostgresGroups(Grouping grouping) {

    private static final int MANTISSA_BITS = 52;
    private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;
    private static final int EXPONENT = 0x7ff;

    /** What the bits of an exponent are more than the power of two. */
    private static final int BIAS = 1075;

    /** Returns what is selected, up to the table. */
    String select() {
        return Stream.of(
                        keys().stream(),
                        powers().stream(),
                        grouping.measures().stream().map(this::measure))
                .flatMap(columns -> columns)
                .collect(Collectors.joining(", ", "select ", " from "));
    }

    /** Returns what stands beside the table. */
    String beside() {
        String many = grouping.many();
        return many == null
                ? ""
                : ", unnest(" + PostgresWords.read(grouping.collection().kind(many), "d." + quoted(many))
                        + ") as many$(value)";
    }

    /** Appends what follows the conditions. */
    void appendRest(Sql sql) {
        int columns = keys().size() + powers().size();
        if (columns > 0) {
            sql.append(IntStream.rangeClosed(1, columns)
                    .mapToObj(Integer::toString)
                    .collect(Collectors.joining(", ", " group by ", "")));
        }
        Grouping.First first = grouping.first();
        if (first == null || grouping.sumsDoubles()) {
            return;
        }
        Measure by = first.by();
        Stream<String> rank = by == null
                ? Stream.empty()
                : Stream.of(measure(by) + (first.descending() ? " desc nulls last" : " nulls first"));
        sql.append(Stream.concat(rank, keys().stream().map(key -> key + " nulls first"))
                .collect(Collectors.joining(", ", " order by ", " limit " + first.groups())));
    }

    private List<String> keys() {
        return grouping.by().stream().map(this::column).toList();
    }

    private String column(String field) {
        return field.equals(grouping.many()) ? "many$.value" : "d." + quoted(field);
    }

    /** The sign and power of what is summed exactly. */
    private List<String> powers() {
        return grouping.measures().stream()
                .filter(grouping::isSumOfDoubles)
                .map(measure -> bits(measure) + " >> " + MANTISSA_BITS)
                .toList();
    }

    private String bits(Measure measure) {
        return "('x' || encode(float8send(" + column(Objects.requireNonNull(measure.field()))
                + "), 'hex'))::bit(64)::bigint";
    }

    private String measure(Measure measure) {
        String column = measure.field() == null ? "*" : column(measure.field());
        return switch (measure.kind()) {
            case COUNT -> "count(" + column + ")";
            case SUM ->
                grouping.isSumOfDoubles(measure)
                        ? "coalesce(sum(" + bits(measure) + " & " + MANTISSA + "), 0), count(" + column + ")"
                        : "coalesce(sum(" + column + "), 0)";
            case MIN -> "min(" + column + ")";
            case MAX -> "max(" + column + ")";
        };
    }

    List<Group> read(ResultSet rows) throws SQLException {
        List<Group> parts = new ArrayList<>();
        while (rows.next()) {
            parts.add(group(rows));
        }
        if (!grouping.sumsDoubles()) {
            return parts;
        }
        GroupFold fold = new GroupFold(grouping);
        parts.forEach(fold::add);
        return fold.groups();
    }

    private Group group(ResultSet row) throws SQLException {
        List<@Nullable Object> key = new ArrayList<>();
        int column = 0;
        for (FieldKind kind : grouping.kinds()) {
            key.add(PostgresReads.value(row, ++column, kind));
        }
        int power = column;
        column += powers().size();
        List<@Nullable Object> values = new ArrayList<>();
        for (Measure measure : grouping.measures()) {
            if (grouping.isSumOfDoubles(measure)) {
                values.add(sum(row.getInt(++power), integer(row, ++column), row.getLong(++column)));
            } else {
                ++column;
                values.add(
                        switch (measure.kind()) {
                            case COUNT -> row.getLong(column);
                            case SUM -> integer(row, column);
                            case MIN, MAX -> PostgresReads.value(row, column, grouping.kind(measure));
                        });
            }
        }
        return new Group(key, values);
    }

    private static BigInteger integer(ResultSet row, int column) throws SQLException {
        BigDecimal number = row.getBigDecimal(column);
        return number.toBigInteger();
    }

    /**
     * Returns the sum of doubles of one sign and power.
     *
     * @param power the bits before those of the integers, shifted as a signed number
     * @param integers the sum of their last bits, without the one that most have before them
     * @param count how many there are
     */
    private static ExactSum sum(int power, BigInteger integers, long count) {
        int exponent = power & EXPONENT;
        ExactSum sum = new ExactSum();
        if (count == 0) {
            return sum;
        }
        if (exponent == EXPONENT) {
            return sum.addInfinity(power < 0);
        }
        BigInteger whole = exponent == 0
                ? integers
                : integers.add(BigInteger.valueOf(count).shiftLeft(MANTISSA_BITS));
        return sum.add(power < 0 ? whole.negate() : whole, Math.max(exponent, 1) - BIAS);
    }
}
