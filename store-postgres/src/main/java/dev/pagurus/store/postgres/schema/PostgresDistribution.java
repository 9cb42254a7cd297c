package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;
import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.postgres.connect.PostgresFacts;
import dev.pagurus.store.postgres.documents.PostgresReads;
import dev.pagurus.store.postgres.sql.PostgresNames;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How Citus, which spreads tables over several servers, has spread ours, by its own catalogue. A schema that is distributed
 * whole lies on one server, where all that is promised holds. Tables that are spread in another way lose transactions
 * without an error: two that touch several servers are not serializable, and readers see half of one. Those are refused.
 *
 * <p>Where Citus is not, nothing is asked: that it is there ({@link PostgresFacts#SPREADS}) is part of statements that are
 * sent anyway.
 */
public final class PostgresDistribution {

    private static final List<String> OWN = List.of(
            "pagurus_migrations",
            "pagurus_collections",
            "pagurus_fields",
            "pagurus_indexes",
            "pagurus_changes",
            "pagurus_feeds",
            "pagurus_change_marks");

    /** Before version 12, Citus distributes no schemas. */
    private static final String NO_SCHEMAS = "(select 0::oid as schemaid, 0 as colocationid where false)";

    private final PostgresNames names;
    private final String shown;

    /**
     * Prepares it.
     *
     * @param shown the database, for messages
     */
    public PostgresDistribution(PostgresNames names, String shown) {
        this.names = names;
        this.shown = shown;
    }

    /** Returns the names of the collections that the catalogue has. */
    public List<String> collections(PostgresReads.Runner runner) throws SQLException {
        return runner.query("select name from " + names.qualified("pagurus_collections"), List.of(), rows -> {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        });
    }

    /**
     * Refuses tables of ours that are spread in another way than with their whole schema.
     *
     * @param spreads what {@link PostgresFacts#SPREADS} has said
     * @param collections which tables are ours, besides those that know of them
     * @return whether the whole schema is distributed
     */
    public boolean isWhole(int spreads, PostgresReads.Runner runner, List<String> collections) throws SQLException {
        if (spreads == 0) {
            return false;
        }
        String[] tables = Stream.concat(OWN.stream(), collections.stream())
                .map(names::qualified)
                .toArray(String[]::new);
        return runner.query(question(spreads), List.of(quoted(names.schema()), tables), rows -> {
            rows.next();
            String table = rows.getString(2);
            if (table != null) {
                throw new ConfigurationException(refusal(table, how(rows)));
            }
            return rows.getBoolean(1);
        });
    }

    /** Gives a row, with a table that is in the way if one is. What Citus knows of and leaves where it is, is not. */
    private static String question(int spreads) {
        return """
                select s.schemaid is not null, t.name, t.partmethod <> 'n', t.repmodel = 't'
                from (select to_regnamespace(?::text)::oid as schemaid) here
                left join %s s on s.schemaid = here.schemaid
                left join (
                    select ours.name, p.partmethod, p.repmodel, p.colocationid
                    from unnest(?::text[]) as ours (name)
                    join pg_catalog.pg_dist_partition p on p.logicalrelid = to_regclass(ours.name)
                ) t on t.partmethod <> 'n' or t.colocationid not in (0, coalesce(s.colocationid, 0))
                order by t.name limit 1
                """.formatted(spreads > 1 ? "pg_catalog.pg_dist_schema" : NO_SCHEMAS);
    }

    private static String how(ResultSet row) throws SQLException {
        if (row.getBoolean(3)) {
            return "distributed by its rows";
        }
        return row.getBoolean(4) ? "copied to every server" : "distributed by itself, and not with its schema";
    }

    private String refusal(String table, String how) {
        return "The table " + table + " in " + shown + " is " + how
                + ", by Citus. There, transactions that touch several"
                + " servers are not serializable, and readers see half of one, without an error. Nothing was changed. Make"
                + " it a table of one server again, with: select undistribute_table(" + literal(table) + "); To use"
                + " several servers, give each store a schema of its own, other than public, and distribute that whole,"
                + " with: select citus_schema_distribute(" + literal(quoted(names.schema())) + ");";
    }
}
