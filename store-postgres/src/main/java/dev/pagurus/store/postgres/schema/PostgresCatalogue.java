package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;

import dev.pagurus.store.postgres.connect.PostgresFacts;
import dev.pagurus.store.postgres.documents.PostgresReads;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Sort;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables that know what collections there are. */
public final class PostgresCatalogue {

    private static final String SERVERS_CLOCK = "(extract(epoch from clock_timestamp()) * 1000000)::bigint";

    private static final int SPREADS_ROW = 3;

    private final String collections;
    private final String fields;
    private final String indexes;
    private final String everything;
    private final String one;

    public PostgresCatalogue(PostgresNames names) {
        this.collections = names.qualified("pagurus_collections");
        this.fields = names.qualified("pagurus_fields");
        this.indexes = names.qualified("pagurus_indexes");
        this.everything = select(
                "",
                "",
                " union all select '', " + SPREADS_ROW + ", n, null, null, null, 0, null from (select "
                        + PostgresFacts.SPREADS + " as n) spreads where n > 0");
        this.one = select(" where name = ?", " where collection = ?", "");
    }

    private String select(String whereName, String whereCollection, String more) {
        return "select name, 0, revision, expiry, null, shape, 0, retention from " + collections + whereName
                + " union all select collection, 1, max_bytes, name, kind, null, position, null from " + fields
                + whereCollection
                + " union all select collection, 2, is_unique::integer, name, null, terms, position, null from "
                + indexes
                + whereCollection + more + " order by 1, 2, 7";
    }

    /**
     * What collections there are.
     *
     * @param spreads what {@link PostgresFacts#SPREADS} says
     */
    public record Known(List<CollectionDefinition> definitions, int spreads) {}

    public Known all(PostgresReads.Runner runner) throws SQLException {
        return find(runner, everything, List.of());
    }

    /** Returns one of them, and reads no other: their shapes may be long. */
    @Nullable
    public CollectionDefinition find(PostgresReads.Runner runner, String name) throws SQLException {
        List<CollectionDefinition> found =
                find(runner, one, List.of(name, name, name)).definitions();
        return found.isEmpty() ? null : found.get(0);
    }

    private static Known find(PostgresReads.Runner runner, String sql, List<String> parameters) throws SQLException {
        return runner.query(sql, parameters, rows -> {
            Map<String, Entry> entries = new TreeMap<>();
            int spreads = 0;
            while (rows.next()) {
                if (rows.getInt(2) == SPREADS_ROW) {
                    spreads = rows.getInt(3);
                } else {
                    entries.computeIfAbsent(rows.getString(1), Entry::new).add(rows);
                }
            }
            return new Known(entries.values().stream().map(Entry::definition).toList(), spreads);
        });
    }

    /** Returns what records a shape that was not known. */
    String putShape(CollectionDefinition definition) {
        return "update " + collections + " set shape = " + shape(definition) + " where name = "
                + literal(definition.name());
    }

    private static String shape(CollectionDefinition definition) {
        return definition.shape() == null ? "null" : literal(definition.shape());
    }

    private static String retention(CollectionDefinition definition) {
        Duration retention = definition.retention();
        return retention == null ? "null" : Long.toString(Micros.of(retention));
    }

    private static String expiry(CollectionDefinition definition) {
        return definition.expiry() == null ? "null" : literal(definition.expiry());
    }

    /**
     * Returns what puts a definition in place of the one that is there: a script, which goes to the server at once.
     *
     * @param nowMicros the time; null for that of the server
     */
    String put(CollectionDefinition definition, @Nullable Long nowMicros) {
        String name = literal(definition.name());
        String now = nowMicros == null ? SERVERS_CLOCK : nowMicros.toString();
        StringBuilder script = new StringBuilder(remove(definition.name()) + ";\ninsert into " + collections
                + " (name, revision, defined_at, shape, retention, expiry) values (" + name + ", "
                + definition.revision()
                + ", " + now
                + ", " + shape(definition) + ", " + retention(definition) + ", " + expiry(definition) + ")");
        int position = 0;
        for (FieldDefinition field : definition.fields()) {
            script.append(";\ninsert into " + fields + " (collection, position, name, kind, max_bytes) values (" + name
                    + ", " + position++ + ", " + literal(field.name()) + ", '"
                    + field.kind().name().toLowerCase(Locale.ROOT) + "', " + field.maxBytes() + ")");
        }
        position = 0;
        for (IndexDefinition index : definition.indexes()) {
            script.append(
                    ";\ninsert into " + indexes + " (collection, position, name, is_unique, terms) values (" + name
                            + ", " + position++ + ", " + literal(index.name()) + ", " + index.unique() + ", "
                            + literal(Sort.text(index.terms())) + ")");
        }
        return script.toString();
    }

    /** Returns what forgets a collection. */
    String remove(String collection) {
        String name = literal(collection);
        return "delete from " + indexes + " where collection = " + name + ";\ndelete from " + fields
                + " where collection = " + name + ";\ndelete from " + collections + " where name = " + name;
    }

    /** Returns what has a collection be known by another name. */
    String rename(String collection, String newName) {
        String name = literal(collection);
        String to = literal(newName);
        return "update " + indexes + " set collection = " + to + " where collection = " + name + ";\nupdate " + fields
                + " set collection = " + to + " where collection = " + name + ";\nupdate " + collections
                + " set name = " + to + " where name = " + name;
    }

    /** A collection while its rows come in: first itself, then its fields, then its indexes. */
    private static final class Entry {

        private final String name;
        private int revision;
        private @Nullable String shape;
        private @Nullable Duration retention;
        private @Nullable String expiry;
        private final List<FieldDefinition> fields = new ArrayList<>();
        private final List<IndexDefinition> indexes = new ArrayList<>();

        Entry(String name) {
            this.name = name;
        }

        void add(ResultSet row) throws SQLException {
            switch (row.getInt(2)) {
                case 0 -> {
                    revision = row.getInt(3);
                    shape = row.getString(6);
                    long micros = row.getLong(8);
                    retention = row.wasNull() ? null : Duration.of(micros, ChronoUnit.MICROS);
                    expiry = row.getString(4);
                }
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
            return new CollectionDefinition(name, revision, fields, indexes, shape, retention, expiry);
        }
    }
}
