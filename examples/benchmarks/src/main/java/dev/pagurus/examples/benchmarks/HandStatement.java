package dev.pagurus.examples.benchmarks;

import dev.pagurus.examples.benchmarks.plans.HandPlan;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.tck.samples.Entry;
import dev.pagurus.store.tck.samples.QueryShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A plan by hand, prepared once. */
final class HandStatement implements AutoCloseable {

    private static final Codec<Entry> CODEC = Codec.json(Entry.class);

    /** What PostgreSQL says of a statement that was cancelled. */
    private static final String CANCELLED = "57014";

    private static final int SQLITE_INTERRUPT = 9;

    private final PreparedStatement statement;
    private final QueryShape.Ask ask;

    /** What became of a statement with a time limit. */
    private enum State {
        RUNNING,
        ENDED,
        CANCELLED
    }

    private HandStatement(PreparedStatement statement, QueryShape.Ask ask) {
        this.statement = statement;
        this.ask = ask;
    }

    /** Prepares it; returns nothing if the engine knows no such plan: SQLite refuses an index that is of no use. */
    static Optional<HandStatement> of(HandConnections connections, QueryShape shape, HandPlan plan)
            throws SQLException {
        Connection connection = connections.with(plan.settings());
        try {
            return Optional.of(new HandStatement(connection.prepareStatement(plan.sql()), shape.ask()));
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("no query solution")) {
                return Optional.empty();
            }
            throw new SQLException("This plan by hand cannot be prepared: " + plan.sql(), e);
        }
    }

    /** Runs it to its end and returns what {@link ShapeRun} asks Pagurus for: ids, or a number. */
    List<String> run() throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            List<String> answer = new ArrayList<>();
            while (rows.next()) {
                answer.add(
                        ask == QueryShape.Ask.COUNT
                                ? String.valueOf(rows.getLong(1))
                                : document(rows).id());
            }
            return answer.size() > QueryShape.LIMIT ? answer.subList(0, QueryShape.LIMIT) : answer;
        }
    }

    /** The same, unless it takes longer; then it is cancelled, and there is nothing. */
    Optional<List<String>> run(Duration atMost) throws SQLException {
        AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            ScheduledFuture<?> cancelling = clock.schedule(
                    () -> {
                        if (state.compareAndSet(State.RUNNING, State.CANCELLED)) {
                            statement.cancel();
                        }
                        return true;
                    },
                    atMost.toMillis(),
                    TimeUnit.MILLISECONDS);
            List<String> answer = run();
            if (state.compareAndSet(State.RUNNING, State.ENDED)) {
                cancelling.cancel(false);
                return Optional.of(answer);
            }
            return Optional.empty();
        } catch (SQLException e) {
            if (state.get() == State.CANCELLED
                    && (CANCELLED.equals(e.getSQLState()) || e.getErrorCode() == SQLITE_INTERRUPT)) {
                return Optional.empty();
            }
            throw e;
        } finally {
            clock.shutdown();
        }
    }

    /** As Pagurus returns it, with the body decoded. */
    private static Document<Entry> document(ResultSet rows) throws SQLException {
        try {
            return new Document<>(
                    rows.getString(1),
                    rows.getLong(2),
                    Micros.toInstant(rows.getLong(3)),
                    CODEC.decode(rows.getString(4)));
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
