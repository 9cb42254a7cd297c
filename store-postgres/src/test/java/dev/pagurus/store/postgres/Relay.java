package dev.pagurus.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server, and counts how often the client has to wait for the server: the round trips. May
 * cut a connection when the client has said some words, one after the other, and may stall: everything stays connected,
 * and nothing is passed on any more.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile int stallsAfter = Integer.MAX_VALUE;
    private final AtomicReference<@Nullable Cut> cut = new AtomicReference<>();
    private volatile boolean closesAfterTheCut;
    private volatile long lateMillis;

    /** Where a connection is cut: after these words, before or after they have come to the server. */
    private record Cut(List<String> words, boolean arrives) {}

    Relay(String host, int port) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /** Returns how many connections were made. */
    int connections() {
        return connections.get();
    }

    int roundTrips() {
        return roundTrips.get();
    }

    /** Cuts a connection instead of passing the last of these words on. */
    void cutBefore(String... words) {
        cut.set(new Cut(List.of(words), false));
    }

    /** Cuts a connection instead of passing back what the server says to the last of these words. */
    void cutAnswerTo(String... words) {
        cut.set(new Cut(List.of(words), true));
    }

    boolean hasCut() {
        return cut.get() == null;
    }

    /** Lets each connection wait before it is one. */
    void admitLate(long millis) {
        lateMillis = millis;
    }

    void admitNobodyAfterTheCut() {
        closesAfterTheCut = true;
    }

    /** Passes nothing on any more, after so many more round trips. */
    void stallAfter(int more) {
        stallsAfter = roundTrips.get() + more;
    }

    private boolean isStalled() {
        return roundTrips.get() > stallsAfter;
    }

    /** A connection; what comes from the client after the server has spoken is a new round trip. */
    private final class Line {

        private boolean serverHasSpoken = true;
        private int wordsSaid;
        private volatile boolean ends;

        synchronized void passed(boolean fromClient) {
            if (fromClient && serverHasSpoken) {
                roundTrips.incrementAndGet();
            }
            serverHasSpoken = !fromClient;
        }

        /** Says whether what the client says now is the end. */
        boolean isEnd(String text) {
            Cut now = cut.get();
            if (now == null) {
                return false;
            }
            int from = 0;
            while (wordsSaid < now.words().size()) {
                int found = text.indexOf(now.words().get(wordsSaid), from);
                if (found < 0) {
                    return false;
                }
                from = found + now.words().get(wordsSaid++).length();
            }
            cut.set(null);
            ends = true;
            if (closesAfterTheCut) {
                close();
            }
            return !now.arrives();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                connections.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(lateMillis));
                Socket server = new Socket(host, port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                Line line = new Line();
                start(() -> copy(client, server, line, true));
                start(() -> copy(server, client, line, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void copy(Socket from, Socket to, Line line, boolean fromClient) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            int length = in.read(buffer);
            while (length >= 0) {
                line.passed(fromClient);
                while (isStalled() && !listening.isClosed()) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
                }
                boolean end =
                        fromClient ? line.isEnd(new String(buffer, 0, length, StandardCharsets.ISO_8859_1)) : line.ends;
                if (end) {
                    return;
                }
                out.write(buffer, 0, length);
                out.flush();
                length = in.read(buffer);
            }
        } catch (IOException e) {
            // One side has hung up.
            return;
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
