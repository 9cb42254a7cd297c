package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.changes.PostgresLives;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.DeletedVersions;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a collection to a definition. At READ COMMITTED, lock first and then look: a serializable snapshot that was taken
 * before the wait would show the past.
 *
 * <p>The table is changed in place and never exchanged for another: a snapshot that is older than a new table sees it
 * empty. New columns come first, under names of their own, in a short transaction, since that needs the table for a
 * moment. Then one transaction keeps writers out, fills the columns and builds the indexes while readers go on, and at its
 * end takes the table for another moment to drop and rename.
 */
public final class PostgresDefine {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private final PostgresPool pool;
    private final PostgresNames names;
    private final PostgresCatalogue catalogue;
    private final PostgresSettings settings;
    private final CollectionDefinition wanted;
    private final DeletedVersions deleted;
    private final PostgresStatements sql;
    private boolean renewsUnique;
    private long refilled;

    /**
     * Prepares it.
     *
     * @param deleted remembers the versions of documents that are set aside
     */
    public PostgresDefine(
            PostgresPool pool,
            PostgresNames names,
            PostgresSettings settings,
            CollectionDefinition wanted,
            DeletedVersions deleted) {
        this.pool = pool;
        this.names = names;
        this.catalogue = new PostgresCatalogue(names);
        this.settings = settings;
        this.wanted = wanted;
        this.deleted = deleted;
        this.sql = new PostgresStatements(wanted, names, settings.clock() != null);
    }

    /** Does it, and returns how many documents were refilled. */
    public long run(Filler filler) {
        try {
            change(filler);
        } catch (OutcomeUnknownException e) {
            // It may have been lost in the commit.
            if (!isDoneAfter(e)) {
                throw new UnavailableException(
                        lost(e) + " Nothing was changed; call collection() again.", e.getCause());
            }
        }
        return refilled;
    }

    private boolean isDoneAfter(OutcomeUnknownException lost) {
        if (PostgresErrors.isOfStalledConnection(lost)) {
            // To ask would stall, too, and take as long again.
            throw unknown(lost);
        }
        try {
            return PostgresDefineLock.afterwards(pool, names.table(wanted), connection -> {
                CollectionDefinition stored = catalogue.find(connection::query, wanted.name());
                return stored != null && stored.serves(wanted);
            });
        } catch (RuntimeException e) {
            OutcomeUnknownException unknown = unknown(lost);
            unknown.addSuppressed(e);
            throw unknown;
        }
    }

    private OutcomeUnknownException unknown(OutcomeUnknownException lost) {
        return new OutcomeUnknownException(
                lost(lost)
                        + " It may have got there or not, for the database cannot be asked now; call collection()"
                        + " again, which does what is left.",
                lost.getCause());
    }

    private String lost(OutcomeUnknownException lost) {
        return PostgresErrors.lost(lost, settings.shown()) + " while collection '" + wanted.name()
                + "' was brought to revision " + wanted.revision() + ": "
                + (lost.getCause() instanceof SQLException cause ? PostgresErrors.message(cause) : lost.getMessage());
    }

    private void change(Filler filler) {
        boolean done = locked(this::createOrPrepare);
        while (!done) {
            try {
                done = locked((lock, stored) -> finish(lock, stored, filler));
            } catch (OutcomeUnknownException e) {
                // Whoever holds the lock may still do so, and what is left behind is taken away by the next attempt.
                throw e;
            } catch (RuntimeException e) {
                if (!PostgresErrors.isOfLostConnection(e)) {
                    // Else it would take as long again to find out that the others are lost, too.
                    cleanUp(e);
                }
                throw e;
            }
            done = done || locked(this::createOrPrepare);
        }
    }

    private interface Step {
        boolean run(PostgresDefineLock lock, @Nullable CollectionDefinition stored) throws SQLException;
    }

    private boolean locked(Step step) {
        return PostgresDefineLock.with(
                pool,
                settings,
                names.table(wanted),
                lock -> step.run(lock, catalogue.find(lock.connection()::query, wanted.name())));
    }

    /** Creates a new collection, or adds an old one's new columns; true if nothing is left to do. */
    private boolean createOrPrepare(PostgresDefineLock lock, @Nullable CollectionDefinition stored)
            throws SQLException {
        PostgresUpgrade upgrade = new PostgresUpgrade(stored, wanted, names, renewsUnique);
        switch (upgrade.change().kind()) {
            case NONE -> {
                return true;
            }
            case CREATE -> {
                create(lock.connection());
                return true;
            }
            case SHAPE -> {
                // A row of the catalogue, and no lock on the table: who reads and writes does not notice.
                lock.connection().script(catalogue.putShape(wanted));
                return true;
            }
            case UPGRADE -> {
                refuseAdditions(lock.connection(), stored, upgrade);
                String alter = upgrade.prepare(upgrade.freshColumns(lock.connection()));
                // Snapshots that hold the table are waited for here, where writers go on, and not with them kept out.
                lock.exclusively(
                        alter.isEmpty() ? "lock table " + names.table(wanted) + " in access exclusive mode" : alter);
                return false;
            }
        }
        throw new IllegalStateException("There is no such change.");
    }

    private void create(PostgresConnection connection) throws SQLException {
        StringBuilder script = new StringBuilder(sql.createTable()).append(";\n");
        for (IndexDefinition index : wanted.indexes()) {
            script.append(sql.createIndex(index)).append(";\n");
        }
        try {
            connection.script(script.append(catalogued(null)).toString());
        } catch (SQLException e) {
            if (PostgresErrors.isNameTaken(e)) {
                connection.script("rollback");
                connection.begin(PostgresDefineLock.READ_COMMITTED);
                additions(connection).refuseForeign(e);
            }
            throw e;
        }
    }

    /** Changes begin to be kept, or cease to be, with the definition that says so. */
    private String catalogued(@Nullable CollectionDefinition stored) {
        String put = catalogue.put(wanted, settings.nowMicros());
        String life = new PostgresLives(names).change(stored, wanted);
        return life.isEmpty() ? put : put + ";\n" + life;
    }

    private void refuseAdditions(
            PostgresConnection connection, @Nullable CollectionDefinition stored, PostgresUpgrade upgrade)
            throws SQLException {
        additions(connection).refuse(stored, upgrade.change());
    }

    private PostgresAdditions additions(PostgresConnection connection) {
        return new PostgresAdditions(connection, names, settings.shown(), wanted);
    }

    /** Fills, builds and renames; false if the new columns must be made again first. */
    private boolean finish(PostgresDefineLock lock, @Nullable CollectionDefinition stored, Filler filler)
            throws SQLException {
        PostgresUpgrade upgrade = new PostgresUpgrade(stored, wanted, names, renewsUnique);
        if (stored == null || upgrade.change().kind() != SchemaChange.Kind.UPGRADE) {
            // Another process was faster.
            return upgrade.change().kind() == SchemaChange.Kind.NONE;
        }
        PostgresConnection connection = lock.connection();
        if (!upgrade.prepare(upgrade.freshColumns(connection)).isEmpty()) {
            return false;
        }
        connection.script("lock table " + names.table(wanted) + " in share row exclusive mode");
        refuseAdditions(connection, stored, upgrade);
        filler.begin(stored);
        removeExpired(connection, stored);
        PostgresAside away = away(lock, stored, filler);
        try {
            refilled =
                    new PostgresRefill(stored.revision(), wanted, names, upgrade::column, away).run(connection, filler);
        } catch (SQLException e) {
            if (PostgresErrors.isUniqueViolation(e) && !renewsUnique) {
                // Documents may have exchanged their values: what is checked row by row must be filled apart.
                connection.script("rollback");
                renewsUnique = true;
                connection.begin(PostgresDefineLock.READ_COMMITTED);
                return false;
            }
            throw e;
        }
        for (IndexDefinition index : upgrade.change().addedIndexes()) {
            createIndex(connection, index, upgrade);
        }
        lock.exclusively(upgrade.exchange());
        connection.script(catalogued(stored));
        LOG.info(
                "Collection '{}' of {} is at revision {} now, {} documents refilled",
                wanted.name(),
                settings.shown(),
                wanted.revision(),
                refilled);
        return true;
    }

    /** What the old definition says has expired stays so, whatever the new one says. */
    private void removeExpired(PostgresConnection connection, CollectionDefinition stored) throws SQLException {
        if (stored.expiry() == null) {
            return;
        }
        String gone = "delete from " + names.table(stored) + " where " + quoted(stored.expiry()) + " <= "
                + PostgresStatements.time(settings.nowMicros()) + " returning id, version";
        connection.query("with " + PostgresLog.removal(stored, names, gone), List.of(), rows -> {
            rows.next();
            deleted.add(stored, rows.getLong(2));
            return true;
        });
    }

    /** Returns what takes documents away that cannot be filled; null if nothing does. */
    private @Nullable PostgresAside away(PostgresDefineLock lock, CollectionDefinition stored, Filler filler)
            throws SQLException {
        CollectionDefinition aside = filler.aside();
        if (aside == null) {
            return null;
        }
        // Nobody drops or changes it as long as this lasts.
        lock.also(names.table(aside));
        PostgresConnection connection = lock.connection();
        CollectionDefinition there = catalogue.find(connection::query, aside.name());
        if (there == null) {
            new PostgresDefine(pool, names, settings, aside, deleted).create(connection);
        }
        boolean keepsOn = stored.retention() != null && wanted.retention() != null;
        return new PostgresAside(stored, there == null ? aside : there, names, deleted, keepsOn);
    }

    private void createIndex(PostgresConnection connection, IndexDefinition index, PostgresUpgrade upgrade)
            throws SQLException {
        if (index.unique()) {
            String[] two = connection.query(
                    sql.findDuplicates(index, upgrade::column),
                    List.of(),
                    rows -> rows.next() ? new String[] {rows.getString(1), rows.getString(2)} : new String[0]);
            if (two.length > 0) {
                throw SchemaChange.duplicates(wanted, index, two[0], two[1], null);
            }
        }
        connection.script(sql.createIndex(index, PostgresNames.freshIndex(wanted, index), upgrade::column));
    }

    /** Takes new columns away again that will not be filled; another process that needs them makes them anew. */
    private void cleanUp(RuntimeException failure) {
        try {
            locked((lock, stored) -> {
                PostgresUpgrade upgrade = new PostgresUpgrade(stored, wanted, names, false);
                String drop = upgrade.drop(upgrade.freshColumns(lock.connection()));
                if (!drop.isEmpty()) {
                    lock.exclusivelyAtOnce(drop);
                }
                return true;
            });
        } catch (RuntimeException e) {
            LOG.debug("The columns of a failed change of '{}' stay until the next one", wanted.name(), e);
            failure.addSuppressed(e);
        }
    }
}
