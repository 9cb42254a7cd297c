package dev.pagurus.store.sqlite.schema;

import static dev.pagurus.store.sqlite.sql.SqliteNames.quoted;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.SetAside;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.sqlite.changes.SqliteChangeLog;
import dev.pagurus.store.sqlite.changes.SqliteFeeds;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.documents.SqliteWrites;
import dev.pagurus.store.sqlite.sql.SqliteNames;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a collection to a definition, inside of one write transaction; readers go on with the old state until it
 * commits.
 *
 * <p>A new revision is written into new tables: every document is refilled anyway, and its row would be rewritten for a
 * new column; so the columns stand in the declared order with the body last, however often the schema changes.
 */
public final class SqliteDefine {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    /** So many documents take about a second. */
    private static final int PROGRESS_EVERY = 100_000;

    private final SqliteConnection connection;
    private final SqliteTables tables;
    private final SqliteSettings settings;
    private final CollectionDefinition wanted;
    private final SqliteStatements sql;

    public SqliteDefine(
            SqliteConnection connection, SqliteTables tables, SqliteSettings settings, CollectionDefinition wanted) {
        this.connection = connection;
        this.tables = tables;
        this.settings = settings;
        this.wanted = wanted;
        this.sql = new SqliteStatements(wanted);
    }

    /**
     * Does it.
     *
     * @param session reads and writes in the transaction that is open
     * @return whether anything was to be done
     */
    public boolean run(Filler filler, EngineSession session) throws SQLException {
        SqliteCatalogue catalogue = new SqliteCatalogue(connection);
        CollectionDefinition stored = catalogue.find(wanted.name());
        SchemaChange change = SchemaChange.between(stored, wanted);
        if (change.kind() == SchemaChange.Kind.NONE) {
            return false;
        }
        if (change.kind() == SchemaChange.Kind.SHAPE) {
            catalogue.putShape(wanted);
            return true;
        }
        @Nullable SqliteAdditions additions = null;
        if (stored == null) {
            create();
        } else {
            filler.begin(stored);
            // What it says has expired stays so, whatever the new definition says.
            new SqliteWrites(connection, tables, settings).deletions().removeExpired(stored);
            additions = new SqliteAdditions(connection, settings.file().shown(), stored, wanted);
            upgrade(stored, additions, filler, setAside(catalogue, stored, filler, session));
        }
        for (IndexDefinition index : wanted.indexes()) {
            createIndex(index);
        }
        if (additions != null) {
            additions.restore();
        }
        catalogue.put(wanted, settings.nowMicros());
        SqliteFeeds.settle(connection, stored, wanted);
        tables.due().lookAgain();
        return true;
    }

    /** Returns who takes what cannot be filled; null if nothing is to be set aside. */
    private @Nullable SetAside setAside(
            SqliteCatalogue catalogue, CollectionDefinition stored, Filler filler, EngineSession session)
            throws SQLException {
        CollectionDefinition aside = filler.aside();
        if (aside == null) {
            return null;
        }
        CollectionDefinition there = catalogue.find(aside.name());
        if (there == null) {
            new SqliteDefine(connection, tables, settings, aside).run(filler, session);
        }
        return new SetAside(session, stored, there == null ? aside : there);
    }

    private void create() throws SQLException {
        refuseForeign();
        connection.run(sql.createTables());
    }

    private void refuseForeign() throws SQLException {
        refuseForeign(wanted.name());
        for (IndexDefinition index : wanted.indexes()) {
            refuseForeign(wanted.name() + "$by$" + index.name());
        }
    }

    private void refuseForeign(String table) throws SQLException {
        try (ResultSet found =
                connection.query("select type from sqlite_schema where name = ? collate nocase", table)) {
            if (found.next()) {
                throw new SchemaException("There is a " + found.getString(1) + " '" + table + "' in "
                        + settings.file().shown()
                        + " already, which is not a collection of Pagurus. Nothing was changed."
                        + " Choose another name for the collection, or another file.");
            }
        }
    }

    private void upgrade(
            CollectionDefinition stored, SqliteAdditions additions, Filler filler, @Nullable SetAside setAside)
            throws SQLException {
        SqliteStatements was = new SqliteStatements(stored);
        for (IndexDefinition index : stored.indexes()) {
            connection.run(was.dropIndex(index));
        }
        String table = SqliteNames.table(wanted);
        String old = quoted(wanted.name() + "$$old");
        connection.run("alter table " + table + " rename to " + old);
        refuseForeign();
        additions.createTables(sql.createTables());
        long documents = refill(stored, old, additions, filler, setAside);
        connection.run("drop table " + old);
        LOG.info(
                "Collection '{}' of {} is at revision {} now, {} documents refilled",
                wanted.name(),
                settings.file().shown(),
                wanted.revision(),
                documents);
    }

    private long refill(
            CollectionDefinition stored,
            String old,
            SqliteAdditions additions,
            Filler filler,
            @Nullable SetAside setAside)
            throws SQLException {
        String insert = insert(old, additions.filled());
        long total = count(old);
        long done = 0;
        try (ResultSet row = connection.query("select id, version, created_at, body from " + old + " order by rowid")) {
            while (row.next()) {
                String id = row.getString(1);
                String body = row.getString(4);
                if (setAside != null && filler.setsAside(stored.revision(), id, body)) {
                    setAside.add(List.of(new StoredDocument(id, row.getLong(2), row.getLong(3), body)));
                    tables.deleted().add(stored, row.getLong(2));
                    if (stored.retention() != null && wanted.retention() != null) {
                        SqliteChangeLog.add(connection, stored, id, row.getLong(2));
                    }
                    continue;
                }
                Content.Body filled = filler.fill(stored.revision(), id, body);
                List<@Nullable Object> parameters = new ArrayList<>();
                parameters.add(id);
                parameters.add(row.getLong(2));
                parameters.add(row.getLong(3));
                SqliteWrites.addFields(filled.values(), parameters);
                parameters.add(filled.text());
                if (!additions.filled().isEmpty()) {
                    parameters.add(id);
                }
                additions.insert(insert, parameters);
                if (++done % PROGRESS_EVERY == 0) {
                    LOG.info("Collection '{}': {} of {} documents refilled", wanted.name(), done, total);
                }
            }
        }
        return done;
    }

    /** What is not ours goes from table to table without passing through here. */
    private String insert(String old, List<String> added) {
        List<String> columns = new ArrayList<>();
        wanted.fields().forEach(field -> columns.add(quoted(field.name())));
        columns.add("body");
        String into =
                "insert into " + SqliteNames.table(wanted) + " (id, version, created_at, " + String.join(", ", columns);
        String marks = "?, ?, ?" + ", ?".repeat(columns.size());
        if (added.isEmpty()) {
            return into + ") values (" + marks + ")";
        }
        String names = ", " + String.join(", ", added);
        return into + names + ") select " + marks + names + " from " + old + " where id = ?";
    }

    private long count(String table) throws SQLException {
        try (ResultSet row = connection.query("select count(*) from " + table)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void createIndex(IndexDefinition index) throws SQLException {
        try {
            connection.run(sql.createIndex(index));
        } catch (SQLException e) {
            if (!SqliteErrors.isUniqueViolation(e)) {
                throw e;
            }
            try (ResultSet two = connection.query(sql.findDuplicates(index))) {
                two.next();
                throw SchemaChange.duplicates(wanted, index, two.getString(1), two.getString(2), e);
            }
        }
    }
}
