package dev.pagurus.store.sqlite;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.spi.AppliedMigration;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the catalogue's tables to the version that this release needs: takes the write lock, then reads what was
 * applied, and runs all that is missing with its history in that one transaction. So no half-applied state exists, and of
 * several processes that start at once one applies and the others find it done.
 */
final class SqliteMigrations {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteMigrations.class);

    /** In the order in which they are applied. A file that was released is never edited. */
    private static final List<String> FILES = List.of("0001_catalogue.sql");

    private static final String CREATE_HISTORY = """
            create table if not exists pagurus_migrations (
                version    integer not null primary key,
                name       text    not null,
                sha256     text    not null,
                applied_at integer not null  -- microseconds since the epoch
            ) strict
            """;

    private static final String HISTORY = "select version, name, sha256 from pagurus_migrations order by version";

    private static final String ADD =
            "insert into pagurus_migrations (version, name, sha256, applied_at) values (?, ?, ?, ?)";

    private final SqliteSettings settings;
    private final List<SqliteMigration> migrations;

    SqliteMigrations(SqliteSettings settings) {
        this(settings, FILES.stream().map(SqliteMigration::read).toList());
    }

    SqliteMigrations(SqliteSettings settings, List<SqliteMigration> migrations) {
        this.settings = settings;
        this.migrations = migrations;
    }

    /** Applies what is missing. */
    void run(SqliteWriter writer) {
        writer.write(connection -> {
            requireUtf8(connection);
            connection.run(CREATE_HISTORY);
            int applied = AppliedMigration.count(
                    history(connection),
                    migrations.stream().map(SqliteMigration::applied).toList(),
                    settings.file().shown());
            for (SqliteMigration migration : migrations.subList(applied, migrations.size())) {
                apply(connection, migration);
            }
            return migrations.size() - applied;
        });
    }

    /** Another program may have made the file otherwise, and texts are compared as they are encoded. */
    private void requireUtf8(SqliteConnection connection) throws SQLException {
        try (ResultSet row = connection.query("pragma encoding")) {
            row.next();
            if (!row.getString(1).equals("UTF-8")) {
                throw new ConfigurationException("The database "
                        + settings.file().shown() + " has the encoding "
                        + row.getString(1) + ", in which texts have another order; it must be UTF-8. Nothing was"
                        + " changed. Name another file.");
            }
        }
    }

    private void apply(SqliteConnection connection, SqliteMigration migration) throws SQLException {
        LOG.debug("Applying {} to {}", migration.name(), settings.file().shown());
        try {
            connection.run(migration.sql());
        } catch (SQLException e) {
            throw new MigrationException(
                    "The migration " + migration.name() + " of "
                            + settings.file().shown() + " failed: " + e.getMessage() + " Nothing was changed.",
                    e);
        }
        connection.update(
                ADD, migration.version(), migration.name(), migration.applied().sha256(), settings.nowMicros());
    }

    private static List<AppliedMigration> history(SqliteConnection connection) throws SQLException {
        List<AppliedMigration> history = new ArrayList<>();
        try (ResultSet row = connection.query(HISTORY)) {
            while (row.next()) {
                history.add(new AppliedMigration(row.getInt(1), row.getString(2), row.getString(3)));
            }
        }
        return history;
    }
}
