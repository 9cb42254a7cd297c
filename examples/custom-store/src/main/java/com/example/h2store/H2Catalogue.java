package com.example.h2store;

import dev.pagurus.store.MigrationException;
import dev.pagurus.store.spi.CollectionDefinition;
import java.util.List;

/** The table that knows what collections there are, each with its definition as text. */
final class H2Catalogue {

    /**
     * What made our own tables, in the order in which it is applied. H2 commits each statement that changes a table; so each
     * one can be run again, and is noted down after it. What was released is never edited; what is new goes to the end.
     */
    private static final List<String> MIGRATIONS = List.of("""
            create table if not exists collections (
                name varchar primary key, revision int not null, definition varchar not null)
            """);

    private H2Catalogue() {}

    /** Brings our own tables to the version that this release needs, under the write lock. */
    static void migrate(H2Connection connection) {
        connection.update(
                "create table if not exists migrations (version int primary key, applied_at bigint not null)");
        int applied = connection.first(row -> row.getInt(1), "select count(*) from migrations");
        if (applied > MIGRATIONS.size()) {
            throw new MigrationException("The database " + connection.settings().shown() + " was brought to version "
                    + applied + " by a newer release of the store for H2; this one knows " + MIGRATIONS.size()
                    + ". Nothing was changed. Use the newer release.");
        }
        for (int version = applied + 1; version <= MIGRATIONS.size(); version++) {
            connection.update(MIGRATIONS.get(version - 1));
            connection.update("insert into migrations values (?, ?)", version, connection.nowMicros());
            connection.commit();
        }
    }

    static List<CollectionDefinition> all(H2Connection connection) {
        String sql = "select definition from collections order by name";
        return connection.list(row -> CollectionDefinition.parse(row.getString(1)), sql);
    }

    /** Returns the revision that is stored of a collection; 0 if there is none. */
    static int revision(H2Connection connection, CollectionDefinition collection) {
        String sql = "select revision from collections where name = ?";
        Integer revision = connection.first(row -> row.getInt(1), sql, collection.name());
        return revision == null ? 0 : revision;
    }

    static void put(H2Connection connection, CollectionDefinition definition) {
        String sql = "merge into collections values (?, ?, ?)";
        connection.update(sql, definition.name(), definition.revision(), definition.text());
    }
}
