package dev.pagurus.examples.dashboard.web;

import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.UnavailableException;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells open pages that something has changed, here or in another instance; they fetch what, so nothing here has to be right
 * but the moment.
 *
 * <p>One thread waits for changes and tells everybody, a burst of changes becomes one message, and an idle line is kept alive:
 * proxies and Jetty close what is silent.
 */
public final class Live implements AutoCloseable {

    private static final int MAX_CLIENTS = 200;
    private static final long GATHER_MILLIS = 200;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);

    /** Browsers drop an event without data. */
    private static final String NOTHING = "-";

    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final ChangeFeed feed;
    private final Thread teller = new Thread(this::tell, "live");
    private volatile boolean closed;

    /** Starts the thread, which waits for what comes from now on. */
    public Live(ChangeFeed feed) {
        this.feed = feed.startAfter(feed.end());
        teller.setDaemon(true);
        teller.start();
    }

    void join(SseClient client) {
        if (clients.size() >= MAX_CLIENTS || closed) {
            client.ctx().status(503);
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.add(client);
        if (closed) {
            client.close(); // it may have come too late to be closed with the others
        } else {
            client.sendEvent("hello", NOTHING);
        }
    }

    private void tell() {
        ChangeFeed rest = feed;
        try {
            while (!closed) {
                boolean changed = true;
                try {
                    ChangePage page = rest.page(HEARTBEAT);
                    rest = rest.startAfter(page.position());
                    changed = !page.changes().isEmpty();
                } catch (PositionLostException e) {
                    rest = rest.startAfter(rest.end()); // whatever it was, pages fetch what is there now
                } catch (UnavailableException e) {
                    LOG.debug("Changes cannot be read just now", e);
                    Thread.sleep(PAUSE_MILLIS);
                    changed = false;
                }
                if (changed) {
                    Thread.sleep(GATHER_MILLIS);
                }
                tell(changed);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        } catch (StoreClosedException e) {
            LOG.debug("There are no more changes", e);
        }
    }

    private void tell(boolean changed) {
        clients.removeIf(client -> !isTold(client, changed));
    }

    private static boolean isTold(SseClient client, boolean changed) {
        try {
            if (changed) {
                client.sendEvent("changed", NOTHING);
            } else {
                client.sendComment("still here");
            }
            return !client.terminated();
        } catch (RuntimeException e) {
            return false; // gone without a word
        }
    }

    /** Ends all lines, so that the server can stop. */
    @Override
    public void close() {
        closed = true;
        teller.interrupt();
        clients.forEach(SseClient::close);
    }
}
