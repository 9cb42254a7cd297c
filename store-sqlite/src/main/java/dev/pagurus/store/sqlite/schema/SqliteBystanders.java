package dev.pagurus.store.sqlite.schema;

import static dev.pagurus.store.sqlite.schema.SqliteAdditions.quoted;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has put on a collection's tables, or let refer to them, when the collection is dropped. SQLite would
 * drop the one and break the other without a word.
 */
final class SqliteBystanders {

    private final SqliteConnection connection;
    private final String shown;
    private final CollectionDefinition stored;
    private final Set<String> ours = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<Other, List<String>> elsewhere = new LinkedHashMap<>();

    /** A view, a trigger or an index. */
    private record Other(String type, String name, String table) {}

    /** Looks what there is, and what of it works. */
    SqliteBystanders(SqliteConnection connection, String shown, CollectionDefinition stored) throws SQLException {
        this.connection = connection;
        this.shown = shown;
        this.stored = stored;
        ours.add(stored.name());
        ours.addAll(SqliteNames.manyIndexes(stored));
        for (Other other : allButTables()) {
            if (!ours.contains(other.table()) && !other.type().equals("index")) {
                List<String> probes = other.type().equals("view")
                        ? SqliteAdditions.select(other.name())
                        : SqliteAdditions.changes(connection, other.table());
                probes.removeIf(probe -> failure(probe) != null);
                elsewhere.put(other, probes);
            }
        }
    }

    /** Refuses what would go with the tables. */
    void refuseLost() throws SQLException {
        for (Other other : allButTables()) {
            boolean isOurs = !other.type().equals("view") && other.name().startsWith(stored.name() + SqliteNames.BY);
            if (ours.contains(other.table()) && !isOurs && !other.type().equals("view")) {
                throw inTheWay(other, "it is on the table '" + other.table() + "'", null);
            }
        }
        for (String table : ours) {
            refuseColumns(table);
            refuseForeignKeys(table);
        }
    }

    /** Refuses what worked before, and does not without the tables. */
    void refuseBroken() {
        for (Map.Entry<Other, List<String>> entry : elsewhere.entrySet()) {
            for (String probe : entry.getValue()) {
                SQLException e = failure(probe);
                if (e != null) {
                    throw inTheWay(entry.getKey(), String.valueOf(e.getMessage()), e);
                }
            }
        }
    }

    private void refuseColumns(String table) throws SQLException {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(
                table.equals(stored.name()) ? List.of("id", "version", "created_at", "body") : List.of("id", "value"));
        stored.fields().forEach(field -> known.add(field.name()));
        List<String> added = new ArrayList<>();
        try (ResultSet row = connection.query("select name from pragma_table_xinfo(?)", table)) {
            while (row.next()) {
                if (!known.contains(row.getString(1))) {
                    added.add(row.getString(1));
                }
            }
        }
        if (!added.isEmpty()) {
            String why = "it is in the table '" + table + "'";
            throw inTheWay("column", String.join("', '", added), why, SqliteAdditions.dropColumns(table, added), null);
        }
    }

    private void refuseForeignKeys(String table) throws SQLException {
        try (ResultSet row = connection.query(
                "select s.name from sqlite_schema s, pragma_foreign_key_list(s.name) f"
                        + " where s.type = 'table' and f.\"table\" = ? collate nocase order by s.name",
                table)) {
            while (row.next()) {
                String name = row.getString(1);
                if (!ours.contains(name)) {
                    String why = "a foreign key of it refers to the table '" + table + "'";
                    throw inTheWay("table", name, why, "drop table " + quoted(name) + ";", null);
                }
            }
        }
    }

    private List<Other> allButTables() throws SQLException {
        List<Other> found = new ArrayList<>();
        try (ResultSet row = connection.query("select type, name, tbl_name from sqlite_schema"
                + " where type <> 'table' and sql is not null order by type, name")) {
            while (row.next()) {
                found.add(new Other(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        return found;
    }

    private @Nullable SQLException failure(String probe) {
        try {
            connection.compile(probe);
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    private SchemaException inTheWay(Other other, String why, @Nullable SQLException cause) {
        return inTheWay(
                other.type(), other.name(), why, "drop " + other.type() + " " + quoted(other.name()) + ";", cause);
    }

    private SchemaException inTheWay(String type, String name, String why, String sql, @Nullable SQLException cause) {
        return SchemaChange.inTheWay(stored.name(), "dropped", shown, type, name, why, sql, cause);
    }
}
