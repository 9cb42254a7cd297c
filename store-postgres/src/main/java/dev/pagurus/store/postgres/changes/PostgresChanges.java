package dev.pagurus.store.postgres.changes;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log. Never serializable: a serializable reader is noted at the end of the log, where every writer writes, and some
 * of them would fail because of it. One state is all that a page needs.
 */
public final class PostgresChanges {

    /** One state, and no conflict with anybody. */
    private static final String ONE_STATE = "repeatable read read only";

    /**
     * The log is read along its index, from where the reader is and no further than the page. A planner that knows little of
     * the table would rather read all that is left of it, and sort that.
     */
    private static final Sql ALONG_THE_INDEX =
            new Sql("select set_config('enable_bitmapscan', 'off', true)", List.of());

    /** Once a store is restored elsewhere, each reader may find another collection to begin anew. */
    private static final int TRIES = 3;

    private final PostgresPool pool;
    private final PostgresNames names;
    private final PostgresInstant instant;
    private final PostgresLives lives;

    /**
     * Prepares it.
     *
     * @param instant by which it is judged what has expired
     */
    public PostgresChanges(PostgresPool pool, PostgresNames names, PostgresInstant instant) {
        this.pool = pool;
        this.names = names;
        this.instant = instant;
        this.lives = new PostgresLives(names);
    }

    /** Returns the next changes, with one round trip, or with two where bodies end the page. */
    public ChangeChunk page(ChangeScan scan) {
        @Nullable String after = scan.after();
        @Nullable PostgresPosition position = after == null ? null : PostgresPosition.parse(after);
        Sql head = PostgresLogHead.sql(names, scan.collections(), position);
        ChangeScan wanted = scan;
        while (true) {
            Sql sql = PostgresPageStatement.sql(names, wanted, position, instant);
            Read read = read(scan.collections(), List.of(head, sql));
            if (position != null) {
                read.head().require(position, scan.collections());
            }
            PostgresChangePage page = Objects.requireNonNull(read.page(), "page");
            if (!page.isTooLarge()) {
                return chunk(wanted, position, read.head(), page);
            }
            // Again only if a document has grown meanwhile.
            wanted = page.fitting(scan);
        }
    }

    /** Returns the position behind all that is committed. */
    public String end(List<CollectionDefinition> collections) {
        PostgresLogHead head = read(collections, List.of(PostgresLogHead.sql(names, collections, null)))
                .head();
        return new PostgresPosition(
                        head.lives(collections),
                        head.known(PostgresTransactions.NONE),
                        null,
                        head.newest(),
                        List.of(),
                        head.committed(null, List.of()))
                .text();
    }

    private record Read(PostgresLogHead head, @Nullable PostgresChangePage page) {}

    private Read read(List<CollectionDefinition> collections, List<Sql> statements) {
        for (int tries = TRIES; ; tries--) {
            Reader reader = new Reader(collections);
            List<Sql> all = new ArrayList<>(List.of(ALONG_THE_INDEX));
            all.addAll(statements);
            pool.with(false, connection -> {
                try {
                    return connection.together(ONE_STATE, all, reader);
                } catch (SQLException e) {
                    for (CollectionDefinition one : collections) {
                        PostgresErrors.refuseGone(e, one);
                    }
                    throw e;
                }
            });
            Read read = reader.read();
            read.head().requireRevisions(collections);
            List<String> others = read.head().ofOtherHistories(collections);
            if (others.isEmpty()) {
                return read;
            }
            if (tries == 0) {
                throw new UnavailableException(
                        "The changes of " + String.join(", ", others)
                                + " are of another database system, again and again after they were begun anew. Nothing was"
                                + " read. See who restores into this database, and try again then."
                                + " In a schema that Citus distributes, keep no changes.",
                        null);
            }
            begin(others);
        }
    }

    /** The store was restored into another database system, whose transactions have other numbers than those in the log. */
    private void begin(List<String> collections) {
        String script = lives.lock() + collections.stream().map(lives::renew).collect(Collectors.joining(";\n"));
        pool.with(true, connection -> {
            connection.begin("read committed");
            connection.script(script);
            connection.commit();
            return true;
        });
    }

    /** Reads what the setting gives, then the head and then the page. */
    private static final class Reader implements PostgresConnection.Rows<Boolean> {

        private final List<CollectionDefinition> collections;
        private boolean isSet;
        private @Nullable PostgresLogHead head;
        private @Nullable PostgresChangePage page;

        Reader(List<CollectionDefinition> collections) {
            this.collections = collections;
        }

        @Override
        public Boolean read(ResultSet rows) throws SQLException {
            if (!isSet) {
                isSet = true;
            } else if (head == null) {
                head = PostgresLogHead.read(rows);
            } else {
                page = PostgresChangePage.read(rows, collections);
            }
            return true;
        }

        Read read() {
            if (head == null) {
                throw new IllegalStateException("Nothing was read.");
            }
            return new Read(head, page);
        }
    }

    private static ChangeChunk chunk(
            ChangeScan scan, @Nullable PostgresPosition position, PostgresLogHead head, PostgresChangePage page) {
        PostgresPosition.@Nullable Batch batch = position == null ? null : position.batch();
        List<StoredChange> changes = page.changes(batch == null ? 0 : batch.highest());
        boolean complete = changes.size() < scan.maxChanges();
        PostgresTransactions base = position == null ? PostgresTransactions.NONE : position.base();
        PostgresTransactions now = head.known(batch == null ? base : batch.shows());
        if (complete) {
            base = now;
            batch = null;
        } else {
            PostgresChangePage.Row last = page.rows().get(changes.size() - 1);
            long before = batch == null ? 0 : batch.highest();
            if (last.fresh() && batch != null) {
                base = batch.shows();
                batch = null;
                // What was shown as newer may be so than all of the next batch, too.
                before = before == PostgresPosition.Batch.ALL ? before : 0;
            }
            batch = new PostgresPosition.Batch(
                    batch == null ? now : batch.shows(),
                    last.tx(),
                    last.seq(),
                    Math.max(before, page.highest(last.fresh())));
        }
        return new ChangeChunk(
                changes,
                new PostgresPosition(
                                head.lives(scan.collections()),
                                base,
                                batch,
                                head.newest(),
                                late(position, head, page),
                                head.committed(position == null ? null : position.committed(), page.lateTransactions()))
                        .text(),
                complete);
    }

    private static List<PostgresLogged> late(
            @Nullable PostgresPosition position, PostgresLogHead head, PostgresChangePage page) {
        Map<Long, PostgresLogged> late = new LinkedHashMap<>();
        if (position != null) {
            position.late().forEach(one -> late.put(one.tx(), one));
        }
        for (PostgresChangePage.Row row : page.rows()) {
            if (row.late()) {
                String life = head.tag(row.collection());
                late.put(row.tx(), new PostgresLogged(row.tx(), row.seq(), row.version(), life));
            }
        }
        return late.values().stream()
                .skip(Math.max(0, late.size() - PostgresLogHead.NEWEST))
                .toList();
    }
}
