package dev.pagurus.examples.jobs;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** PostgreSQL for the tests of this JVM: a server that they start, or the one that PAGURUS_TEST_POSTGRES_URL names. */
final class Postgres {

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** Started when somebody asks for it. */
    private static final class Server {
        static final String URL = start();
    }

    private Postgres() {}

    /** Skips a test that needs a server, for who cannot run one. */
    static void require() {
        Assumptions.assumeTrue(System.getProperty("skipPostgres") == null, "-DskipPostgres");
    }

    /** Returns the URL of a new, empty schema. */
    static String newDatabase() {
        require();
        String schema = "j" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
        return Server.URL + (Server.URL.contains("?") ? "&" : "?") + "pool.minIdle=0&schema=" + schema;
    }

    private static String start() {
        String given = System.getenv("PAGURUS_TEST_POSTGRES_URL");
        if (given != null) {
            return given;
        }
        try {
            return url(EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("The PostgreSQL server for the tests could not be started.", e);
        }
    }

    static String url(EmbeddedPostgres server) {
        return "postgres://postgres@localhost:" + server.getPort() + "/postgres";
    }
}
