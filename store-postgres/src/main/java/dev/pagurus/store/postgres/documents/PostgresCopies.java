package dev.pagurus.store.postgres.documents;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.postgres.sql.PostgresWords;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whole rows of a collection, out of one store and into another one; each call is one statement. */
public final class PostgresCopies {

    private static final int COLUMNS_BEFORE_FIELDS = 4;

    private final PostgresNames names;
    private final PostgresTables tables;
    private final PostgresInstant instant;

    /**
     * Prepares it.
     *
     * @param instant by which it is judged what has expired
     */
    public PostgresCopies(PostgresNames names, PostgresTables tables, PostgresInstant instant) {
        this.names = names;
        this.tables = tables;
        this.instant = instant;
    }

    public List<StoredRow> rows(PostgresReads.Runner runner, CollectionDefinition collection, String after)
            throws SQLException {
        return rows(runner, collection, new Sql(rowsAfter(collection), List.of(after, Scan.CHUNK_BYTES)));
    }

    public List<StoredRow> rows(PostgresReads.Runner runner, CollectionDefinition collection, List<String> ids)
            throws SQLException {
        String sql = "select id, version, created_at, body%s from %s where %s and %sid = any(?::text[])"
                .formatted(
                        read(collection),
                        names.table(collection),
                        names.requireRevision(collection),
                        unexpired(collection));
        return rows(runner, collection, new Sql(sql, List.of((Object) ids.toArray(String[]::new))));
    }

    private static List<StoredRow> rows(PostgresReads.Runner runner, CollectionDefinition collection, Sql sql)
            throws SQLException {
        return PostgresReads.search(runner, collection, sql, row -> {
            List<StoredRow> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(row(row, collection));
            }
            return rows;
        });
    }

    private static String fields(CollectionDefinition collection) {
        return collection.fields().stream()
                .map(field -> ", " + quoted(field.name()))
                .collect(Collectors.joining());
    }

    private static String read(CollectionDefinition collection) {
        return collection.fields().stream()
                .map(field -> ", " + PostgresWords.read(field))
                .collect(Collectors.joining());
    }

    /** Documents come until the bytes of their bodies pass the limit. */
    private String rowsAfter(CollectionDefinition collection) {
        return """
                select id, version, created_at, body%6$s from (
                    select *, coalesce(sum(octet_length(body))
                        over (order by id rows between unbounded preceding and 1 preceding), 0) as before
                    from (select id, version, created_at, body%1$s from %2$s where %3$s and %5$sid > ? order by id limit %4$s) found
                ) counted where before < ? order by id
                """.formatted(
                        fields(collection),
                        names.table(collection),
                        names.requireRevision(collection),
                        StoredRow.CHUNK,
                        unexpired(collection),
                        read(collection));
    }

    private String unexpired(CollectionDefinition collection) {
        Sql sql = new Sql();
        instant.unexpired(sql, collection);
        return sql.text();
    }

    private static StoredRow row(ResultSet row, CollectionDefinition collection) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(collection.fields().size());
        int column = COLUMNS_BEFORE_FIELDS;
        for (FieldDefinition field : collection.fields()) {
            column++;
            values.add(
                    field.kind().isMany()
                            ? many(row.getArray(column))
                            : PostgresReads.value(row, column, field.kind()));
        }
        return new StoredRow(
                new StoredDocument(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)), values);
    }

    private static List<String> many(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    public void load(PostgresReads.Runner runner, CollectionDefinition collection, List<StoredRow> rows)
            throws SQLException {
        List<@Nullable Object> arrays = new ArrayList<>();
        arrays.add(array(rows, String[]::new, StoredRow::id));
        arrays.add(array(rows, Long[]::new, row -> row.document().version()));
        arrays.add(array(rows, Long[]::new, row -> row.document().createdAt()));
        for (int i = 0; i < collection.fields().size(); i++) {
            int field = i;
            Function<StoredRow, @Nullable Object> value = row -> row.values().get(field);
            arrays.add(
                    switch (collection.fields().get(i).kind()) {
                        case TEXT -> array(rows, String[]::new, value);
                        case LONG, INSTANT -> array(rows, Long[]::new, value);
                        case DOUBLE -> array(rows, Double[]::new, value);
                        case BOOLEAN -> array(rows, Boolean[]::new, value);
                        case MANY, WORDS, ACCENTED_WORDS ->
                            array(
                                    rows,
                                    String[]::new,
                                    row -> PostgresBatchGroup.arrayLiteral((List<?>) value.apply(row)));
                    });
        }
        arrays.add(array(rows, String[]::new, row -> row.document().body()));
        long added = runner.query(tables.ofBatches(collection).load, arrays, count -> {
            count.next();
            return count.getLong(1);
        });
        if (added != rows.size()) {
            throw SchemaChange.outdated(collection);
        }
    }

    private static Object[] array(
            List<StoredRow> rows, IntFunction<@Nullable Object[]> empty, Function<StoredRow, @Nullable Object> value) {
        @Nullable Object[] array = empty.apply(rows.size());
        for (int i = 0; i < array.length; i++) {
            array[i] = value.apply(rows.get(i));
        }
        return array;
    }
}
