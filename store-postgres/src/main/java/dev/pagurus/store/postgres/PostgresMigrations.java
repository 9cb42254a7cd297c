package dev.pagurus.store.postgres;

import static dev.pagurus.store.postgres.PostgresNames.literal;
import static dev.pagurus.store.postgres.PostgresNames.quoted;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.MigrationException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the catalogue's tables to the version that this release needs: takes the lock, then reads what was applied, and
 * runs all that is missing with its history in that one transaction. At READ COMMITTED, where the read after the wait sees
 * what the one before us did.
 */
final class PostgresMigrations {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresMigrations.class);

    /** In the order in which they are applied. A file that was released is never edited. */
    private static final List<String> FILES = List.of("0001_catalogue.sql");

    private static final int OLDEST_SERVER = 140_000;

    private final PostgresSettings settings;
    private final PostgresNames names;
    private final List<PostgresMigration> migrations;
    private final String history;

    PostgresMigrations(PostgresSettings settings, PostgresNames names) {
        this(settings, names, FILES.stream().map(PostgresMigration::read).toList());
    }

    PostgresMigrations(PostgresSettings settings, PostgresNames names, List<PostgresMigration> migrations) {
        this.settings = settings;
        this.names = names;
        this.migrations = migrations;
        this.history = names.qualified("pagurus_migrations");
    }

    private record Applied(int version, String name, String sha256) {}

    /** Applies what is missing, and returns the server's version. */
    String run(PostgresPool pool) {
        return pool.with(true, connection -> {
            connection.begin("read committed");
            String version = checkServer(connection);
            connection.query(
                    "select pg_advisory_xact_lock(hashtextextended(?, 0))",
                    List.of("pagurus migrations " + names.schema()),
                    rows -> true);
            prepare(connection);
            int applied = check(history(connection));
            for (PostgresMigration migration : migrations.subList(applied, migrations.size())) {
                apply(connection, migration);
            }
            connection.commit();
            return version;
        });
    }

    private String checkServer(PostgresConnection connection) throws SQLException {
        record Server(int number, String version, String encoding) {}
        Server server = connection.query(
                "select current_setting('server_version_num')::integer, current_setting('server_version'),"
                        + " current_setting('server_encoding')",
                List.of(),
                rows -> {
                    rows.next();
                    return new Server(rows.getInt(1), rows.getString(2), rows.getString(3));
                });
        if (server.number() < OLDEST_SERVER) {
            throw new ConfigurationException("The server of " + settings.shown() + " is PostgreSQL " + server.version()
                    + "; Pagurus needs 14 or newer.");
        }
        if (!server.encoding().equals("UTF8")) {
            throw new ConfigurationException(
                    "The database of " + settings.shown() + " is encoded in " + server.encoding()
                            + ", which cannot hold all text. Create one with: create database ... encoding 'UTF8' template template0.");
        }
        return server.version();
    }

    private void prepare(PostgresConnection connection) throws SQLException {
        boolean there =
                connection.query("select to_regclass(" + literal(history) + ") is not null", List.of(), rows -> {
                    rows.next();
                    return rows.getBoolean(1);
                });
        if (!there) {
            connection.script("create schema if not exists " + quoted(names.schema()));
            connection.script("""
                    create table %s (
                        version    integer not null primary key,
                        name       text    not null,
                        sha256     text    not null,
                        applied_at timestamptz not null default clock_timestamp()
                    )
                    """.formatted(history));
        }
    }

    /** Returns how many of our migrations are applied. */
    private int check(List<Applied> found) {
        if (found.size() > migrations.size()) {
            Applied newest = found.get(found.size() - 1);
            throw refused("was brought to version " + newest.version() + " (" + newest.name()
                    + ") by a newer release of Pagurus; this one knows " + migrations.size()
                    + ". Use the newer release.");
        }
        for (int i = 0; i < found.size(); i++) {
            Applied applied = found.get(i);
            PostgresMigration ours = migrations.get(i);
            if (applied.version() != ours.version()) {
                throw refused("has a gap in its history: version " + ours.version() + " is missing before "
                        + applied.version() + ". Restore a backup.");
            }
            if (!applied.sha256().equals(ours.sha256())) {
                throw refused("was migrated by " + applied.name() + ", which is not the file " + ours.name()
                        + " of this release (their SHA-256 differ). Use the release that made it.");
            }
        }
        return found.size();
    }

    private void apply(PostgresConnection connection, PostgresMigration migration) throws SQLException {
        LOG.debug("Applying {} to {}", migration.name(), settings.shown());
        try {
            connection.script(migration.sqlFor(names));
        } catch (SQLException e) {
            throw new MigrationException(
                    "The migration " + migration.name() + " of " + settings.shown() + " failed: " + e.getMessage()
                            + " Nothing was changed.",
                    e);
        }
        connection.query(
                "insert into " + history + " (version, name, sha256) values (?, ?, ?) returning 1",
                List.of(migration.version(), migration.name(), migration.sha256()),
                rows -> true);
    }

    private List<Applied> history(PostgresConnection connection) throws SQLException {
        return connection.query(
                "select version, name, sha256 from " + history + " order by version", List.of(), rows -> {
                    List<Applied> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(new Applied(rows.getInt(1), rows.getString(2), rows.getString(3)));
                    }
                    return found;
                });
    }

    private MigrationException refused(String why) {
        return new MigrationException("The database " + settings.shown() + " " + why + " Nothing was changed.");
    }
}
