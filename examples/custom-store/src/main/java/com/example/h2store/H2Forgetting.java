package com.example.h2store;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.*;
import dev.pagurus.store.spi.jdbc.*;
import java.util.*;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Forgets changes that are older than their retention, a few with later writes. Marks say where the log was at which time: what
 * lies before one that is a retention old was committed before that.
 */
final class H2Forgetting {

    /** How many changes of a collection are forgotten at once. */
    private static final int STEP = 200;

    private static final int MARKS_OF_A_RETENTION = 16;

    private final StoreConfig config;
    private final AtomicLong next = new AtomicLong(Long.MIN_VALUE);

    H2Forgetting(StoreConfig config) {
        this.config = config;
    }

    /** Does a step if it is time, in the transaction of a write that is in the log already. */
    void step(JdbcSession session) {
        long now = Micros.now(config);
        if (now < next.get()) {
            return;
        }
        List<CollectionDefinition> feeds =
                session.definitions().stream().filter(one -> one.retention() != null).toList();
        LongSummaryStatistics retentions = feeds.stream().mapToLong(feed -> Micros.of(feed.retention())).summaryStatistics();
        JdbcConnection connection = session.connection();
        connection.update("merge into marks select ?, max(position) from changes", now);
        boolean more = false;
        for (CollectionDefinition feed : feeds) {
            more |= forget(connection, feed.name(), now - Micros.of(feed.retention()));
        }
        connection.update("delete from marks where at < (select max(at) from marks where at <= ?)", now - retentions.getMax());
        next.set(more ? now : now + retentions.getMin() / MARKS_OF_A_RETENTION);
    }

    /** Forgets some changes that were committed by then, all but the newest of the collection; says whether there may be more. */
    private static boolean forget(JdbcConnection connection, String collection, long then) {
        List<Long> old = connection.list(
                row -> row.getLong(1),
                "select position from changes where collection = ? and position <="
                        + " (select position from marks where at <= ? order by at desc fetch first 1 rows only)"
                        + " and position < (select max(position) from changes where collection = ?)"
                        + " order by position fetch first " + STEP + " rows only",
                collection, then, collection);
        if (!old.isEmpty()) {
            Long last = old.get(old.size() - 1);
            connection.update("delete from changes where collection = ? and position <= ?", collection, last);
            connection.update("update feeds set forgotten = ? where collection = ?", last, collection);
        }
        return old.size() == STEP;
    }
}
