package dev.pagurus.store.sqlite.schema;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.spi.AppliedMigration;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import java.nio.file.Files;
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
public final class SqliteMigrations {

    /** Which one is about collections, so that {@link SqliteManyColumns} goes with it. */
    private static final int MANY = 5;

    private static final Logger LOG = LoggerFactory.getLogger(SqliteMigrations.class);

    /** In the order in which they are applied, with their SHA-256. A file that was released is never edited. */
    public static final List<SqliteMigration> FILES = List.of(
            SqliteMigration.released(
                    1, "0001_catalogue.sql", "b1932fe7de51137e26952ce50ba939329407383ed42ec45014358d7d122ab48c"),
            SqliteMigration.released(
                    2, "0002_shape.sql", "a5ab6c30145619af9d103a19258453e71a55531f1b59c9aefbf93193400716af"),
            SqliteMigration.released(
                    3, "0003_changes.sql", "45ca37daee7c28271cbff3b50a4ea575925956d782024b052aa8bd7d605e3abf"),
            SqliteMigration.released(
                    4, "0004_log.sql", "3339b5daa9ac2a56a73b617dfc36d45d143fa8b0e6a7800a3837c0eb10dae5b3"),
            SqliteMigration.released(
                    MANY, "0005_many.sql", "bc238515012953939d7d7a91c429911cad2f53c99543c430bcd857ff696a6fb5"),
            SqliteMigration.released(
                    6, "0006_expiry.sql", "5f85f195f10d8e71c38427d0f6916b626722daba5950a561a486ec7cab413122"));

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

    public SqliteMigrations(SqliteSettings settings) {
        this(settings, FILES);
    }

    public SqliteMigrations(SqliteSettings settings, List<SqliteMigration> migrations) {
        this.settings = settings;
        this.migrations = migrations;
    }

    /** Applies what is missing, in the write transaction that is open. */
    public void run(SqliteConnection connection) throws SQLException {
        requireUtf8(connection);
        connection.run(CREATE_HISTORY);
        int applied = applied(history(connection));
        for (SqliteMigration migration : migrations.subList(applied, migrations.size())) {
            apply(connection, migration);
        }
    }

    /** Refuses a database in which something is missing, and does not even make it a write-ahead log. */
    public void validate(SqliteErrors errors) {
        String shown = settings.file().shown();
        if (!Files.exists(settings.file().path())) {
            throw new ConfigurationException(
                    "There is no file " + settings.file().shownPath() + ", and none is made with"
                            + " migrate=validate. Correct the path of " + shown + ".");
        }
        try (SqliteConnection connection =
                SqliteConnection.open(settings, (int) settings.timeout().toMillis(), true)) {
            requireUtf8(connection);
            int applied = applied(historyIsThere(connection) ? history(connection) : List.of());
            if (applied < migrations.size()) {
                throw new MigrationException(
                        "The database " + shown + " is at version " + applied
                                + " of our own tables, this release needs "
                                + migrations.size()
                                + ", and the option migrate is validate. Nothing was changed. Open it"
                                + " once without the option, or run the SQL that this exception brings.",
                        null,
                        sql(connection, applied));
            }
        } catch (SQLException e) {
            throw errors.of(e);
        }
    }

    private int applied(List<AppliedMigration> history) {
        List<AppliedMigration> known = new ArrayList<>();
        for (SqliteMigration migration : migrations) {
            known.add(migration.applied());
        }
        return AppliedMigration.count(history, known, settings.file().shown());
    }

    /** What is missing, for somebody else to run. */
    private String sql(SqliteConnection connection, int applied) throws SQLException {
        StringBuilder sql = new StringBuilder("begin immediate;\n\n" + CREATE_HISTORY.strip() + ";\n\n");
        for (SqliteMigration migration : migrations.subList(applied, migrations.size())) {
            sql.append(
                    "-- %s\n%s\n\n".formatted(migration.name(), migration.sql().strip()));
            if (migration.version() == MANY && applied > 0) {
                sql.append(new SqliteManyColumns(connection).sql()).append('\n');
            }
            sql.append("""
                    insert into pagurus_migrations (version, name, sha256, applied_at)
                    values (%s, '%s', '%s', cast(strftime('%%s', 'now') as integer) * 1000000);

                    """.formatted(
                    migration.version(), migration.name(), migration.applied().sha256()));
        }
        return sql.append("commit;\n").toString();
    }

    private static boolean historyIsThere(SqliteConnection connection) throws SQLException {
        try (ResultSet row =
                connection.query("select 1 from sqlite_schema where type = 'table' and name = 'pagurus_migrations'")) {
            return row.next();
        }
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
            if (migration.version() == MANY) {
                new SqliteManyColumns(connection).run(settings.file().shown());
            }
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
