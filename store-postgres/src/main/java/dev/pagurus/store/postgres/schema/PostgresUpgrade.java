package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.freshColumn;
import static dev.pagurus.store.postgres.sql.PostgresNames.literal;
import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.Sort;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The SQL that brings a collection's table from one definition to another. */
final class PostgresUpgrade {

    private final @Nullable CollectionDefinition stored;
    private final CollectionDefinition wanted;
    private final PostgresNames names;
    private final SchemaChange change;
    private final Set<String> added;

    /**
     * Compares the definitions.
     *
     * @param renewsUnique whether fields of unique indexes get new columns too, though their kind stays
     */
    PostgresUpgrade(
            @Nullable CollectionDefinition stored,
            CollectionDefinition wanted,
            PostgresNames names,
            boolean renewsUnique) {
        this.stored = stored;
        this.wanted = wanted;
        this.names = names;
        SchemaChange plain = SchemaChange.between(stored, wanted);
        this.change = renewsUnique && stored != null && plain.kind() == SchemaChange.Kind.UPGRADE
                ? SchemaChange.between(withOtherKinds(stored), wanted)
                : plain;
        this.added = change.addedFields().stream().map(FieldDefinition::name).collect(Collectors.toSet());
    }

    /** The definition with another kind for each field of a unique index, so that all of them have to be renewed. */
    private static CollectionDefinition withOtherKinds(CollectionDefinition stored) {
        Set<String> unique = stored.indexes().stream()
                .filter(IndexDefinition::unique)
                .flatMap(index -> index.terms().stream())
                .map(Sort::field)
                .collect(Collectors.toSet());
        List<FieldDefinition> fields = stored.fields().stream()
                .map(field -> unique.contains(field.name())
                        ? new FieldDefinition(field.name(), FieldKind.MANY, field.maxBytes())
                        : field)
                .toList();
        return new CollectionDefinition(
                stored.name(), stored.revision(), fields, stored.indexes(), null, stored.retention());
    }

    SchemaChange change() {
        return change;
    }

    /** Returns the column that has a field's new values until the exchange. */
    String column(String field) {
        return added.contains(field) ? freshColumn(field) : field;
    }

    /** Returns the new columns that the table has, each with its type: ours, or left behind by a change that failed. */
    Map<String, String> freshColumns(PostgresConnection connection) throws SQLException {
        return connection.query(
                "select attname::text, format_type(atttypid, atttypmod) from pg_attribute where attrelid = to_regclass("
                        + literal(names.table(wanted)) + ") and attnum > 0 and not attisdropped"
                        + " and right(attname::text, 4) = '$new'",
                List.of(),
                rows -> {
                    Map<String, String> columns = new TreeMap<>();
                    while (rows.next()) {
                        columns.put(rows.getString(1), rows.getString(2));
                    }
                    return columns;
                });
    }

    /** Returns what gives the table exactly the new columns that this change needs; empty if it has them. */
    String prepare(Map<String, String> present) {
        Map<String, String> needed = new TreeMap<>();
        change.addedFields()
                .forEach(field -> needed.put(freshColumn(field.name()), PostgresStatements.type(field.kind())));
        if (needed.equals(present)) {
            return "";
        }
        Stream<String> drops = present.keySet().stream().map(column -> "drop column " + quoted(column));
        Stream<String> adds = change.addedFields().stream()
                .map(field -> "add column " + PostgresStatements.column(freshColumn(field.name()), field.kind()));
        return "alter table " + names.table(wanted) + " "
                + Stream.concat(drops, adds).collect(Collectors.joining(", "));
    }

    /** Returns what takes new columns away again; empty if there are none. */
    String drop(Map<String, String> present) {
        return present.isEmpty()
                ? ""
                : present.keySet().stream()
                        .map(column -> "drop column " + quoted(column))
                        .collect(Collectors.joining(", ", "alter table " + names.table(wanted) + " ", ""));
    }

    /** Returns what puts the new columns, indexes and revision in place of the old ones. */
    String exchange() {
        if (stored == null) {
            throw new IllegalStateException("Nothing is stored that could be exchanged.");
        }
        String table = names.table(wanted);
        List<String> steps = new ArrayList<>();
        steps.add("lock table " + table + " in access exclusive mode");
        change.droppedIndexes()
                .forEach(index -> steps.add("drop index " + names.qualified(PostgresNames.index(stored, index))));
        change.droppedFields()
                .forEach(field -> steps.add("alter table " + table + " drop column " + quoted(field.name())));
        change.addedFields()
                .forEach(field -> steps.add("alter table " + table + " rename column "
                        + quoted(freshColumn(field.name())) + " to " + quoted(field.name())));
        change.addedIndexes()
                .forEach(index -> steps.add("alter index " + names.qualified(PostgresNames.freshIndex(wanted, index))
                        + " rename to " + quoted(PostgresNames.index(wanted, index))));
        steps.add("alter index " + names.qualified(PostgresNames.primaryKey(stored)) + " rename to "
                + quoted(PostgresNames.primaryKey(wanted)));
        return String.join(";", steps);
    }
}
