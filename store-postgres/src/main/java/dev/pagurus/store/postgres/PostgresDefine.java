package dev.pagurus.store.postgres;

import static dev.pagurus.store.postgres.PostgresNames.literal;
import static dev.pagurus.store.postgres.PostgresNames.quoted;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a collection to a definition. At READ COMMITTED, lock first and then look: a serializable snapshot that was taken
 * before the wait would show the past.
 *
 * <p>The table is changed in place and never exchanged for another: a snapshot that is older than a new table sees it
 * empty. New columns come first, under names of their own, in a short transaction, since that needs the table for a
 * moment. Then one transaction keeps writers out, fills the columns while readers go on, and at its end takes the table
 * for another moment to drop and rename.
 */
final class PostgresDefine {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private static final String READ_COMMITTED = "read committed";
    private static final int PROGRESS_EVERY = 100_000;
    private static final int BATCH = 500;

    private final PostgresPool pool;
    private final PostgresNames names;
    private final PostgresCatalogue catalogue;
    private final PostgresSettings settings;
    private final CollectionDefinition wanted;
    private final PostgresStatements sql;

    PostgresDefine(PostgresPool pool, PostgresNames names, PostgresSettings settings, CollectionDefinition wanted) {
        this.pool = pool;
        this.names = names;
        this.catalogue = new PostgresCatalogue(names);
        this.settings = settings;
        this.wanted = wanted;
        this.sql = new PostgresStatements(wanted, names);
    }

    void run(Filler filler) {
        boolean more = locked(this::createOrPrepare);
        if (more) {
            locked((connection, stored) -> finish(connection, stored, filler));
        }
    }

    private interface Step {
        boolean run(PostgresConnection connection, @Nullable CollectionDefinition stored) throws SQLException;
    }

    private boolean locked(Step step) {
        return pool.with(true, connection -> {
            connection.begin(READ_COMMITTED);
            connection.query(
                    "select pg_advisory_xact_lock(hashtextextended(?, 0))",
                    List.of("pagurus " + names.table(wanted)),
                    rows -> true);
            boolean result = step.run(connection, catalogue.find(connection::query, wanted.name()));
            connection.commit();
            return result;
        });
    }

    /** Creates a new collection, or adds an old one's new columns; true if that has to be finished. */
    private boolean createOrPrepare(PostgresConnection connection, @Nullable CollectionDefinition stored)
            throws SQLException {
        SchemaChange change = SchemaChange.between(stored, wanted);
        if (change.kind() == SchemaChange.Kind.NONE) {
            return false;
        }
        if (change.kind() == SchemaChange.Kind.CREATE) {
            refuseForeign(connection);
            connection.script(sql.createTable());
            for (IndexDefinition index : wanted.indexes()) {
                connection.script(sql.createIndex(index));
            }
            catalogue.put(connection, wanted, settings.nowMicros());
            return false;
        }
        if (!change.addedFields().isEmpty()) {
            connection.script("alter table " + names.table(wanted) + " "
                    + change.addedFields().stream()
                            .map(field -> "drop column if exists " + quoted(fresh(field.name())) + ", add column "
                                    + PostgresStatements.column(fresh(field.name()), field.kind()))
                            .collect(Collectors.joining(", ")));
        }
        return true;
    }

    private void refuseForeign(PostgresConnection connection) throws SQLException {
        boolean foreign = connection.query(
                "select to_regclass(" + literal(names.table(wanted)) + ") is not null", List.of(), rows -> {
                    rows.next();
                    return rows.getBoolean(1);
                });
        if (foreign) {
            throw new SchemaException("There is a table or view '" + wanted.name() + "' in schema " + names.schema()
                    + " of "
                    + settings.shown() + " already, which is not a collection of Pagurus. Nothing was changed. Choose"
                    + " another name for the collection, or another schema.");
        }
    }

    private boolean finish(PostgresConnection connection, @Nullable CollectionDefinition stored, Filler filler)
            throws SQLException {
        SchemaChange change = SchemaChange.between(stored, wanted);
        if (stored == null || change.kind() != SchemaChange.Kind.UPGRADE) {
            return false;
        }
        String table = names.table(wanted);
        connection.script("lock table " + table + " in share row exclusive mode");
        long documents = refill(connection, change, filler);
        List<String> steps = new ArrayList<>();
        change.droppedIndexes()
                .forEach(index -> steps.add("drop index " + names.qualified(PostgresNames.index(stored, index))));
        change.droppedFields()
                .forEach(field -> steps.add("alter table " + table + " drop column " + quoted(field.name())));
        change.addedFields()
                .forEach(field -> steps.add("alter table " + table + " rename column " + quoted(fresh(field.name()))
                        + " to " + quoted(field.name())));
        steps.add("alter index " + names.qualified(PostgresNames.primaryKey(stored)) + " rename to "
                + quoted(PostgresNames.primaryKey(wanted)));
        connection.script(String.join(";", steps));
        for (IndexDefinition index : change.addedIndexes()) {
            createIndex(connection, index);
        }
        catalogue.put(connection, wanted, settings.nowMicros());
        LOG.info(
                "Collection '{}' of {} is at revision {} now, {} documents refilled",
                wanted.name(),
                settings.shown(),
                wanted.revision(),
                documents);
        return true;
    }

    private long refill(PostgresConnection connection, SchemaChange change, Filler filler) throws SQLException {
        if (wanted.fields().isEmpty()) {
            return 0;
        }
        List<String> added =
                change.addedFields().stream().map(FieldDefinition::name).toList();
        String update = "update " + names.table(wanted) + " set "
                + wanted.fields().stream()
                        .map(field -> quoted(added.contains(field.name()) ? fresh(field.name()) : field.name())
                                + " = ?::" + PostgresStatements.type(field.kind()))
                        .collect(Collectors.joining(", "))
                + " where id = ? returning 1";
        String select = "select id, body from " + names.table(wanted) + " where id > ? order by id limit " + BATCH;
        long done = 0;
        String last = "";
        while (true) {
            record Old(String id, String body) {}
            List<Old> batch = connection.query(select, List.of(last), rows -> {
                List<Old> found = new ArrayList<>();
                while (rows.next()) {
                    found.add(new Old(rows.getString(1), rows.getString(2)));
                }
                return found;
            });
            for (Old old : batch) {
                List<@Nullable Object> values = new ArrayList<>();
                PostgresWrites.addFields(new Content.Body(old.body(), filler.fill(old.id(), old.body())), values);
                values.add(old.id());
                connection.query(update, values, rows -> true);
            }
            done += batch.size();
            if (batch.size() < BATCH) {
                return done;
            }
            last = batch.get(batch.size() - 1).id();
            if (done % PROGRESS_EVERY == 0) {
                LOG.info("Collection '{}': {} documents refilled", wanted.name(), done);
            }
        }
    }

    private void createIndex(PostgresConnection connection, IndexDefinition index) throws SQLException {
        if (index.unique()) {
            String[] two = connection.query(
                    sql.findDuplicates(index),
                    List.of(),
                    rows -> rows.next() ? new String[] {rows.getString(1), rows.getString(2)} : new String[0]);
            if (two.length > 0) {
                throw new SchemaException(
                        "Collection '" + wanted.name() + "' cannot have the unique index '" + index.name()
                                + "': the documents '" + two[0] + "' and '" + two[1]
                                + "' have the same values. Nothing was changed. Change one of them first.");
            }
        }
        connection.script(sql.createIndex(index));
    }

    /** No field can have this name. */
    private static String fresh(String field) {
        return field + "$new";
    }
}
