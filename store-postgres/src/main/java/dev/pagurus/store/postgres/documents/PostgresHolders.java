package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresConditions;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Documents that have expired and hold what a write asks for. They are looked for only when a write was refused. */
record PostgresHolders(PostgresTables tables, PostgresNames names, PostgresInstant instant) {

    /** Removes them in the transaction that is open, and returns whether there were any. */
    boolean giveWay(PostgresConnection connection, Write write) throws SQLException {
        CollectionDefinition collection = write.collection();
        if (collection.expiry() == null || !(write.content() instanceof Content.Body body)) {
            return false;
        }
        List<Condition> held = new ArrayList<>();
        held.add(new Condition.Compare("id", Condition.Operator.EQ, write.id()));
        for (IndexDefinition index : collection.indexes()) {
            Condition collision = collection.collision(index, write.id(), body.values());
            if (collision != null) {
                held.add(collision);
            }
        }
        boolean any = false;
        for (Condition one : held) {
            // One by one, for an "or" might be looked for in the whole table.
            any |= remove(connection, collection, one);
        }
        return any;
    }

    private boolean remove(PostgresConnection connection, CollectionDefinition collection, Condition held)
            throws SQLException {
        Sql where = new Sql();
        new PostgresConditions(collection, where).append(held);
        String gone = "delete from " + names.table(collection) + " where " + where.text() + " and "
                + instant.expired(collection) + " returning id, version";
        Sql sql = new Sql("with " + PostgresLog.removal(collection, names, gone), where.values());
        try {
            return connection.query(sql.text(), sql.values(), rows -> {
                rows.next();
                if (rows.getLong(1) > 0) {
                    tables.deleted().add(collection, rows.getLong(2));
                }
                return rows.getLong(1) > 0;
            });
        } catch (SQLException e) {
            PostgresErrors.refuseGone(e, collection);
            throw e;
        }
    }
}
