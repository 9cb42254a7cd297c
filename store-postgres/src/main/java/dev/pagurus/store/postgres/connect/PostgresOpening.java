package dev.pagurus.store.postgres.connect;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.Micros;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Reaches the server for the first time, and says how. */
public final class PostgresOpening {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresOpening.class);

    private static final long PAUSE_MILLIS = 250;

    private final PostgresSettings settings;

    public PostgresOpening(PostgresSettings settings) {
        this.settings = settings;
    }

    /** Says what was opened and how, for the log, and warns of a server that forgets. */
    public String how(PostgresFacts facts) {
        if (!facts.durable()) {
            LOG.warn(
                    "The server of {} does not keep its word: with its setting fsync, writes that have returned"
                            + " are lost when its machine crashes. Turn it on.",
                    settings.shown());
        }
        return settings.shown() + ", as " + facts.user()
                + (facts.encrypted() ? " over TLS" : " without TLS")
                + (facts.distributed() ? ", distributed whole by Citus" : "")
                + (settings.target() == null ? "" : ", at most " + settings.poolMax() + " connections");
    }

    /** Tries again for as long as the option connect.wait says, for servers that start beside the application. */
    public PostgresFacts whenReachable(Supplier<PostgresFacts> opening) {
        long started = System.nanoTime();
        String said = "";
        while (true) {
            try {
                return opening.get();
            } catch (UnavailableException e) {
                if (System.nanoTime() - started >= settings.connectWait().toNanos()) {
                    throw settings.connectWait().isZero()
                            ? e
                            : new UnavailableException(
                                    e.getMessage() + " (Waited for " + Micros.shown(settings.connectWait())
                                            + ", as the option connect.wait says.)",
                                    e.getCause());
                }
                String message = String.valueOf(e.getMessage());
                // The same thing is said once, not twice a second.
                LOG.atLevel(message.equals(said) ? Level.DEBUG : Level.INFO)
                        .log("Waiting up to {} for the database: {}", Micros.shown(settings.connectWait()), message);
                said = message;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnavailableException(
                        "The thread was interrupted while it waited for " + settings.shown() + ".", e);
            }
        }
    }
}
