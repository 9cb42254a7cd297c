package com.example.notes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** A PostgreSQL server for all tests of this JVM, which ends with it; each test class has a schema of its own. */
final class Postgres {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** Started when somebody asks for it. */
    private static final class Server {
        static final int PORT = start();
    }

    private Postgres() {}

    static String emptyDatabase() {
        return "postgres://postgres@localhost:" + Server.PORT + "/postgres?pool.max=4&pool.minIdle=0&schema=test"
                + SCHEMAS.incrementAndGet();
    }

    private static int start() {
        try {
            return EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(1)) // a busy machine
                    .start()
                    .getPort();
        } catch (IOException e) {
            throw new UncheckedIOException("The PostgreSQL server for the tests could not be started.", e);
        }
    }
}
