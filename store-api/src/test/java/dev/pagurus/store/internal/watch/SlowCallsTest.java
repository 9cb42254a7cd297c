package dev.pagurus.store.internal.watch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pagurus.store.StoreCall;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of slow calls, and how much of it. */
class SlowCallsTest {

    private final AtomicLong clock = new AtomicLong(-5);
    private final SlowCalls slow = new SlowCalls(Duration.ofMillis(200), clock::get);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.pagurus.store.slow");

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(log);
    }

    @Test
    void aLineSaysWhatItWasAndWhereTheTimeWent() {
        slow.look(call("put", "", 200), () -> "");
        assertThat(lines()).as("of a call that took no longer than it may").isEmpty();
        slow.look(call("list", "title = ? order by due", 412), () -> "no index for the order");
        slow.look(
                new StoreCall(
                        "transaction",
                        "",
                        "",
                        "",
                        Duration.ofMillis(1_500),
                        Duration.ofMillis(1_000),
                        Duration.ofMillis(400),
                        7,
                        2,
                        0,
                        null,
                        "TransactionConflictException"),
                () -> "");
        slow.look(call("list", "x or ".repeat(500), 300), () -> "");
        assertThat(lines().get(0))
                .isEqualTo("Slow: list of 'notes' where title = ? order by due, within a transaction, took 412.0 ms"
                        + " (3.0 ms queued, 5.0 ms in the engine), 37 rows, 4 others joined;"
                        + " no index for the order");
        assertThat(lines().get(1))
                .isEqualTo("Slow: transaction took 1,500.0 ms (1,000.0 ms queued, 400.0 ms in the engine), 7 rows,"
                        + " 2 repetitions, failed with TransactionConflictException");
        assertThat(lines().get(2)).contains("...").hasSizeLessThan(600);
    }

    @Test
    void ofManyInAMinuteTheFirstAreShownAndTheRestCounted() {
        look(SlowCalls.MOST_A_MINUTE + 30);
        assertThat(lines()).hasSize(SlowCalls.MOST_A_MINUTE);
        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        look(1);
        assertThat(lines()).hasSize(SlowCalls.MOST_A_MINUTE);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        look(1);
        assertThat(lines()).hasSize(SlowCalls.MOST_A_MINUTE + 2);
        assertThat(lines().get(SlowCalls.MOST_A_MINUTE)).contains("31 more calls");
        slow.close();
        assertThat(lines()).as("when nothing was left out").hasSize(SlowCalls.MOST_A_MINUTE + 2);
        look(SlowCalls.MOST_A_MINUTE);
        slow.close();
        assertThat(lines().get(2 * SlowCalls.MOST_A_MINUTE + 1)).contains("Slow: 1 more");
    }

    private void look(int calls) {
        IntStream.range(0, calls).forEach(i -> slow.look(call("put", "", 201), () -> ""));
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static StoreCall call(String operation, String shape, long millis) {
        return new StoreCall(
                operation,
                "notes",
                shape,
                shape.isEmpty() ? "" : "transaction",
                Duration.ofMillis(millis),
                Duration.ofMillis(3),
                Duration.ofMillis(5),
                37,
                0,
                shape.isEmpty() ? 0 : 4,
                null,
                null);
    }
}
