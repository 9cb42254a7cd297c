package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The revision that a collection has now, which may be another than the one that a caller knows. */
public final class SqliteRevision {

    public static final String QUERY = "select revision from pagurus_collections where name = ?";

    private SqliteRevision() {}

    /**
     * Refuses a definition that is no longer the collection's.
     *
     * @throws dev.pagurus.store.SchemaException if the catalogue has another revision, or none
     */
    public static void require(SqliteConnection connection, CollectionDefinition collection) throws SQLException {
        try (ResultSet row = connection.query(QUERY, collection.name())) {
            if (!row.next()) {
                throw SchemaChange.gone(collection);
            }
            if (row.getInt(1) != collection.revision()) {
                throw SchemaChange.outdated(collection);
            }
        }
    }
}
