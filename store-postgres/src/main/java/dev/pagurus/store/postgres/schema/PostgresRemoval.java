package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;
import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.postgres.changes.PostgresLives;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops collections and gives them other names, under the lock of definitions. Both need the whole table for a moment, and
 * wait for whoever reads it.
 */
public final class PostgresRemoval {

    private final PostgresPool pool;
    private final PostgresNames names;
    private final PostgresTables tables;
    private final PostgresCatalogue catalogue;
    private final PostgresLives lives;
    private final PostgresSettings settings;

    public PostgresRemoval(PostgresPool pool, PostgresNames names, PostgresTables tables, PostgresSettings settings) {
        this.pool = pool;
        this.names = names;
        this.tables = tables;
        this.catalogue = new PostgresCatalogue(names);
        this.lives = new PostgresLives(names);
        this.settings = settings;
    }

    /** Returns whether it was there. */
    public boolean drop(String name) {
        return PostgresDefineLock.with(pool, settings, names.qualified(name), lock -> {
            PostgresConnection connection = lock.connection();
            @Nullable CollectionDefinition stored = catalogue.find(connection::query, name);
            if (stored == null) {
                return false;
            }
            if (!isThere(connection, name)) {
                // Somebody else has dropped the table before.
                connection.script(catalogue.remove(name) + ";\n" + lives.end(name));
                return true;
            }
            String table = names.table(stored);
            new PostgresAdditions(connection, names, settings.shown(), stored).refuseDrop();
            rememberVersions(connection, stored);
            try {
                lock.exclusively("lock table " + table + " in access exclusive mode;drop table " + table);
            } catch (SQLException e) {
                if (!PostgresErrors.isDependedOn(e)) {
                    throw e;
                }
                throw new SchemaException(
                        "Collection '" + name + "' of " + settings.shown()
                                + " cannot be dropped: something that is not ours"
                                + " depends on its table. " + PostgresErrors.message(e)
                                + " Nothing was changed. Drop that first.",
                        e);
            }
            connection.script(catalogue.remove(name) + ";\n" + lives.end(name));
            return true;
        });
    }

    /** A document that is created anew, in a collection that is, gets a version above those that its id had. */
    private void rememberVersions(PostgresConnection connection, CollectionDefinition stored) throws SQLException {
        connection.query("select max(version) from " + names.table(stored), List.of(), rows -> {
            rows.next();
            long version = rows.getLong(1);
            if (!rows.wasNull()) {
                tables.deleted().add(stored, version);
            }
            return true;
        });
    }

    public void rename(String name, String newName) {
        PostgresDefineLock.with(pool, settings, names.qualified(name), lock -> {
            lock.also(names.qualified(newName));
            PostgresConnection connection = lock.connection();
            @Nullable CollectionDefinition stored = catalogue.find(connection::query, name);
            if (stored == null) {
                throw SchemaChange.missing(name, settings.shown());
            }
            if (isThere(connection, newName)) {
                throw SchemaChange.taken(name, "table or view", newName, settings.shown());
            }
            try {
                lock.exclusively(script(stored, stored.named(newName)));
            } catch (SQLException e) {
                if (!PostgresErrors.isNameTaken(e)) {
                    throw e;
                }
                throw new SchemaException(
                        "Collection '" + name + "' of " + settings.shown() + " cannot be renamed: "
                                + PostgresErrors.message(e) + " Nothing was changed. Choose another name.",
                        e);
            }
            connection.script(catalogue.rename(name, newName) + ";\n" + lives.rename(name, newName));
            return true;
        });
        tables.deleted().renamed(name, newName);
    }

    private String script(CollectionDefinition stored, CollectionDefinition renamed) {
        String table = names.table(stored);
        List<String> steps = new ArrayList<>();
        steps.add("lock table " + table + " in access exclusive mode");
        for (IndexDefinition index : stored.indexes()) {
            // One may have been dropped by an administrator.
            steps.add("alter index if exists " + names.qualified(PostgresNames.index(stored, index)) + " rename to "
                    + quoted(PostgresNames.index(renamed, index)));
        }
        steps.add("alter index " + names.qualified(PostgresNames.primaryKey(stored)) + " rename to "
                + quoted(PostgresNames.primaryKey(renamed)));
        steps.add("alter table " + table + " rename to " + quoted(renamed.name()));
        return String.join(";", steps);
    }

    private boolean isThere(PostgresConnection connection, String name) throws SQLException {
        return connection.query(
                "select to_regclass(" + literal(names.qualified(name)) + ") is not null", List.of(), rows -> {
                    rows.next();
                    return rows.getBoolean(1);
                });
    }
}
