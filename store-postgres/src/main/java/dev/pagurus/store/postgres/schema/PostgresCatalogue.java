package dev.pagurus.store.postgres.schema;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.documents.PostgresReads;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Sort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables that know what collections there are. */
public final class PostgresCatalogue {

    private final String everything;
    private final String remove;
    private final String addCollection;
    private final String addField;
    private final String addIndex;

    public PostgresCatalogue(PostgresNames names) {
        String collections = names.qualified("pagurus_collections");
        String fields = names.qualified("pagurus_fields");
        String indexes = names.qualified("pagurus_indexes");
        this.everything = """
                select name, 0, revision, null, null, null, 0 from %s
                union all select collection, 1, max_bytes, name, kind, null, position from %s
                union all select collection, 2, is_unique::integer, name, null, terms, position from %s
                order by 1, 2, 7
                """.formatted(collections, fields, indexes);
        this.remove = """
                with f as (delete from %s where collection = ?), i as (delete from %s where collection = ?)
                delete from %s where name = ? returning 1
                """.formatted(fields, indexes, collections);
        this.addCollection = "insert into %s (name, revision, defined_at) values (?, ?, %s) returning 1"
                .formatted(
                        collections, "coalesce(?::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint)");
        this.addField =
                "insert into %s (collection, position, name, kind, max_bytes) values (?, ?, ?, ?, ?) returning 1"
                        .formatted(fields);
        this.addIndex =
                "insert into %s (collection, position, name, is_unique, terms) values (?, ?, ?, ?, ?) returning 1"
                        .formatted(indexes);
    }

    public List<CollectionDefinition> all(PostgresReads.Runner runner) throws SQLException {
        return runner.query(everything, List.of(), rows -> {
            Map<String, Entry> entries = new TreeMap<>();
            while (rows.next()) {
                entries.computeIfAbsent(rows.getString(1), Entry::new).add(rows);
            }
            return entries.values().stream().map(Entry::definition).toList();
        });
    }

    @Nullable
    CollectionDefinition find(PostgresReads.Runner runner, String name) throws SQLException {
        for (CollectionDefinition definition : all(runner)) {
            if (definition.name().equals(name)) {
                return definition;
            }
        }
        return null;
    }

    /** Puts a definition in place of the one that is there. */
    void put(PostgresConnection connection, CollectionDefinition definition, @Nullable Long nowMicros)
            throws SQLException {
        String name = definition.name();
        connection.query(remove, List.of(name, name, name), ResultSet::next);
        run(connection, addCollection, name, definition.revision(), nowMicros);
        int position = 0;
        for (FieldDefinition field : definition.fields()) {
            String kind = field.kind().name().toLowerCase(Locale.ROOT);
            run(connection, addField, name, position++, field.name(), kind, field.maxBytes());
        }
        position = 0;
        for (IndexDefinition index : definition.indexes()) {
            run(connection, addIndex, name, position++, index.name(), index.unique(), Sort.text(index.terms()));
        }
    }

    private static void run(PostgresConnection connection, String sql, @Nullable Object... values) throws SQLException {
        connection.query(sql, Arrays.asList(values), ResultSet::next);
    }

    /** A collection while its rows come in: first itself, then its fields, then its indexes. */
    private static final class Entry {

        private final String name;
        private int revision;
        private final List<FieldDefinition> fields = new ArrayList<>();
        private final List<IndexDefinition> indexes = new ArrayList<>();

        Entry(String name) {
            this.name = name;
        }

        void add(ResultSet row) throws SQLException {
            switch (row.getInt(2)) {
                case 0 -> revision = row.getInt(3);
                case 1 -> {
                    FieldKind kind = FieldKind.valueOf(row.getString(5).toUpperCase(Locale.ROOT));
                    fields.add(new FieldDefinition(row.getString(4), kind, row.getInt(3)));
                }
                default ->
                    indexes.add(
                            new IndexDefinition(row.getString(4), row.getInt(3) != 0, Sort.parse(row.getString(6))));
            }
        }

        CollectionDefinition definition() {
            return new CollectionDefinition(name, revision, fields, indexes);
        }
    }
}
