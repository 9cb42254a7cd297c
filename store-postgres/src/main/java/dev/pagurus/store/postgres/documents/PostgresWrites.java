package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresBatchStatements;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.postgres.sql.PostgresWriteKind;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does writes, alone or in a transaction. A write that is refused has changed nothing. */
public final class PostgresWrites {

    private final PostgresTables tables;
    private final PostgresSettings settings;
    private final PostgresInstant instant;
    private final PostgresHolders holders;

    /**
     * Makes one.
     *
     * @param instant by which it is judged what has expired
     */
    public PostgresWrites(
            PostgresTables tables, PostgresNames names, PostgresSettings settings, PostgresInstant instant) {
        this.tables = tables;
        this.settings = settings;
        this.instant = instant;
        this.holders = new PostgresHolders(tables, names, instant);
    }

    PostgresInstant instant() {
        return instant;
    }

    /**
     * Does one write in a transaction of its own: one round trip, and others to find out why if it is refused.
     *
     * @param first where it is tried; if a lock is not to be had there in time, it is postponed
     * @param pool where a refusal is explained
     */
    public WriteOutcome alone(PostgresPool first, PostgresPool pool, Write write) {
        Sql statement = statement(write);
        Attempt attempt = first.with(true, connection -> {
            try {
                return new Attempt(
                        connection.alone(statement.text(), statement.values(), rows -> outcome(write, rows)), null);
            } catch (SQLException e) {
                if (isRefusal(e, write)) {
                    return new Attempt(Optional.empty(), e);
                }
                if (first != pool && PostgresErrors.isLockTimeout(e)) {
                    return new Attempt(Optional.of(new WriteOutcome.Postponed()), null);
                }
                PostgresErrors.refuseGone(e, write.collection());
                throw e;
            }
        });
        if (attempt.outcome().isPresent()) {
            return attempt.outcome().get();
        }
        // What has expired may be removed, and the write be done.
        return pool.with(write.collection().expiry() != null, connection -> {
            connection.begin(PostgresConnection.SERIALIZABLE);
            WriteOutcome refusal = refusal(connection, write, attempt.failure());
            connection.commit();
            return refusal;
        });
    }

    /** What became of a write, if that is known, and what its statement failed with, if it did. */
    private record Attempt(
            Optional<WriteOutcome> outcome, @Nullable SQLException failure) {}

    /** Says whether a failure is that of this write: a value is taken, or its definition an old one. */
    private static boolean isRefusal(SQLException e, Write write) {
        return PostgresErrors.isUniqueViolation(e)
                || PostgresErrors.isOutdated(e, PostgresNames.primaryKey(write.collection()));
    }

    /** Does writes in the transaction that is open, one after the other; in one statement where they are alike. */
    public List<WriteOutcome> inside(PostgresConnection connection, List<Write> all) throws SQLException {
        Optional<PostgresBatchGroup> group = alike(all);
        if (group.isPresent()) {
            try {
                return atOnce(connection, group.get());
            } catch (SQLException e) {
                if (!isRefusal(e, all.get(0)) && !PostgresBatchStatements.isNothingToReplace(e)) {
                    PostgresErrors.refuseGone(e, all.get(0).collection());
                    throw e;
                }
                // One of them is refused, and it does not say which.
                connection.undoToSavepoint();
            }
        }
        List<WriteOutcome> outcomes = new ArrayList<>(all.size());
        for (Write write : all) {
            outcomes.add(inside(connection, write));
        }
        return outcomes;
    }

    /** Returns writes that one statement can do, in their order; it takes a document only once. */
    private static Optional<PostgresBatchGroup> alike(List<Write> all) {
        if (all.size() < 2) {
            return Optional.empty();
        }
        PostgresBatchGroup group = new PostgresBatchGroup(all.get(0).collection(), PostgresWriteKind.of(all.get(0)));
        Set<String> ids = new HashSet<>();
        for (Write write : all) {
            if (!group.takes(write) || !ids.add(write.id())) {
                return Optional.empty();
            }
            group.items().add(new PostgresBatch.Item(group.items().size(), write));
        }
        return Optional.of(group);
    }

    /** The rows keep their order: one may take what the one before has given up. */
    private List<WriteOutcome> atOnce(PostgresConnection connection, PostgresBatchGroup group) throws SQLException {
        Sql statement = group.statement(tables, true, settings.nowMicros(), instant);
        Map<String, WriteOutcome.Written> written =
                connection.guarded(statement.text(), statement.values(), PostgresBatch::written);
        List<WriteOutcome> outcomes = new ArrayList<>(written.size());
        for (PostgresBatch.Item item : group.items()) {
            Write write = item.write();
            WriteOutcome.@Nullable Written one = written.get(write.id());
            if (one == null) {
                outcomes.add(refusal(connection, write, null));
            } else {
                outcomes.add(outcome(write, one));
            }
        }
        return outcomes;
    }

    /** Does one write in the transaction that is open. */
    private WriteOutcome inside(PostgresConnection connection, Write write) throws SQLException {
        Sql statement = statement(write);
        try {
            Optional<WriteOutcome> done =
                    connection.guarded(statement.text(), statement.values(), rows -> outcome(write, rows));
            return done.isPresent() ? done.get() : refusal(connection, write, null);
        } catch (SQLException e) {
            if (!isRefusal(e, write)) {
                PostgresErrors.refuseGone(e, write.collection());
                throw e;
            }
            connection.undoToSavepoint();
            return refusal(connection, write, e);
        }
    }

    /** Returns what became of a write; empty if it was refused. */
    private Optional<WriteOutcome> outcome(Write write, ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        return Optional.of(outcome(write, new WriteOutcome.Written(rows.getLong(1), rows.getLong(2))));
    }

    /** Returns what became of a write whose document had or has this version. */
    WriteOutcome outcome(Write write, WriteOutcome.Written row) {
        if (write.content() instanceof Content.Delete) {
            tables.deleted().add(write.collection(), row.version());
            return new WriteOutcome.Deleted();
        }
        return row;
    }

    /** Remembers that documents up to this version were deleted. */
    public void noteDeleted(CollectionDefinition collection, long version) {
        tables.deleted().add(collection, version);
    }

    private Sql statement(Write write) {
        PostgresStatements sql = tables.of(write.collection());
        PostgresWriteKind kind = PostgresWriteKind.of(write);
        List<@Nullable Object> values = new ArrayList<>();
        boolean creates = kind == PostgresWriteKind.PUT || kind == PostgresWriteKind.INSERT;
        if (creates) {
            values.add(write.id());
            values.add(tables.deleted().least(write.collection()));
        }
        if (write.content() instanceof Content.Body body) {
            addFields(body, values);
            values.add(body.text());
            @Nullable Long now = settings.nowMicros();
            if (now != null) {
                values.add(now);
            }
        }
        if (!creates) {
            values.add(write.id());
        }
        if (kind != PostgresWriteKind.INSERT) {
            instant.addTo(values, write.collection());
        }
        if (kind.asksForVersion()) {
            values.add(write.precondition().version());
        }
        String text = switch (kind) {
            case PUT -> sql.put;
            case INSERT -> sql.insert;
            case REPLACE -> sql.replace;
            case REPLACE_VERSION -> sql.replaceVersion;
            case DELETE -> sql.delete;
            case DELETE_VERSION -> sql.deleteVersion;
        };
        return new Sql(text, values);
    }

    static void addFields(Content.Body body, List<@Nullable Object> values) {
        for (Object value : body.values()) {
            values.add(value instanceof List<?> many ? many.toArray(String[]::new) : value);
        }
    }

    /**
     * Finds out why nothing was written, in a state that has it: the revision, the document, then the unique indexes in
     * their order. If nothing explains it, what stood in the way is not in this state, and the call is made again.
     *
     * @param failure what the statement failed with; null if it merely wrote nothing
     */
    private WriteOutcome refusal(PostgresConnection connection, Write write, @Nullable SQLException failure)
            throws SQLException {
        PostgresStatements sql = tables.of(write.collection());
        boolean wants = failure != null || write.precondition().kind() == Write.Precondition.Kind.ABSENT;
        if (wants && holders.giveWay(connection, write)) {
            return inside(connection, write);
        }
        Optional<WriteOutcome> refusal = state(connection, write, sql).of(write);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (failure != null && !PostgresErrors.isUniqueViolation(failure)) {
            // The revision is this one, so that somebody else has changed the table.
            throw failure;
        }
        return violation(connection, write, sql);
    }

    private PostgresRefusal state(PostgresConnection connection, Write write, PostgresStatements sql)
            throws SQLException {
        try {
            List<@Nullable Object> parameters = new ArrayList<>(List.of(write.id()));
            instant.addTo(parameters, write.collection());
            return connection.query(sql.state, parameters, rows -> {
                rows.next();
                return new PostgresRefusal((Integer) rows.getObject(1), (Long) rows.getObject(2));
            });
        } catch (SQLException e) {
            PostgresErrors.refuseGone(e, write.collection());
            throw e;
        }
    }

    private WriteOutcome violation(PostgresConnection connection, Write write, PostgresStatements sql)
            throws SQLException {
        if (write.content() instanceof Content.Body body) {
            for (PostgresStatements.Unique unique : sql.uniques) {
                List<@Nullable Object> values = new ArrayList<>();
                unique.positions().forEach(position -> values.add(body.values().get(position)));
                values.add(write.id());
                if (!values.contains(null) && connection.query(unique.findOther(), values, ResultSet::next)) {
                    return new WriteOutcome.UniqueViolation(unique.name());
                }
            }
        }
        throw new SerializationFailure("What refused the write of '" + write.id() + "' is not in this state.", null);
    }
}
