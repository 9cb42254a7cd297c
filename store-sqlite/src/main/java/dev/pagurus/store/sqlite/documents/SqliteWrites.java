package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.sqlite.changes.SqliteChangeLog;
import dev.pagurus.store.sqlite.connect.SqliteConnection;
import dev.pagurus.store.sqlite.connect.SqliteErrors;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import dev.pagurus.store.sqlite.sql.SqliteStatements;
import dev.pagurus.store.sqlite.sql.SqliteTables;
import dev.pagurus.store.sqlite.sql.SqliteTexts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Does writes on the writing connection, inside of its transaction. A write that is refused has changed nothing. */
public final class SqliteWrites {

    /** From so many writes on it pays to look once for all of them at the revision. */
    private static final int LONG_LIST = 16;

    private final SqliteConnection connection;
    private final SqliteTables tables;
    private final SqliteSettings settings;
    private final SqliteChangeLog log;

    /** By which time it is judged what has expired. */
    private final LongSupplier began;

    private final SqliteDeletions deletions;

    /** Whose revision was found to be the catalogue's in this transaction. */
    private @Nullable CollectionDefinition known;

    public SqliteWrites(SqliteConnection connection, SqliteTables tables, SqliteSettings settings) {
        this.connection = connection;
        this.tables = tables;
        this.settings = settings;
        this.log = new SqliteChangeLog(connection, tables, settings);
        this.began = Micros.once(settings::nowMicros);
        this.deletions = new SqliteDeletions(connection, tables, log, began);
    }

    /** What its transaction writes down of changes. */
    public SqliteChangeLog log() {
        return log;
    }

    /** What deletes documents without being told their ids, in the same transaction. */
    public SqliteDeletions deletions() {
        return deletions;
    }

    /** When it was made. */
    public LongSupplier began() {
        return began;
    }

    public List<WriteOutcome> write(List<Write> writes) throws SQLException {
        for (Write write : writes) {
            deletions.sweep(write.collection());
        }
        if (writes.size() >= LONG_LIST && isKnown(writes.get(0).collection()) && areInserts(writes)) {
            return insert(writes, tables.of(writes.get(0).collection()));
        }
        List<WriteOutcome> outcomes = new ArrayList<>(writes.size());
        for (Write write : writes) {
            outcomes.add(write(write, tables.of(write.collection())));
        }
        return outcomes;
    }

    /** Says whether all are new documents of one collection, where nothing is refused but an id that is taken. */
    private static boolean areInserts(List<Write> writes) {
        CollectionDefinition collection = writes.get(0).collection();
        return !collection.hasUnique()
                && writes.stream()
                        .allMatch(write -> write.precondition().kind() == Precondition.Kind.ABSENT
                                && write.content() instanceof Content.Body
                                && write.collection().hasTablesOf(collection));
    }

    private boolean isKnown(CollectionDefinition collection) throws SQLException {
        if (known == null || !known.hasTablesOf(collection)) {
            try (ResultSet revision = connection.query(SqliteRevision.QUERY, collection.name())) {
                known = revision.next() && revision.getInt(1) == collection.revision() ? collection : null;
            }
        }
        return known != null;
    }

    /** Adds documents in one batch of the driver's. What a batch fails with is no refusal, and undoes the list. */
    private List<WriteOutcome> insert(List<Write> writes, SqliteStatements sql) throws SQLException {
        long now = settings.nowMicros();
        long version = tables.deleted().raise(writes.get(0).collection(), now);
        SqliteNewRows rows = new SqliteNewRows(connection);
        for (Write write : writes) {
            Content.Body body = (Content.Body) write.content();
            rows.add(write.id(), version, now, body.values(), body.text());
        }
        List<WriteOutcome> outcomes = new ArrayList<>(writes.size());
        List<SqliteChangeLog.Changed> changed = new ArrayList<>(writes.size());
        for (int added : rows.insert(sql.insertKnown)) {
            Write write = writes.get(outcomes.size());
            if (added == 1) {
                changed.add(new SqliteChangeLog.Changed(write.id(), version));
                outcomes.add(new WriteOutcome.Written(version, now));
            } else {
                outcomes.add(write.collection().expiry() == null ? refusal(write, sql) : write(write, sql));
            }
        }
        log.addAll(writes.get(0).collection(), changed);
        return outcomes;
    }

    private WriteOutcome write(Write write, SqliteStatements sql) throws SQLException {
        WriteOutcome outcome = once(write, sql);
        boolean held = outcome instanceof WriteOutcome.DuplicateId || outcome instanceof WriteOutcome.UniqueViolation;
        return held && write.collection().expiry() != null && deletions.giveWay(write) > 0
                ? write(write, sql)
                : outcome;
    }

    private WriteOutcome once(Write write, SqliteStatements sql) throws SQLException {
        try {
            return write.content() instanceof Content.Body body ? store(write, body, sql) : delete(write, sql);
        } catch (SQLException e) {
            if (SqliteErrors.isUniqueViolation(e)) {
                return violation(write, sql, e);
            }
            if (SqliteErrors.isMissingColumn(e)) {
                return stale(write, e);
            }
            throw e;
        }
    }

    private WriteOutcome store(Write write, Content.Body body, SqliteStatements sql) throws SQLException {
        WriteOutcome.@Nullable Written written = run(write, body, sql);
        if (written == null) {
            return refusal(write, sql);
        }
        log.add(write.collection(), write.id(), written.version());
        return written;
    }

    private WriteOutcome.@Nullable Written run(Write write, Content.Body body, SqliteStatements sql)
            throws SQLException {
        long now = settings.nowMicros();
        List<@Nullable Object> parameters = new ArrayList<>(body.values().size() + 5);
        Precondition.Kind precondition = write.precondition().kind();
        boolean creates = precondition == Precondition.Kind.NONE || precondition == Precondition.Kind.ABSENT;
        if (creates) {
            parameters.add(write.id());
            parameters.add(tables.deleted().raise(write.collection(), now));
        }
        parameters.add(now);
        addFields(body.values(), parameters);
        parameters.add(body.text());
        if (!creates) {
            parameters.add(write.id());
        }
        if (write.collection().expiry() != null && precondition != Precondition.Kind.ABSENT) {
            parameters.add(began.getAsLong());
        }
        if (precondition == Precondition.Kind.VERSION) {
            parameters.add(write.precondition().version());
        }
        Long expected = write.precondition().version();
        if (expected != null && known != null && known.hasTablesOf(write.collection())) {
            try (ResultSet result = connection.query(sql.replaceVersionKnown, parameters)) {
                return result.next() ? new WriteOutcome.Written(Math.max(now, expected + 1), result.getLong(1)) : null;
            }
        }
        String statement = switch (precondition) {
            case NONE -> sql.put;
            case ABSENT -> sql.insert;
            case PRESENT -> sql.replace;
            case VERSION -> sql.replaceVersion;
        };
        try (ResultSet result = connection.query(statement, parameters)) {
            return result.next() ? new WriteOutcome.Written(result.getLong(1), result.getLong(2)) : null;
        }
    }

    /** Adds the values of the fields as their columns have them. */
    public static void addFields(List<@Nullable Object> values, List<@Nullable Object> parameters) {
        for (Object value : values) {
            parameters.add(value instanceof List<?> several ? SqliteTexts.json(several) : value);
        }
    }

    private WriteOutcome delete(Write write, SqliteStatements sql) throws SQLException {
        boolean ofVersion = write.precondition().kind() == Precondition.Kind.VERSION;
        List<@Nullable Object> parameters = it(write);
        if (ofVersion) {
            parameters.add(write.precondition().version());
        }
        long version;
        try (ResultSet deleted = connection.query(ofVersion ? sql.deleteVersion : sql.delete, parameters)) {
            if (!deleted.next()) {
                return refusal(write, sql);
            }
            version = deleted.getLong(1);
        }
        tables.deleted().add(write.collection(), version);
        log.add(write.collection(), write.id(), version);
        return new WriteOutcome.Deleted();
    }

    /** What finds the document of a write that is there. */
    private List<@Nullable Object> it(Write write) {
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(write.id());
        if (write.collection().expiry() != null) {
            parameters.add(began.getAsLong());
        }
        return parameters;
    }

    /** Finds out why nothing was written. */
    private WriteOutcome refusal(Write write, SqliteStatements sql) throws SQLException {
        try (ResultSet state = connection.query(sql.state, it(write))) {
            state.next();
            int revision = state.getInt(1);
            if (state.wasNull()) {
                return new WriteOutcome.StaleRevision(null);
            }
            if (revision != write.collection().revision()) {
                return new WriteOutcome.StaleRevision(revision);
            }
            long version = state.getLong(2);
            boolean absent = state.wasNull();
            return switch (write.precondition().kind()) {
                case VERSION -> new WriteOutcome.VersionConflict(absent ? null : version);
                case ABSENT -> new WriteOutcome.DuplicateId();
                case NONE, PRESENT -> new WriteOutcome.NotFound();
            };
        }
    }

    /** Says which rule was broken first: the id, then the unique indexes in their order. */
    private WriteOutcome violation(Write write, SqliteStatements sql, SQLException cause) throws SQLException {
        if (write.precondition().kind() == Precondition.Kind.ABSENT && !isEmpty(sql.get, it(write))) {
            return new WriteOutcome.DuplicateId();
        }
        List<@Nullable Object> values = ((Content.Body) write.content()).values();
        for (SqliteStatements.Unique unique : sql.uniques) {
            List<@Nullable Object> parameters = new ArrayList<>();
            for (int position : unique.positions()) {
                parameters.add(values.get(position));
            }
            if (!parameters.contains(null)) {
                parameters.add(write.id());
                if (!isEmpty(unique.findOther(), parameters)) {
                    return new WriteOutcome.UniqueViolation(unique.name());
                }
            }
        }
        throw cause;
    }

    private WriteOutcome stale(Write write, SQLException cause) throws SQLException {
        try (ResultSet revision =
                connection.query(SqliteRevision.QUERY, write.collection().name())) {
            if (!revision.next()) {
                return new WriteOutcome.StaleRevision(null);
            }
            if (revision.getInt(1) != write.collection().revision()) {
                return new WriteOutcome.StaleRevision(revision.getInt(1));
            }
        }
        throw cause;
    }

    private boolean isEmpty(String query, List<@Nullable Object> parameters) throws SQLException {
        try (ResultSet result = connection.query(query, parameters)) {
            return !result.next();
        }
    }
}
