package dev.pagurus.store.postgres.schema;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether a schema is there, and whether the user may create it or tables in it. Asked first: {@code create schema if not
 * exists} wants the right to create schemas even where there is nothing to create.
 *
 * @param started whether our history is there
 */
record PostgresRights(boolean schemaIsThere, boolean suffice, boolean started) {

    /**
     * Asks when it has a lock, in one round trip.
     *
     * @param lock what the lock is called, as a literal
     * @param history the qualified name of our history
     */
    static PostgresRights askUnder(String lock, PostgresConnection connection, String schema, String history)
            throws SQLException {
        return connection.queryAfter(
                "select pg_advisory_xact_lock(hashtextextended(" + lock + ", 0))",
                // Of a schema that is not there, the rights are null.
                "select n.oid is not null,"
                        + " n.oid is null and has_database_privilege(current_database(), 'CREATE')"
                        + " or has_schema_privilege(n.oid, 'USAGE') and has_schema_privilege(n.oid, 'CREATE'),"
                        + " to_regclass(?) is not null"
                        + " from (select ?::text as name) wanted left join pg_namespace n on n.nspname = wanted.name",
                List.of(history, schema),
                rows -> {
                    rows.next();
                    return new PostgresRights(rows.getBoolean(1), rows.getBoolean(2), rows.getBoolean(3));
                });
    }
}
