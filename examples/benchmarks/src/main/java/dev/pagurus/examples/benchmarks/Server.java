package dev.pagurus.examples.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A PostgreSQL server of our own on the loopback interface, as durable as it comes out of the box. */
public final class Server implements AutoCloseable {

    private final EmbeddedPostgres server;

    /** A new one, which is deleted when it is closed. */
    public Server() {
        this(EmbeddedPostgres.builder());
    }

    /** One whose data stays in a folder, where it is found again. */
    Server(Path data) {
        this(EmbeddedPostgres.builder().setDataDirectory(data.toFile()).setCleanDataDirectory(false));
    }

    private Server(EmbeddedPostgres.Builder builder) {
        try {
            this.server = builder.setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("max_connections", "100")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("The PostgreSQL server could not be started.", e);
        }
    }

    /** Returns host and port. */
    public String address() {
        return "localhost:" + server.getPort();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
