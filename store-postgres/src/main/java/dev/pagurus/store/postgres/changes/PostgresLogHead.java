package dev.pagurus.store.postgres.changes;

import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresLog;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.SchemaChange;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What one state of the store says of the log: which transactions it shows, the lives of the feeds, and the newest rows. */
final class PostgresLogHead {

    /** So many rows of the log are never forgotten, and so many tell a position which history it is of. */
    static final int NEWEST = 8;

    private static final String ANEW = " Start anew, usually with the state: feed.startWithState().";

    private PostgresTransactions shown = PostgresTransactions.NONE;
    private String history = "";
    private final Map<String, Feed> feeds = new HashMap<>();
    private final List<PostgresLogged> newest = new ArrayList<>();
    private final List<PostgresLogged> missing = new ArrayList<>();
    private long server;
    private @Nullable String committed;
    private boolean undone;

    /** A collection of the catalogue that keeps its changes, or was asked for. */
    private record Feed(
            int revision, @Nullable String life, @Nullable String history, long forgotten) {}

    private PostgresLogHead() {}

    /**
     * Returns what asks for it.
     *
     * @param position whose evidence is looked at: the rows are wanted that are not in the log as they were
     */
    static Sql sql(PostgresNames names, List<CollectionDefinition> collections, @Nullable PostgresPosition position) {
        List<PostgresLogged> evidence = position == null ? List.of() : position.evidence();
        @Nullable PostgresCommitted known = position == null ? null : position.committed();
        String log = PostgresLog.table(names);
        Sql sql = new Sql()
                .append("select 0, " + PostgresCommitted.SERVER
                        + ", pg_current_snapshot()::text, system_identifier::text, null, null"
                        + " from pg_control_system() union all"
                        + " select 1, c.revision, c.name, f.life, f.history, f.forgotten::text from "
                        + names.qualified("pagurus_collections") + " c left join " + names.qualified("pagurus_feeds")
                        + " f on f.collection = c.name where c.retention is not null or c.name = any(")
                .bind(names(collections))
                .append(
                        "::text[]) union all select 2, seq, tx::text, version::text, collection, null from (select * from "
                                + log + " order by tx desc, seq desc limit " + NEWEST + ") newest");
        PostgresCommitted.askForNewer(sql, log, known);
        if (known != null) {
            known.askForUndone(sql);
        }
        if (!evidence.isEmpty()) {
            sql.append(" union all select 3, e.seq, e.tx::text, e.version::text, e.life, null from unnest(")
                    .bind(evidence.stream().map(one -> Long.toString(one.tx())).toArray(String[]::new))
                    .append("::text[]::xid8[], ")
                    .bind(evidence.stream().map(PostgresLogged::seq).toArray(Long[]::new))
                    .append("::bigint[], ")
                    .bind(evidence.stream().map(PostgresLogged::version).toArray(Long[]::new))
                    .append("::bigint[], ")
                    .bind(evidence.stream().map(PostgresLogged::life).toArray(String[]::new))
                    .append("::text[]) as e (tx, seq, version, life) left join " + log
                            + " l on l.tx = e.tx and l.seq = e.seq where l.version is distinct from e.version");
        }
        return sql;
    }

    static String[] names(List<CollectionDefinition> collections) {
        return collections.stream().map(CollectionDefinition::name).toArray(String[]::new);
    }

    static PostgresLogHead read(ResultSet rows) throws SQLException {
        PostgresLogHead head = new PostgresLogHead();
        List<String[]> tail = new ArrayList<>();
        while (rows.next()) {
            switch (rows.getInt(1)) {
                case 0 -> {
                    head.server = rows.getLong(2);
                    head.shown = PostgresTransactions.ofServer(rows.getString(3));
                    head.history = rows.getString(4);
                }
                case 1 -> {
                    String forgotten = rows.getString(6);
                    head.feeds.put(
                            rows.getString(3),
                            new Feed(
                                    rows.getInt(2),
                                    rows.getString(4),
                                    rows.getString(5),
                                    forgotten == null ? 0 : Long.parseLong(forgotten)));
                }
                case 2 ->
                    tail.add(new String[] {rows.getString(3), rows.getString(2), rows.getString(4), rows.getString(5)});
                case 4 -> head.committed = rows.getString(3);
                case 5 -> head.undone = rows.getLong(2) > 0;
                default ->
                    head.missing.add(new PostgresLogged(
                            Long.parseLong(rows.getString(3)),
                            rows.getLong(2),
                            Long.parseLong(rows.getString(4)),
                            rows.getString(5)));
            }
        }
        tail.forEach(row -> head.newest.add(new PostgresLogged(
                Long.parseLong(row[0]), Long.parseLong(row[1]), Long.parseLong(row[2]), head.tag(row[3]))));
        return head;
    }

    /** Returns the beginning of a collection's life; empty if it has none. */
    String tag(String collection) {
        @Nullable Feed feed = feeds.get(collection);
        return feed == null || feed.life() == null ? "" : PostgresLogged.tag(feed.life());
    }

    /** Refuses a reader with an old definition. */
    void requireRevisions(List<CollectionDefinition> collections) {
        for (CollectionDefinition one : collections) {
            @Nullable Feed feed = feeds.get(one.name());
            if (feed == null) {
                throw SchemaChange.gone(one);
            }
            if (feed.revision() != one.revision()) {
                throw SchemaChange.outdated(one);
            }
        }
    }

    /** Returns those whose log is of another database system, or that have lost what is known of it. */
    List<String> ofOtherHistories(List<CollectionDefinition> collections) {
        return collections.stream()
                .map(CollectionDefinition::name)
                .filter(name ->
                        !history.equals(Objects.requireNonNull(feeds.get(name)).history()))
                .toList();
    }

    /** Refuses a position from which nobody can go on. */
    void require(PostgresPosition position, List<CollectionDefinition> collections) {
        String which = "The position in the changes of " + String.join(", ", names(collections));
        if (!position.lives().equals(lives(collections))) {
            throw new PositionLostException(which + " is of another store, or of a time before the collection was made"
                    + " anew, restored into another database system, or began to keep its changes." + ANEW);
        }
        if (position.isAhead(shown) || undone || missing.stream().anyMatch(this::isLost)) {
            throw new PositionLostException(which
                    + " tells of changes that are not in the store: an older state of it was" + " restored." + ANEW);
        }
        for (CollectionDefinition one : collections) {
            if (position.isBefore(Objects.requireNonNull(feeds.get(one.name())).forgotten())) {
                throw new PositionLostException(which + " is too old: changes behind it are forgotten, older than the"
                        + " retention of " + one.retention() + " of collection '" + one.name() + "'." + ANEW);
            }
        }
    }

    /** A row is rightly gone that was forgotten, or whose collection keeps no changes any more. */
    private boolean isLost(PostgresLogged row) {
        return feeds.values().stream()
                .anyMatch(feed -> feed.life() != null
                        && PostgresLogged.tag(feed.life()).equals(row.life())
                        && row.tx() >= feed.forgotten());
    }

    /** Returns the transactions that are shown, none beyond what the log shows or a position knows. */
    PostgresTransactions known(PostgresTransactions before) {
        long end = before.next();
        for (Feed feed : feeds.values()) {
            end = Math.max(end, feed.forgotten());
        }
        return shown.before(newest.isEmpty() ? end : Math.max(end, newest.get(0).tx() + 1));
    }

    /** Returns the transactions that a position may tell of. */
    @Nullable
    PostgresCommitted committed(@Nullable PostgresCommitted known, List<Long> late) {
        if (committed != null) {
            return PostgresCommitted.of(server, committed);
        }
        return known == null ? null : known.and(server, late);
    }

    /** Returns the newest rows that a position may tell of. */
    List<PostgresLogged> newest() {
        return newest.stream().filter(row -> !row.life().isEmpty()).toList();
    }

    String lives(List<CollectionDefinition> collections) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (CollectionDefinition one : collections) {
                digest.update(String.valueOf(
                                Objects.requireNonNull(feeds.get(one.name())).life())
                        .getBytes(StandardCharsets.UTF_8));
            }
            return new BigInteger(1, digest.digest())
                    .toString(Character.MAX_RADIX)
                    .substring(0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
