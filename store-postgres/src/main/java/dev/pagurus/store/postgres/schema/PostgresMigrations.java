package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;
import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresFacts;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.AppliedMigration;
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
public final class PostgresMigrations {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresMigrations.class);

    /** In the order in which they are applied, with their SHA-256. A file that was released is never edited. */
    public static final List<PostgresMigration> FILES = List.of(
            PostgresMigration.released(
                    1, "0001_catalogue.sql", "c2210d23a2271e5c3c97adf891036abc3e90f3acaca0159868886e06b79c0bad"),
            PostgresMigration.released(
                    2, "0002_shape.sql", "142e16c44c4168a9059ed0c6a950a5d14663d65d75bf2381c5dc8be10b483f25"),
            PostgresMigration.released(
                    3, "0003_changes.sql", "82daee25a05ddff09b8bc78185ee9890bf5777273581fa6f3053efeeaeb2e7f9"),
            PostgresMigration.released(
                    4, "0004_expiry.sql", "dea2e01181a041573985b89d720a6d00558389612e7517b3e499619c5e60020a"));

    private final PostgresSettings settings;
    private final PostgresNames names;
    private final List<PostgresMigration> migrations;
    private final String history;
    private final String catalogue;

    public PostgresMigrations(PostgresSettings settings, PostgresNames names) {
        this(settings, names, FILES);
    }

    public PostgresMigrations(PostgresSettings settings, PostgresNames names, List<PostgresMigration> migrations) {
        this.settings = settings;
        this.names = names;
        this.migrations = migrations;
        this.history = names.qualified("pagurus_migrations");
        this.catalogue = names.qualified("pagurus_collections") + ", " + names.qualified("pagurus_fields") + ", "
                + names.qualified("pagurus_indexes");
    }

    /** Applies what is missing, on the pool's first connection, and returns what the server says about itself. */
    public PostgresFacts run(PostgresPool pool) {
        try {
            return migrate(pool);
        } catch (OutcomeUnknownException e) {
            throw new UnavailableException(
                    PostgresErrors.lost(e, settings.shown()) + " while it was opened: "
                            + (e.getCause() instanceof SQLException cause
                                    ? PostgresErrors.message(cause)
                                    : e.getMessage())
                            + " Our own tables are as they were or as they shall be; open it again.",
                    e.getCause());
        }
    }

    private PostgresFacts migrate(PostgresPool pool) {
        return pool.withFirst(connection -> {
            connection.begin("read committed");
            PostgresFacts facts = PostgresFacts.ask(connection);
            facts.check(settings.shown());
            PostgresRights rights = PostgresRights.askUnder(
                    literal("pagurus migrations " + names.schema()), connection, names.schema(), history);
            int applied = AppliedMigration.count(
                    rights.started() ? history(connection) : List.of(), known(), settings.shown());
            boolean distributed = new PostgresDistribution(names, settings.shown())
                    .isWhole(facts.spreads(), connection::query, collections(connection, facts, applied));
            if (distributed) {
                // Citus begins its transactions on the server of our tables as ours say, and not as our session's
                // defaults.
                pool.sayIsolation();
            }
            if (applied < migrations.size()) {
                List<Step> steps = steps(rights, applied);
                if (settings.migrate() == PostgresSettings.Migrate.VALIDATE) {
                    String why = "is at version " + applied + " of our own tables, this release needs "
                            + migrations.size() + ", and the option migrate is validate";
                    throw new MigrationException(toBeRun(why, steps, facts), null, sql(steps, facts));
                }
                if (!rights.suffice()) {
                    throw new ConfigurationException(toBeRun(
                            "needs our own tables, which the user " + facts.user() + " may not create", steps, facts));
                }
                apply(connection, steps, facts, applied > 0);
            }
            connection.commit();
            return facts.with(distributed);
        });
    }

    private List<String> collections(PostgresConnection connection, PostgresFacts facts, int applied)
            throws SQLException {
        return facts.spreads() == 0 || applied == 0
                ? List.of()
                : new PostgresDistribution(names, settings.shown()).collections(connection::query);
    }

    private List<AppliedMigration> known() {
        List<AppliedMigration> known = new ArrayList<>();
        for (PostgresMigration migration : migrations) {
            known.add(migration.applied());
        }
        return known;
    }

    /** A part of what is missing. */
    private record Step(String name, String sql) {}

    private List<Step> steps(PostgresRights rights, int applied) {
        List<Step> steps = new ArrayList<>();
        if (!rights.schemaIsThere()) {
            steps.add(new Step("the schema", "create schema " + quoted(names.schema()) + ";\n\n"));
        }
        if (!rights.started()) {
            steps.add(new Step("the history", """
                    create table %s (
                        version    integer not null primary key,
                        name       text    not null,
                        sha256     text    not null,
                        applied_at timestamptz not null default clock_timestamp()
                    );

                    """.formatted(history)));
        }
        for (PostgresMigration migration : migrations.subList(applied, migrations.size())) {
            steps.add(new Step(
                    migration.name(),
                    "-- " + migration.name() + "\n" + migration.sqlFor(names).strip() + "\n\n"
                            + "insert into %s (version, name, sha256) values (%s, %s, %s);\n\n"
                                    .formatted(
                                            history,
                                            migration.version(),
                                            literal(migration.name()),
                                            literal(migration.applied().sha256()))));
        }
        return steps;
    }

    private String toBeRun(String why, List<Step> steps, PostgresFacts facts) {
        return instructions().message(why, sql(steps, facts));
    }

    private String sql(List<Step> steps, PostgresFacts facts) {
        return instructions().sql(steps.stream().map(Step::sql).toList(), facts.user());
    }

    private PostgresInstructions instructions() {
        return new PostgresInstructions(settings.shown(), names);
    }

    /**
     * Runs what is missing.
     *
     * @param inUse whether our tables are there, and so may be in use by processes of an older release: they are asked for in
     *     short attempts, so that nobody queues behind a change that waits for the longest of their transactions
     */
    private void apply(PostgresConnection connection, List<Step> steps, PostgresFacts facts, boolean inUse)
            throws SQLException {
        boolean unlocked = inUse;
        for (Step step : steps) {
            LOG.debug("Applying {} to {}", step.name(), settings.shown());
            try {
                if (unlocked) {
                    PostgresDefineLock.exclusively(
                            connection, settings, "lock table " + catalogue + " in access exclusive mode");
                    unlocked = false;
                }
                connection.script(step.sql());
            } catch (SQLException e) {
                if (PostgresErrors.isRightMissing(e)) {
                    String why = "needs our own tables, which the user " + facts.user() + " may not change ("
                            + PostgresErrors.message(e) + ")";
                    throw new ConfigurationException(toBeRun(why, steps, facts), e);
                }
                if (isOfTheServer(e)) {
                    throw e;
                }
                throw new MigrationException(
                        "The migration " + step.name() + " of " + settings.shown() + " failed: "
                                + PostgresErrors.message(e)
                                + " Nothing was changed; start the release that worked, and report this.",
                        e);
            }
        }
    }

    /** Says whether it failed for reasons that have nothing to do with the file: connection, locks, resources, read-only. */
    private static boolean isOfTheServer(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return List.of("08", "25", "40", "53", "55", "57").stream().anyMatch(state::startsWith);
    }

    private List<AppliedMigration> history(PostgresConnection connection) throws SQLException {
        try {
            return connection.query(
                    "select version, name, sha256 from " + history + " order by version", List.of(), rows -> {
                        List<AppliedMigration> found = new ArrayList<>();
                        while (rows.next()) {
                            found.add(new AppliedMigration(rows.getInt(1), rows.getString(2), rows.getString(3)));
                        }
                        return found;
                    });
        } catch (SQLException e) {
            if ("42703".equals(e.getSQLState())) {
                throw new MigrationException(
                        "The database " + settings.shown() + " has something called " + history + " that is not ours: "
                                + PostgresErrors.message(e)
                                + " Nothing was changed. Choose another schema with the option schema.",
                        e);
            }
            throw e;
        }
    }
}
