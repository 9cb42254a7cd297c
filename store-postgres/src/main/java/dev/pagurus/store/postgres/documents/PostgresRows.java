package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some fields of the documents of a scan, with the values of the order's terms behind them. They are found by the ways of
 * whole documents. Where an index has everything that is named, the values are taken along instead of the documents' places
 * in the table: who asks for a place has the server look there.
 */
public final class PostgresRows {

    private final PostgresNames names;
    private final PostgresInstant instant;

    /**
     * Makes one.
     *
     * @param instant by which it is judged what has expired
     */
    public PostgresRows(PostgresNames names, PostgresInstant instant) {
        this.names = names;
        this.instant = instant;
    }

    /**
     * Returns the statement.
     *
     * @param step how many such statements were asked and did not decide
     */
    public PostgresScans.Documents sql(Scan scan, List<String> fields, int step) {
        boolean inOrder = PostgresScans.isAllInOrder(scan, IndexPaths.of(scan));
        boolean alone = inOrder || isCovered(scan, fields);
        PostgresSearch search =
                PostgresSearch.of(names.table(scan.collection()), scan, alone ? fields : List.of(), instant);
        Sql sql = new Sql();
        if (inOrder) {
            inOrder(sql, search);
            return new PostgresScans.Documents(sql, true);
        }
        PostgresChoice choice = new PostgresChoice(search, IndexPaths.of(scan), step, sql);
        choice.appendSteps();
        sql.append("select " + (alone ? search.placeNames() : columns(fields)) + search.orderNames("k.") + " from (");
        choice.appendPlaces();
        sql.append(") k ");
        if (!alone) {
            sql.append((choice.decides() ? "" : "left ") + "join " + search.table() + " d on " + choice.atPlaces());
        }
        sql.append(" where " + names.requireRevision(scan.collection()) + " order by " + search.orderTerms("k."));
        return new PostgresScans.Documents(sql, choice.decides());
    }

    private static String columns(List<String> fields) {
        return fields.stream().map(field -> "d." + quoted(field)).collect(Collectors.joining(", "));
    }

    /** Each range is read along the index and no further than the limit; what is found of several is sorted. */
    private void inOrder(Sql sql, PostgresSearch search) {
        boolean several = search.ranges().size() > 1;
        for (int i = 0; i < search.ranges().size(); i++) {
            sql.append(several ? (i == 0 ? "select * from ((" : ") union all (") : "");
            sql.append("select " + search.place() + search.orderColumns() + " from " + search.table() + " where "
                    + names.requireRevision(search.collection()) + " and ");
            search.unexpired(sql);
            search.condition(sql, search.filter());
            search.andRange(sql, search.ranges().get(i));
            sql.append(" order by " + PostgresStatements.terms(search.order()) + " limit " + search.limit());
        }
        if (several) {
            sql.append(")) ranges" + search.best());
        }
    }

    /** Whether some index has all that is named; an array of a many-field is in none. */
    private static boolean isCovered(Scan scan, List<String> fields) {
        Set<String> named = scan.fields();
        named.addAll(fields);
        @Nullable String expiry = scan.collection().expiry();
        if (expiry != null) {
            named.add(expiry);
        }
        return scan.collection().indexes().stream()
                .anyMatch(index ->
                        index.columns().stream().map(Sort::field).toList().containsAll(named)
                                && !scan.collection()
                                        .kind(index.terms().get(0).field())
                                        .isMany());
    }

    /** Reads what the statement gives; nothing if it has not decided. */
    static Optional<RowChunk> read(ResultSet row, Scan scan, List<String> fields, boolean decides) throws SQLException {
        CollectionDefinition collection = scan.collection();
        List<String> terms = scan.order().stream().map(Sort::field).toList();
        int id = fields.size() + terms.indexOf("id") + 1;
        RowChunk.Builder chunk = new RowChunk.Builder(scan);
        while (row.next() && chunk.hasRoom()) {
            if (!decides && row.getString(id) == null) {
                return Optional.empty();
            }
            chunk.add(
                    values(row, 0, collection, fields),
                    chunk.isLast() ? values(row, fields.size(), collection, terms) : List.of());
        }
        return Optional.of(chunk.build());
    }

    private static List<@Nullable Object> values(
            ResultSet row, int behind, CollectionDefinition collection, List<String> fields) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(fields.size());
        for (String field : fields) {
            int column = behind + values.size() + 1;
            FieldKind kind = collection.kind(field);
            values.add(
                    kind.isMany()
                            ? List.of((String[]) row.getArray(column).getArray())
                            : PostgresReads.value(row, column, kind));
        }
        return values;
    }
}
