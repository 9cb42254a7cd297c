package dev.pagurus.store.sqlite.schema;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has added to a collection's tables: columns, indexes, triggers, and views over them. A revision
 * makes the tables anew and keeps it, with its data; what uses a field that the revision takes away refuses the revision.
 */
final class SqliteAdditions {

    /** Our last column, and what {@code alter table add column} has put behind it. */
    private static final Pattern AFTER_BODY =
            Pattern.compile("\\n    body text not null\\s*,(.*)\\)\\s*strict\\s*$", Pattern.DOTALL);

    private static final String OUR_END = "    body text not null\n) strict;";

    private final SqliteConnection connection;
    private final String shown;
    private final CollectionDefinition stored;
    private final CollectionDefinition wanted;
    private final List<String> columns = new ArrayList<>();
    private final List<String> filled = new ArrayList<>();
    private final List<Added> onOurTables = new ArrayList<>();
    private final Map<Added, List<String>> elsewhere = new LinkedHashMap<>();
    private String columnsSql = "";

    /** Something that is not ours. */
    private record Added(String type, String name, String table, String sql) {

        String drop() {
            return "drop " + type + " " + SqliteAdditions.quoted(name) + ";";
        }
    }

    /** Looks what there is. */
    SqliteAdditions(SqliteConnection connection, String shown, CollectionDefinition stored, CollectionDefinition wanted)
            throws SQLException {
        this.connection = connection;
        this.shown = shown;
        this.stored = stored;
        this.wanted = wanted;
        Set<String> ours = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ours.add(stored.name());
        ours.addAll(SqliteNames.manyIndexes(stored));
        findColumns();
        for (Added added : allButTables()) {
            if (ours.contains(added.table())) {
                onOurTables.add(added);
            } else if (!added.type().equals("index")) {
                elsewhere.put(
                        added, added.type().equals("view") ? select(added.name()) : changes(connection, added.table()));
            }
        }
        for (List<String> probes : elsewhere.values()) {
            // What does not work now need not work afterwards.
            probes.removeIf(probe -> failure(probe) != null);
        }
    }

    /** Returns the columns with data of their own, to be copied. */
    List<String> filled() {
        return filled;
    }

    /** Creates our tables with the columns that are not ours behind our own. */
    void createTables(String sql) throws SQLException {
        if (columns.isEmpty()) {
            connection.run(sql);
            return;
        }
        try {
            connection.run(sql.replace(OUR_END, OUR_END.replace("\n)", ",\n    " + columnsSql.strip() + "\n)")));
        } catch (SQLException e) {
            throw columnsInTheWay(e);
        }
    }

    /** Inserts a document, which a check of such a column may refuse. */
    void insert(String sql, List<@Nullable Object> parameters) throws SQLException {
        try {
            connection.update(sql, parameters.toArray());
        } catch (SQLException e) {
            if (columns.isEmpty() || !SqliteErrors.isConstraint(e)) {
                throw e;
            }
            throw columnsInTheWay(e);
        }
    }

    private SchemaException columnsInTheWay(SQLException e) {
        return inTheWay(
                "column",
                String.join("', '", columns),
                String.valueOf(e.getMessage()),
                dropColumns(stored.name(), columns),
                e);
    }

    /** Makes what went with the old tables again, and looks whether all that worked does so still. */
    void restore() throws SQLException {
        List<String> ofTheCollection = changes(connection, wanted.name());
        for (Added added : onOurTables) {
            refuseLostField(added);
            try {
                connection.run(added.sql());
                for (String probe : ofTheCollection) {
                    connection.compile(probe);
                }
            } catch (SQLException e) {
                throw inTheWay(added, e);
            }
        }
        for (Map.Entry<Added, List<String>> entry : elsewhere.entrySet()) {
            Added added = entry.getKey();
            if (mentions(added.sql(), wanted.name())) {
                refuseLostField(added);
            }
            for (String probe : entry.getValue()) {
                SQLException e = failure(probe);
                if (e != null) {
                    throw inTheWay(added, e);
                }
            }
        }
    }

    private void findColumns() throws SQLException {
        Set<String> known = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        known.addAll(List.of("id", "version", "created_at", "body"));
        stored.fields().forEach(field -> known.add(field.name()));
        try (ResultSet row = connection.query("select name, hidden from pragma_table_xinfo(?)", stored.name())) {
            while (row.next()) {
                if (!known.contains(row.getString(1))) {
                    columns.add(row.getString(1));
                    if (row.getInt(2) == 0) {
                        filled.add(quoted(row.getString(1)));
                    }
                }
            }
        }
        for (String index : SqliteNames.manyIndexes(stored)) {
            refuseColumnsOf(index);
        }
        if (columns.isEmpty()) {
            return;
        }
        for (FieldDefinition field : wanted.fields()) {
            for (String column : columns) {
                if (column.equalsIgnoreCase(field.name())) {
                    String why = "the revision has a field of that name";
                    throw inTheWay("column", column, why, dropColumns(stored.name(), List.of(column)), null);
                }
            }
        }
        Matcher matcher = AFTER_BODY.matcher(sqlOfTable());
        if (!matcher.find()) {
            String why = "it does not stand behind our own columns";
            throw inTheWay("column", String.join("', '", columns), why, dropColumns(stored.name(), columns), null);
        }
        columnsSql = SqliteManyColumns.without(stored, matcher.group(1));
    }

    /** A row of these tables goes with each write of its document, so nothing can be kept in them. */
    private void refuseColumnsOf(String manyIndex) throws SQLException {
        List<String> foreign = new ArrayList<>();
        try (ResultSet row = connection.query(
                "select name from pragma_table_xinfo(?) where name not in ('id', 'value')", manyIndex)) {
            while (row.next()) {
                foreign.add(row.getString(1));
            }
        }
        if (!foreign.isEmpty()) {
            String why = "the rows of table " + manyIndex + " are made anew with each write";
            throw inTheWay("column", String.join("', '", foreign), why, dropColumns(manyIndex, foreign), null);
        }
    }

    private String sqlOfTable() throws SQLException {
        try (ResultSet row =
                connection.query("select sql from sqlite_schema where type = 'table' and name = ?", stored.name())) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private List<Added> allButTables() throws SQLException {
        List<Added> found = new ArrayList<>();
        try (ResultSet row = connection.query("select type, name, tbl_name, sql from sqlite_schema"
                + " where type <> 'table' and sql is not null order by type, name")) {
            while (row.next()) {
                Added added = new Added(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
                if (added.type().equals("view") || !added.name().startsWith(stored.name() + SqliteNames.BY)) {
                    found.add(added);
                }
            }
        }
        return found;
    }

    /** What a trigger waits for, and a text in double quotes, are not missed by SQLite when they are gone. */
    private void refuseLostField(Added added) {
        for (FieldDefinition field : SchemaChange.between(stored, wanted).droppedFields()) {
            boolean gone =
                    wanted.fields().stream().noneMatch(kept -> kept.name().equals(field.name()));
            String name = field.name().toLowerCase(Locale.ROOT);
            String sql = added.sql().toLowerCase(Locale.ROOT);
            Pattern awaited =
                    Pattern.compile("\\bupdate\\s+of\\s(?:(?!\\son\\s).)*?\\b" + name + "\\b", Pattern.DOTALL);
            if (gone && (sql.contains('"' + name + '"') || awaited.matcher(sql).find())) {
                throw inTheWay(
                        added.type(), added.name(), "it uses the field '" + field.name() + "'", added.drop(), null);
            }
        }
    }

    private static boolean mentions(String sql, String name) {
        return Pattern.compile("\\b" + Pattern.quote(name) + "\\b", Pattern.CASE_INSENSITIVE)
                .matcher(sql)
                .find();
    }

    static List<String> select(String view) {
        return new ArrayList<>(List.of("select * from " + quoted(view)));
    }

    /** To compile a change is to compile the triggers that it sets off. */
    static List<String> changes(SqliteConnection connection, String table) throws SQLException {
        List<String> all = new ArrayList<>();
        try (ResultSet row = connection.query("select name from pragma_table_info(?)", table)) {
            while (row.next()) {
                String column = quoted(row.getString(1));
                all.add(column + " = " + column);
            }
        }
        return new ArrayList<>(List.of(
                "insert into " + quoted(table) + " default values",
                "update " + quoted(table) + " set " + String.join(", ", all),
                "delete from " + quoted(table)));
    }

    private @Nullable SQLException failure(String probe) {
        try {
            connection.compile(probe);
            return null;
        } catch (SQLException e) {
            return e;
        }
    }

    private SchemaException inTheWay(Added added, SQLException e) {
        return inTheWay(added.type(), added.name(), String.valueOf(e.getMessage()), added.drop(), e);
    }

    private SchemaException inTheWay(String type, String name, String why, String drop, @Nullable SQLException cause) {
        return SchemaChange.inTheWay(wanted, shown, type, name, why, drop, cause);
    }

    static String dropColumns(String table, List<String> columns) {
        StringBuilder sql = new StringBuilder();
        for (String column : columns) {
            sql.append("alter table ")
                    .append(quoted(table))
                    .append(" drop column ")
                    .append(quoted(column))
                    .append("; ");
        }
        return sql.toString().strip();
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
