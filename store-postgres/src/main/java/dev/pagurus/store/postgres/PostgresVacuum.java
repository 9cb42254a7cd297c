package dev.pagurus.store.postgres;

import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the server vacuum and analyze a table of which much was written, as soon as the writing has come to rest. Until then
 * each entry of an index that is counted costs a look into the table. The server does it by itself after a minute or more,
 * unless an administrator has turned that off.
 *
 * <p>Nobody waits for it: it has a thread and a connection of its own while it runs, one for all stores that share their
 * connections, gives way to whoever holds the table, and whatever keeps it from working is no failure of anybody's call. With
 * a given DataSource it does nothing, since the connection that it would keep may be the only one.
 */
final class PostgresVacuum {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresVacuum.class);

    /** So many documents are counted fast enough as they are. */
    private static final long ENOUGH = 5_000;

    /** Less than one in so many is not worth reading the indexes of a large table. */
    private static final int PART = 10;

    private static final long REST_MILLIS = 500;

    /** Writes that never rest are not waited for longer than this many times. */
    private static final int RESTLESS = 60;

    /** A change of the collection would have to wait for it. What it has done until then stays. */
    private static final int LONGEST_SECONDS = 10;

    private static final long LONGEST_AT_CLOSE_SECONDS = 5;

    private final PostgresSettings settings;
    private final PostgresNames names;
    private final Map<String, Written> tables = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor thread;
    private final Set<FutureTask<?>> due = ConcurrentHashMap.newKeySet();
    private final Set<Statement> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closing = new CountDownLatch(1);

    PostgresVacuum(PostgresSettings settings, PostgresNames names, ThreadPoolExecutor thread) {
        this.settings = settings;
        this.names = names;
        this.thread = thread;
    }

    /** What was written to a table since it was vacuumed. */
    private static final class Written {
        final AtomicLong documents = new AtomicLong();
        final AtomicBoolean isDue = new AtomicBoolean();
        volatile long enough = ENOUGH;

        boolean becomesDue() {
            return documents.get() >= enough && isDue.compareAndSet(false, true);
        }
    }

    /** Notes what became of writes. */
    void wrote(List<Write> all, List<WriteOutcome> outcomes) {
        if (settings.target() == null) {
            return;
        }
        int from = 0;
        for (int i = 1; i <= all.size(); i++) {
            if (i == all.size() || !name(all, i).equals(name(all, from))) {
                wrote(
                        name(all, from),
                        outcomes.subList(from, i).stream()
                                .filter(one ->
                                        one instanceof WriteOutcome.Written || one instanceof WriteOutcome.Deleted)
                                .count());
                from = i;
            }
        }
    }

    private static String name(List<Write> all, int which) {
        return all.get(which).collection().name();
    }

    /** Notes that documents of a collection were written or deleted. */
    void wrote(String collection, long documents) {
        if (settings.target() == null || documents == 0) {
            return;
        }
        Written written = tables.computeIfAbsent(collection, name -> new Written());
        written.documents.addAndGet(documents);
        if (written.becomesDue()) {
            later(collection, written);
        }
    }

    /** Forgets what was written to a table that is not there any more. */
    void forget(String collection) {
        tables.remove(collection);
    }

    private void later(String collection, Written written) {
        if (closing.getCount() == 0) {
            return;
        }
        FutureTask<?> task = new FutureTask<>(() -> vacuumAtRest(collection, written), null) {
            @Override
            protected void done() {
                due.remove(this);
            }
        };
        due.add(task);
        thread.execute(task);
    }

    private void vacuumAtRest(String collection, Written written) {
        try {
            long before = -1;
            for (int i = 0; i < RESTLESS && written.documents.get() != before; i++) {
                before = written.documents.get();
                if (closing.await(REST_MILLIS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            vacuum(collection, written);
        } catch (InterruptedException e) {
            // Closing waits no longer.
            Thread.currentThread().interrupt();
        }
    }

    private void vacuum(String collection, Written written) {
        try {
            PostgresPool.direct(settings, new PostgresErrors(settings)).with(false, connection -> {
                try (Statement statement = connection.jdbc().createStatement()) {
                    statement.setQueryTimeout(LONGEST_SECONDS);
                    running.add(statement);
                    try {
                        vacuum(collection, written, statement);
                    } finally {
                        running.remove(statement);
                    }
                    return true;
                }
            });
        } catch (RuntimeException e) {
            LOG.debug("Collection '{}' could not be vacuumed; the server does it when it likes", collection, e);
            // The next time is after as many more, and not at once and for ever.
            written.documents.set(0);
        } finally {
            written.isDue.set(false);
            if (written.becomesDue()) {
                later(collection, written);
            }
        }
    }

    private void vacuum(String collection, Written written, Statement statement) throws SQLException {
        String table = names.qualified(collection);
        long all;
        try (ResultSet row = statement.executeQuery("select reltuples::bigint from pg_class where oid = "
                + PostgresNames.literal(table) + "::text::regclass")) {
            row.next();
            all = row.getLong(1);
        }
        long documents = written.documents.get();
        if (documents < all / PART) {
            written.enough = all / PART;
            return;
        }
        written.documents.addAndGet(-documents);
        written.enough = ENOUGH;
        // It would take the table for a moment to give room at its end back.
        statement.execute("vacuum (analyze, skip_locked, truncate false, process_toast false, parallel 0) " + table);
        SQLWarning warning = statement.getWarnings();
        if (warning == null) {
            LOG.debug("Collection '{}' was vacuumed after {} documents were written", collection, documents);
        } else {
            // Somebody else has the table, or we may not.
            LOG.debug("Collection '{}' was not vacuumed: {}", collection, warning.getMessage());
        }
    }

    /** Does at once what is due, for as long as that takes a few seconds. */
    void close() {
        closing.countDown();
        List<FutureTask<?>> all = List.copyOf(due);
        // The thread may be at work for another store.
        List<FutureTask<?>> waiting = all.stream().filter(thread::remove).toList();
        if (!waiting.isEmpty()) {
            Thread own = new Thread(() -> waiting.forEach(FutureTask::run), "pagurus-vacuum");
            own.setDaemon(true);
            own.start();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_AT_CLOSE_SECONDS);
        try {
            for (FutureTask<?> task : all) {
                task.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            cancel(all);
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            cancel(all);
        } catch (ExecutionException e) {
            LOG.debug("What was due could not be vacuumed", e);
        }
    }

    private void cancel(List<FutureTask<?>> all) {
        all.forEach(task -> task.cancel(true));
        running.forEach(PostgresVacuum::cancel);
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
            // Nothing is left open when the store is closed, however long the server takes to end.
            statement.getConnection().abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("A vacuum could not be cancelled; the server ends it with the connection", e);
        }
    }
}
