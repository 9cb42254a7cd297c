package dev.pagurus.store.sqlite.schema;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.sqlite.changes.SqliteFeeds;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.sql.SqliteManyIndex;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Drops collections and gives them other names, inside of one write transaction; readers go on with the old state until it
 * commits.
 */
public final class SqliteRemoval {

    private final SqliteConnection connection;
    private final SqliteTables tables;
    private final SqliteCatalogue catalogue;
    private final String shown;

    public SqliteRemoval(SqliteConnection connection, SqliteTables tables, SqliteSettings settings) {
        this.connection = connection;
        this.tables = tables;
        this.catalogue = new SqliteCatalogue(connection);
        this.shown = settings.file().shown();
    }

    /** Returns whether it was there. */
    public boolean drop(String name) throws SQLException {
        CollectionDefinition stored = catalogue.find(name);
        if (stored == null) {
            return false;
        }
        SqliteBystanders bystanders = new SqliteBystanders(connection, shown, stored);
        bystanders.refuseLost();
        rememberVersions(stored);
        SqliteStatements was = new SqliteStatements(stored);
        for (IndexDefinition index : stored.indexes()) {
            connection.run(was.dropIndex(index));
        }
        connection.run("drop table if exists " + SqliteNames.table(stored));
        catalogue.remove(name);
        SqliteFeeds.end(connection, name);
        bystanders.refuseBroken();
        return true;
    }

    /** A document that is created anew, in a collection that is, gets a version above those that its id had. */
    private void rememberVersions(CollectionDefinition stored) throws SQLException {
        if (typeOf(stored.name()).isEmpty()) {
            // Somebody else has dropped it before.
            return;
        }
        try (ResultSet row = connection.query("select max(version) from " + SqliteNames.table(stored))) {
            long version = row.next() ? row.getLong(1) : 0;
            if (!row.wasNull()) {
                tables.deleted().add(stored, version);
            }
        }
    }

    /** SQLite cannot give an index or a trigger another name, so they are built anew; a many-field's index is a table. */
    public void rename(String name, String newName) throws SQLException {
        CollectionDefinition stored = catalogue.find(name);
        if (stored == null) {
            throw SchemaChange.missing(name, shown);
        }
        CollectionDefinition renamed = stored.named(newName);
        requireFree(name, renamed);
        SqliteStatements was = new SqliteStatements(stored);
        List<String> alterations = new ArrayList<>();
        for (IndexDefinition index : stored.indexes()) {
            SqliteManyIndex many = SqliteManyIndex.of(stored, index);
            connection.run(many == null ? was.dropIndex(index) : many.release());
            if (many != null) {
                alterations.add("alter table " + SqliteNames.index(stored, index) + " rename to "
                        + SqliteNames.index(renamed, index));
            }
        }
        alterations.add("alter table " + quoted(name) + " rename to " + quoted(newName));
        alter(name, alterations);
        SqliteStatements sql = new SqliteStatements(renamed);
        for (IndexDefinition index : renamed.indexes()) {
            SqliteManyIndex many = SqliteManyIndex.of(renamed, index);
            connection.run(many == null ? sql.createIndex(index) : many.keep());
        }
        catalogue.rename(name, newName);
        SqliteFeeds.rename(connection, name, newName);
        tables.deleted().renamed(name, newName);
    }

    /** Views, triggers and foreign keys of others are to follow, which SQLite does if it is not told otherwise. */
    private void alter(String name, List<String> alterations) throws SQLException {
        connection.run("pragma legacy_alter_table = off");
        try {
            for (String alteration : alterations) {
                connection.run(alteration);
            }
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("error in ")) {
                throw e;
            }
            throw new SchemaException(
                    "Collection '" + name + "' of " + shown
                            + " cannot be renamed: a view or trigger, which is not"
                            + " ours, does not work as it is (" + e.getMessage()
                            + "). Nothing was changed. Mend or drop that first.",
                    e);
        } finally {
            connection.run("pragma legacy_alter_table = on");
        }
    }

    private void requireFree(String name, CollectionDefinition renamed) throws SQLException {
        List<String> needed = new ArrayList<>(List.of(renamed.name()));
        renamed.indexes().forEach(index -> needed.add(renamed.name() + SqliteNames.BY + index.name()));
        for (String one : needed) {
            String type = typeOf(one);
            if (!type.isEmpty()) {
                throw SchemaChange.taken(name, type, one, shown);
            }
        }
    }

    /** Returns what has a name; empty if nothing has. */
    private String typeOf(String name) throws SQLException {
        try (ResultSet found = connection.query("select type from sqlite_schema where name = ? collate nocase", name)) {
            return found.next() ? found.getString(1) : "";
        }
    }
}
