package dev.pagurus.examples.dashboard.web;

import io.javalin.http.sse.SseClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Tells open pages that something has changed; they fetch what, so nothing here has to be right but the moment.
 *
 * <p>One thread tells everybody, a burst of changes becomes one message, and an idle line is kept alive: proxies and
 * Jetty close what is silent.
 */
public final class Live implements AutoCloseable {

    private static final int MAX_CLIENTS = 200;
    private static final long GATHER_MILLIS = 200;
    private static final long HEARTBEAT_SECONDS = 10;

    /** Browsers drop an event without data. */
    private static final String NOTHING = "-";

    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    private final Semaphore changes = new Semaphore(0);
    private final Thread teller = new Thread(this::tell, "live");
    private volatile boolean closed;

    /** Starts the thread. */
    public Live() {
        teller.setDaemon(true);
        teller.start();
    }

    /** Has all pages told soon; returns at once. */
    public void changed() {
        changes.release();
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
        try {
            while (true) {
                boolean changed = changes.tryAcquire(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
                if (changed) {
                    Thread.sleep(GATHER_MILLIS);
                    changes.drainPermits();
                }
                clients.removeIf(client -> !isTold(client, changed));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
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
