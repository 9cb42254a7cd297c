package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.UnavailableException;
import java.sql.SQLException;
import java.util.List;

/**
 * What a server says about itself and the session.
 *
 * @param number its version as a number, such as 180006
 * @param version its version, such as {@code 18.6}
 * @param standby whether it follows another server
 * @param encrypted whether what goes to it is encrypted, by TLS
 * @param durable whether what it has confirmed outlives its crash
 * @param spreads what {@link #SPREADS} says
 * @param distributed whether our whole schema is distributed, by what spreads tables
 */
public record PostgresFacts(
        int number,
        String version,
        String encoding,
        boolean standby,
        String user,
        boolean encrypted,
        boolean durable,
        int spreads,
        boolean distributed) {

    /**
     * An expression: 0 where no extension spreads tables over several servers. It is 1 where Citus does, and 2 where it can
     * distribute schemas too. A part of statements that are sent anyway: to find the names of its catalogue takes
     * microseconds.
     */
    public static final String SPREADS = "(to_regclass('pg_catalog.pg_dist_partition') is not null)::integer"
            + " + (to_regclass('pg_catalog.pg_dist_schema') is not null)::integer";

    private static final int OLDEST = 140_000;

    public static PostgresFacts ask(PostgresConnection connection) throws SQLException {
        return connection.query(
                "select current_setting('server_version_num')::integer, current_setting('server_version'),"
                        + " current_setting('server_encoding'), pg_is_in_recovery(), current_user,"
                        + " exists (select from pg_stat_ssl where pid = pg_backend_pid() and ssl),"
                        + " current_setting('fsync') = 'on' and current_setting('synchronous_commit') <> 'off', "
                        + SPREADS,
                List.of(),
                rows -> {
                    rows.next();
                    return new PostgresFacts(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getBoolean(4),
                            rows.getString(5),
                            rows.getBoolean(6),
                            rows.getBoolean(7),
                            rows.getInt(8),
                            false);
                });
    }

    /** Returns the same with whether our whole schema is distributed. */
    public PostgresFacts with(boolean whole) {
        return new PostgresFacts(number, version, encoding, standby, user, encrypted, durable, spreads, whole);
    }

    /** Refuses a server on which the store cannot keep its promises. */
    public void check(String shown) {
        if (number < OLDEST) {
            throw new ConfigurationException("The server of " + shown + " is PostgreSQL " + version
                    + "; Pagurus needs 14 or newer. Upgrade the server, or name another one.");
        }
        if (!encoding.equals("UTF8")) {
            throw new ConfigurationException("The database of " + shown + " is encoded in " + encoding
                    + ", which cannot hold all text. Make one with: create database name encoding 'UTF8' template"
                    + " template0.");
        }
        if (standby) {
            throw new UnavailableException("The server of " + shown + " is a standby, which is read-only. Nothing was"
                    + " changed; name the primary, or all hosts (host-a,host-b), of which the primary is taken.");
        }
    }
}
