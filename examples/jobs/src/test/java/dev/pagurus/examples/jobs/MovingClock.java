package dev.pagurus.examples.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test moves, so that it need not wait. */
final class MovingClock extends Clock {

    private final AtomicReference<Instant> time;

    MovingClock(Instant start) {
        this.time = new AtomicReference<>(start);
    }

    void move(Duration by) {
        time.updateAndGet(now -> now.plus(by));
    }

    @Override
    public Instant instant() {
        return Objects.requireNonNull(time.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
