package dev.pagurus.store.sqlite.schema;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.MigrationException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.sql.SqliteManyIndex;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes with the migration {@code 0005_many.sql}: the values of a many-field, which had a table of their own by document,
 * become a column of the document, and the table is made anew by value, if there is an index.
 */
final class SqliteManyColumns {

    private final SqliteConnection connection;

    SqliteManyColumns(SqliteConnection connection) {
        this.connection = connection;
    }

    /** What is to be done, for the collections that there are. */
    String sql() throws SQLException {
        StringBuilder sql = new StringBuilder();
        for (CollectionDefinition collection : new SqliteCatalogue(connection).plain()) {
            for (FieldDefinition many : collection.manies()) {
                String table = SqliteNames.table(collection);
                String values = quoted(collection.name() + "$" + many.name());
                sql.append("alter table " + table + " add column " + column(many) + ";\n");
                sql.append("""
                        update %1$s set %2$s = (select json_group_array(value) from %3$s where id = %1$s.id)
                            where id in (select id from %3$s);
                        drop table %3$s;
                        """.formatted(table, quoted(many.name()), values));
            }
            for (IndexDefinition index : collection.indexes()) {
                SqliteManyIndex many = SqliteManyIndex.of(collection, index);
                if (many != null) {
                    sql.append(many.create());
                }
            }
        }
        return sql.toString();
    }

    /** Does it. What others have made of the tables that go would be lost or broken without a word. */
    void run(String shown) throws SQLException {
        for (CollectionDefinition collection : new SqliteCatalogue(connection).plain()) {
            for (FieldDefinition many : collection.manies()) {
                refuseUsed(shown, collection.name() + "$" + many.name(), collection.name() + SqliteNames.BY);
            }
        }
        connection.run(sql());
    }

    private void refuseUsed(String shown, String table, String ours) throws SQLException {
        List<String> users = new ArrayList<>();
        try (ResultSet row = connection.query(
                "select type || ' ' || name from sqlite_schema where type <> 'table' and sql is not null"
                        + " and (tbl_name = ? or instr(lower(sql), lower(?)) > 0) and not (type = 'index' and instr(name, ?) = 1)"
                        + " order by 1",
                table,
                table,
                ours)) {
            while (row.next()) {
                users.add(row.getString(1));
            }
        }
        if (!users.isEmpty()) {
            throw new MigrationException(
                    "The table " + table + " of " + shown + " is replaced by this release, and is used by: "
                            + String.join(", ", users)
                            + ". Nothing was changed. Drop that, and make it again of the document's own column,"
                            + " as in json_each(" + table.substring(table.indexOf('$') + 1) + ").",
                    null);
        }
    }

    /** The definitions of columns that stand behind the body, without those that are ours. */
    static String without(CollectionDefinition collection, String columns) {
        String others = columns;
        for (FieldDefinition many : collection.manies()) {
            int at = others.indexOf(column(many));
            if (at >= 0) {
                String before = others.substring(0, at).stripTrailing();
                String behind = others.substring(at + column(many).length()).stripLeading();
                others = before.endsWith(",")
                        ? before.substring(0, before.length() - 1) + behind
                        : before + (behind.startsWith(",") ? behind.substring(1) : behind);
            }
        }
        return others;
    }

    private static String column(FieldDefinition many) {
        return quoted(many.name()) + " " + SqliteStatements.MANY_TYPE;
    }
}
