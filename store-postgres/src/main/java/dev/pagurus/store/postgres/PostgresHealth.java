package dev.pagurus.store.postgres;

import dev.pagurus.store.Health;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.connect.PostgresFacts;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.documents.PostgresReads;
import dev.pagurus.store.postgres.schema.PostgresDistribution;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.Micros;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server one question, and looks at the pool. The question is asked on a thread of its own, so that there is an
 * answer in time even from a server that hangs; the thread ends soon after.
 */
final class PostgresHealth {

    /** Who asks often has a time-out too, and a server that answers nothing for so long is not well. */
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private static final String READ = "read committed read only";

    /** So many questions at once: more only wait for the same server. */
    private static final int PLACES = 4;

    private final PostgresSettings settings;
    private final PostgresPool pool;
    private final PostgresPool lanes;
    private final String question;
    private final Duration limit;
    private final Semaphore places = new Semaphore(PLACES);

    PostgresHealth(PostgresSettings settings, PostgresPool pool, PostgresPool lanes) {
        this.settings = settings;
        this.pool = pool;
        this.lanes = lanes;
        this.question = "select current_setting('server_version'), current_user, pg_is_in_recovery(),"
                + " current_setting('default_transaction_read_only'), (select max(version) from "
                + new PostgresNames(settings.schema()).qualified("pagurus_migrations") + "), " + PostgresFacts.SPREADS;
        Duration half = settings.timeout().dividedBy(2);
        this.limit = half.compareTo(LONGEST) < 0 ? half : LONGEST;
    }

    private record Answer(String engine, @Nullable String problem, Map<String, String> details) {}

    Health check() {
        long started = System.nanoTime();
        Answer answer = places.tryAcquire()
                ? inTime()
                : problem("Earlier questions to the server of " + settings.shown() + " are still without an answer.");
        Duration latency = Duration.ofNanos(System.nanoTime() - started);
        Map<String, String> details = new LinkedHashMap<>(answer.details());
        details.putAll(pool.details(lanes));
        return new Health(answer.problem() == null, answer.engine(), latency, answer.problem(), details);
    }

    private Answer inTime() {
        FutureTask<Answer> task = new FutureTask<>(this::ask);
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        places.release();
                    }
                },
                "pagurus-health");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            @Nullable RuntimeException why = pool.lastFailure();
            if (why != null) {
                return problem(String.valueOf(why.getMessage()));
            }
            return problem("The server of " + settings.shown() + " did not answer within " + Micros.shown(limit)
                    + ": it hangs or cannot be reached, or all connections are in use.");
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            return problem("The thread was interrupted while it waited for " + settings.shown() + ".");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            return problem(String.valueOf(cause instanceof StoreException ? cause.getMessage() : cause));
        }
    }

    private static Answer problem(String problem) {
        return new Answer("PostgreSQL", problem, Map.of());
    }

    private Answer ask() {
        return pool.with(false, connection -> {
            int before = connection.jdbc().getNetworkTimeout();
            connection.jdbc().setNetworkTimeout(Runnable::run, Math.max(1, Math.toIntExact(limit.toMillis())));
            Answer answer = ask(connection);
            // After a failure the connection is not worth a repair: our pool does that, or drops it.
            connection.jdbc().setNetworkTimeout(Runnable::run, before);
            return answer;
        });
    }

    /** Not serializable, which a standby would refuse before it could say that it is one. */
    private Answer ask(PostgresConnection connection) throws SQLException {
        Map<String, String> details = new LinkedHashMap<>();
        int[] spreads = new int[1];
        Answer answer = connection.alone(READ, question, List.of(), rows -> {
            rows.next();
            boolean primary = !rows.getBoolean(3);
            spreads[0] = rows.getInt(6);
            details.put("user", rows.getString(2));
            details.put("primary", Boolean.toString(primary));
            details.put("read_only", Boolean.toString("on".equals(rows.getString(4)) || !primary));
            details.put("schema", settings.schema());
            details.put("catalogue_version", String.valueOf(rows.getString(5)));
            return new Answer(
                    "PostgreSQL " + rows.getString(1),
                    primary
                            ? null
                            : "The server of " + settings.shown() + " is a standby. Name the primary, or all hosts.",
                    details);
        });
        if (isDistributed(connection, spreads[0])) {
            details.put("distributed", "whole schema");
        }
        return answer;
    }

    /** Throws if our tables are distributed in a way that loses promises. */
    private boolean isDistributed(PostgresConnection connection, int spreads) throws SQLException {
        if (spreads == 0) {
            return false;
        }
        PostgresDistribution distribution =
                new PostgresDistribution(new PostgresNames(settings.schema()), settings.shown());
        PostgresReads.Runner runner = new PostgresReads.Runner() {
            @Override
            public <R> R query(String sql, List<?> parameters, PostgresConnection.Rows<R> rows) throws SQLException {
                return connection.alone(READ, sql, parameters, rows);
            }
        };
        return distribution.isWhole(spreads, runner, distribution.collections(runner));
    }
}
