package dev.pagurus.store.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Tables of the names and shapes of Citus' own catalogue, on a server without Citus: what is written down in them is what a
 * store finds out, though no table is anywhere else for it.
 */
final class CitusCatalogue {

    /** As version 12 and later ones have them. */
    private static final String TABLES = """
            set allow_system_table_mods = on;
            create table pg_catalog.pg_dist_partition (
                logicalrelid  regclass not null primary key,
                partmethod    "char"   not null,
                partkey       text,
                colocationid  integer  not null default 0,
                repmodel      "char"   not null default 's',
                autoconverted boolean  not null default false
            );
            create table pg_catalog.pg_dist_schema (
                schemaid     oid     not null primary key,
                colocationid integer not null unique
            );
            grant select on pg_catalog.pg_dist_partition, pg_catalog.pg_dist_schema to public;
            reset allow_system_table_mods""";

    private CitusCatalogue() {}

    static void create(Connection connection) throws SQLException {
        run(connection, TABLES);
    }

    /** As versions before 12 have it. */
    static void createWithoutSchemas(Connection connection) throws SQLException {
        create(connection);
        run(connection, "set allow_system_table_mods = on; drop table pg_catalog.pg_dist_schema");
    }

    /** What {@code citus_schema_distribute} writes down of a schema and the tables that it has. */
    static void distributeSchema(Connection connection, String schema) throws SQLException {
        run(
                connection,
                "insert into pg_dist_schema select '" + schema + "'::regnamespace,"
                        + " 1 + (select count(*) from pg_dist_schema)");
        run(
                connection,
                "insert into pg_dist_partition (logicalrelid, partmethod, colocationid) select c.oid, 'n', s.colocationid"
                        + " from pg_class c join pg_dist_schema s on s.schemaid = c.relnamespace where c.relkind = 'r'"
                        + " and c.relnamespace = '" + schema + "'::regnamespace");
    }

    /** What {@code create_distributed_table(table, 'id')} writes down. */
    static void distributeRows(Connection connection, String table) throws SQLException {
        put(connection, table, "'h', '{VAR}', 7, 's'");
    }

    /** What {@code create_distributed_table(table, null)} writes down. */
    static void distributeAlone(Connection connection, String table) throws SQLException {
        put(connection, table, "'n', null, 8, 's'");
    }

    /** What {@code create_reference_table(table)} writes down. */
    static void copyEverywhere(Connection connection, String table) throws SQLException {
        put(connection, table, "'n', null, 9, 't'");
    }

    /** What {@code citus_add_local_table_to_metadata(table)} writes down. */
    static void leave(Connection connection, String table) throws SQLException {
        put(connection, table, "'n', null, 0, 's'");
    }

    private static void put(Connection connection, String table, String values) throws SQLException {
        forget(connection);
        run(
                connection,
                "insert into pg_dist_partition (logicalrelid, partmethod, partkey, colocationid, repmodel) values ('"
                        + table + "', " + values + ")");
    }

    /** What undoing all that leaves. */
    static void forget(Connection connection) throws SQLException {
        run(connection, "delete from pg_dist_partition");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
