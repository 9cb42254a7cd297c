package dev.pagurus.store.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server, and counts how often the client has to wait for the server: the round trips. It can
 * stall: everything stays connected, and nothing is passed on any more.
 */
final class Relay implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final AtomicInteger roundTrips = new AtomicInteger();
    private volatile int stallsAfter = Integer.MAX_VALUE;

    Relay(String host, int port) throws IOException {
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.host = host;
        this.port = port;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    int roundTrips() {
        return roundTrips.get();
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

        synchronized void passed(boolean fromClient) {
            if (fromClient && serverHasSpoken) {
                roundTrips.incrementAndGet();
            }
            serverHasSpoken = !fromClient;
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
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
    public void close() throws IOException {
        listening.close();
    }
}
