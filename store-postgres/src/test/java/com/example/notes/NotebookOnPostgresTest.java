package com.example.notes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class NotebookOnPostgresTest extends NotebookTest {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();
    private static EmbeddedPostgres server;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1)) // a busy machine
                .start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    /** One server for all tests, and a schema of its own for each. */
    @Override
    String emptyDatabase() {
        return "postgres://postgres@localhost:" + server.getPort() + "/postgres?pool.max=4&pool.minIdle=0&schema=test"
                + SCHEMAS.incrementAndGet();
    }
}
