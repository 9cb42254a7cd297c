package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the catalogue says of collections, in the state that the connection's transaction sees. */
record JdbcCatalogue(JdbcConnection connection, SqlDialect dialect) {

    List<CollectionDefinition> definitions() {
        List<CollectionDefinition> all =
                connection.list(row -> CollectionDefinition.parse(row.getString(1)), select("definition"));
        // Not by the engine, which may have an order of its own for texts.
        all.sort(Comparator.comparing(CollectionDefinition::name));
        return all;
    }

    @Nullable
    CollectionDefinition definition(String name) {
        return connection.first(
                row -> CollectionDefinition.parse(row.getString(1)), select("definition") + named(), name);
    }

    /** Returns the revision that it has of a collection; null if it has none. */
    @Nullable
    Integer revision(CollectionDefinition collection) {
        return connection.first(row -> row.getInt(1), select("revision") + named(), collection.name());
    }

    /** Refuses an older revision, whose table may still be there for a while after it was replaced. */
    CollectionDefinition current(CollectionDefinition collection) {
        Integer revision = revision(collection);
        if (!Objects.equals(revision, collection.revision())) {
            throw revision == null ? SchemaChange.gone(collection) : SchemaChange.outdated(collection);
        }
        return collection;
    }

    private String select(String column) {
        return "select " + dialect.quoted(column) + " from " + dialect.quoted("collections");
    }

    private String named() {
        return " where " + dialect.quoted("name") + " = ?";
    }
}
