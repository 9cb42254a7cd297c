package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresBatchStatements;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.postgres.sql.PostgresWriteKind;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One list of writes: a statement for each kind of write to each collection, all in one commit and one round trip. What
 * stands in the way of that is found out and left out, and the rest is tried again; what cannot be told here is postponed.
 * Used once, by one thread.
 */
public final class PostgresBatch {

    private static final int TRIES = 3;

    /** Longer lists are those of one caller. */
    private static final int BULK = 256;

    private static final String UNIQUE_VIOLATION = "23505";

    /** Stands for several SQLSTATEs. */
    private static final String OUTDATED = "outdated";

    /**
     * The order in which rows are locked, the same for every list. Where a value must be unique, the list's own order says
     * who gets it.
     */
    private static final Comparator<Item> ORDER = Comparator.comparing(
                    (Item item) -> item.write().collection().name())
            .thenComparing(item -> PostgresWriteKind.of(item.write()))
            .thenComparing(item ->
                    item.write().collection().hasUnique() ? "" : item.write().id());

    private final PostgresPool lanes;
    private final PostgresTables tables;
    private final PostgresSettings settings;
    private final PostgresWrites writes;
    private final Function<Write, WriteOutcome> single;
    private final @Nullable WriteOutcome[] outcomes;
    private final List<Item> all = new ArrayList<>();

    /** What the statements did not do, for a reason that they do not tell. */
    private final List<Item> refused = new ArrayList<>();

    private boolean committed;

    /** Whether all that shall be inserted is likely to be new. Among the writes of many callers it often is not. */
    private boolean allNew;

    /**
     * Makes one.
     *
     * @param writes notes what is deleted
     * @param single does a single write, or postpones it
     */
    public PostgresBatch(
            PostgresPool lanes,
            PostgresTables tables,
            PostgresSettings settings,
            PostgresWrites writes,
            Function<Write, WriteOutcome> single,
            List<Write> list) {
        this.lanes = lanes;
        this.tables = tables;
        this.settings = settings;
        this.writes = writes;
        this.single = single;
        this.outcomes = new WriteOutcome[list.size()];
        for (int i = 0; i < list.size(); i++) {
            all.add(new Item(i, list.get(i)));
        }
        all.sort(ORDER);
        this.allNew = list.size() > BULK;
    }

    /** A write and its place in the list. */
    record Item(int place, Write write) {}

    public List<WriteOutcome> run() {
        attempt(all, TRIES);
        explain();
        List<WriteOutcome> result = new ArrayList<>(outcomes.length);
        for (WriteOutcome outcome : outcomes) {
            result.add(outcome == null ? new WriteOutcome.Postponed() : outcome);
        }
        return result;
    }

    /** Does these writes, or leaves them undone. Throws only if nothing of the list has happened, or if that is unknown. */
    private void attempt(List<Item> part, int tries) {
        if (part.isEmpty() || tries == 0) {
            return;
        }
        try {
            List<PostgresBatchGroup> groups = groups(part);
            switch (commit(groups)) {
                case "" -> committed = true;
                case PostgresErrors.LOCK_TIMEOUT -> withoutBlocked(groups, part, tries);
                case PostgresBatchStatements.NOTHING_TO_REPLACE -> withoutMissing(groups, part, tries);
                case OUTDATED -> withoutOutdated(groups, part, tries);
                default -> halves(part, tries);
            }
        } catch (OutcomeUnknownException e) {
            throw e;
        } catch (SerializationFailure | StoreException e) {
            if (!committed) {
                throw e;
            }
        }
    }

    /** Does the writes in one commit, and notes what became of each. Returns the SQLSTATE of what kept all from it. */
    private String commit(List<PostgresBatchGroup> groups) {
        List<Sql> statements = new ArrayList<>();
        groups.forEach(
                group -> statements.add(group.statement(tables, allNew, settings.nowMicros(), writes.instant())));
        return lanes.with(true, connection -> {
            try {
                List<Map<String, WriteOutcome.Written>> written = statements.size() == 1
                        ? List.of(connection.alone(
                                statements.get(0).text(), statements.get(0).values(), PostgresBatch::written))
                        : connection.together(PostgresConnection.SERIALIZABLE, statements, PostgresBatch::written);
                for (int i = 0; i < groups.size(); i++) {
                    note(groups.get(i), written.get(i));
                }
                return "";
            } catch (SQLException e) {
                String state = String.valueOf(e.getSQLState());
                return switch (state) {
                    case UNIQUE_VIOLATION, PostgresErrors.LOCK_TIMEOUT, PostgresBatchStatements.NOTHING_TO_REPLACE ->
                        state;
                    default -> {
                        if (groups.stream().noneMatch(group -> group.isOutdated(e))) {
                            throw e;
                        }
                        yield OUTDATED;
                    }
                };
            }
        });
    }

    /** Reads what was written, by id. */
    static Map<String, WriteOutcome.Written> written(ResultSet rows) throws SQLException {
        Map<String, WriteOutcome.Written> written = new HashMap<>();
        while (rows.next()) {
            written.put(rows.getString(1), new WriteOutcome.Written(rows.getLong(2), rows.getLong(3)));
        }
        return written;
    }

    private void note(PostgresBatchGroup group, Map<String, WriteOutcome.Written> written) {
        for (Item item : group.items()) {
            WriteOutcome.Written one = written.get(item.write().id());
            if (one == null) {
                refused.add(item);
            } else {
                outcomes[item.place()] = writes.outcome(item.write(), one);
            }
        }
    }

    /**
     * One of them violates a unique index. Nothing says which; half of them are soon found not to. The one is written when
     * those before it are, for it may be that they give up what it asks for.
     */
    private void halves(List<Item> part, int tries) {
        if (allNew) {
            allNew = false;
            attempt(part, tries);
        } else if (part.size() > 1) {
            attempt(part.subList(0, part.size() / 2), tries);
            attempt(part.subList(part.size() / 2, part.size()), tries);
        } else {
            Item item = part.get(0);
            outcomes[item.place()] = single.apply(item.write());
        }
    }

    /** Leaves out those whose documents somebody else keeps locked; if that is not what was waited for, all. */
    private void withoutBlocked(List<PostgresBatchGroup> groups, List<Item> part, int tries) {
        boolean any = false;
        for (PostgresBatchGroup group : groups) {
            Object ids = ids(group);
            Set<String> blocked = lanes.with(
                    false,
                    connection -> connection.alone(
                            "read committed",
                            tables.ofBatches(group.collection()).blocked,
                            List.of(ids, ids),
                            PostgresBatch::firstColumn));
            for (Item item : group.items()) {
                if (blocked.contains(item.write().id())) {
                    outcomes[item.place()] = new WriteOutcome.Postponed();
                    any = true;
                }
            }
        }
        if (any) {
            attempt(undecided(part), tries - 1);
        }
    }

    private static Set<String> firstColumn(ResultSet rows) throws SQLException {
        Set<String> texts = new HashSet<>();
        while (rows.next()) {
            texts.add(rows.getString(1));
        }
        return texts;
    }

    /** Leaves out those that are refused because their document is not there. */
    private void withoutMissing(List<PostgresBatchGroup> groups, List<Item> part, int tries) {
        for (PostgresBatchGroup group : groups) {
            if (!group.kind().deletes()) {
                explain(group);
            }
        }
        attempt(undecided(part), tries - 1);
    }

    /** Leaves out those of old definitions. */
    private void withoutOutdated(List<PostgresBatchGroup> groups, List<Item> part, int tries) {
        groups.forEach(this::explain);
        attempt(undecided(part), tries - 1);
    }

    private List<Item> undecided(List<Item> part) {
        return part.stream().filter(item -> outcomes[item.place()] == null).toList();
    }

    private void explain() {
        try {
            groups(refused).forEach(this::explain);
        } catch (SerializationFailure | StoreException e) {
            // What is not explained is postponed, and explained to its own caller.
            return;
        }
    }

    /** Notes why writes are refused, as far as a state in which they are tells. */
    private void explain(PostgresBatchGroup group) {
        List<@Nullable Object> parameters = new ArrayList<>();
        parameters.add(ids(group));
        writes.instant().addTo(parameters, group.collection());
        Map<String, PostgresRefusal> states = lanes.with(
                false,
                connection -> connection.alone(
                        PostgresConnection.SERIALIZABLE_READ_ONLY,
                        tables.ofBatches(group.collection()).states,
                        parameters,
                        PostgresBatch::states));
        PostgresRefusal missing =
                new PostgresRefusal(states.values().iterator().next().revision(), null);
        for (Item item : group.items()) {
            states.getOrDefault(item.write().id(), missing)
                    .of(item.write())
                    .ifPresent(outcome -> outcomes[item.place()] = outcome);
        }
    }

    private static Map<String, PostgresRefusal> states(ResultSet rows) throws SQLException {
        Map<String, PostgresRefusal> states = new HashMap<>();
        while (rows.next()) {
            // There is one row if no document is there.
            states.put(String.valueOf(rows.getString(2)), new PostgresRefusal((Integer) rows.getObject(1), (Long)
                    rows.getObject(3)));
        }
        return states;
    }

    private static Object ids(PostgresBatchGroup group) {
        return group.items().stream().map(item -> item.write().id()).toArray(String[]::new);
    }

    /** The items are in order, so that those of one statement follow each other. */
    private static List<PostgresBatchGroup> groups(List<Item> part) {
        List<PostgresBatchGroup> groups = new ArrayList<>();
        for (Item item : part) {
            if (groups.isEmpty() || !groups.get(groups.size() - 1).takes(item.write())) {
                groups.add(new PostgresBatchGroup(item.write().collection(), PostgresWriteKind.of(item.write())));
            }
            groups.get(groups.size() - 1).items().add(item);
        }
        return groups;
    }
}
