package dev.pagurus.store.sqlite.sql;

import dev.pagurus.store.spi.Micros;
import java.time.Duration;

/**
 * When a handle looks next whether there are changes to forget. Not stored: the first write after opening looks, and where a
 * look is undone with its transaction, the next one comes a little later. Safe for use by many threads.
 */
public final class SqliteDue {

    /** How many times in a retention. */
    public static final int LOOKS = 16;

    private static final long NEVER = Long.MIN_VALUE;

    private volatile long looked = NEVER;
    private volatile long pause;

    SqliteDue() {}

    /**
     * Says whether it is time, also because the clock was set back.
     *
     * @param retention that of what is being written, which may be new to this handle
     */
    public boolean is(long nowMicros, Duration retention) {
        long last = looked;
        return last == NEVER || nowMicros < last || nowMicros - last >= Math.min(pause, Micros.of(retention) / LOOKS);
    }

    /** Remembers a look, and how many microseconds there may be to the next. */
    public void looked(long nowMicros, long untilNext) {
        pause = untilNext;
        looked = nowMicros;
    }

    /** Has the next write look: what is kept, or for how long, has changed. */
    public void lookAgain() {
        looked = NEVER;
    }
}
