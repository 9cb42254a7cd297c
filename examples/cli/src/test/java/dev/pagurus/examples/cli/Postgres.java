package dev.pagurus.examples.cli;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** PostgreSQL for the tests of this JVM: a server of our own, which asks everybody but its superuser for a password. */
final class Postgres {

    /** Of the user app, who may create nothing. */
    static final String PASSWORD = "pass-word";

    private static final AtomicInteger SCHEMAS = new AtomicInteger();

    /** Started when somebody asks for it. */
    private static final class Server {
        static final int PORT = start();
    }

    private Postgres() {}

    /** Skips a test that needs a server, for who cannot run one. */
    static void require() {
        Assumptions.assumeTrue(System.getProperty("skipPostgres") == null, "-DskipPostgres");
    }

    /** Returns the name of a schema that is not there yet. */
    static String newSchema() {
        return "s" + SCHEMAS.incrementAndGet();
    }

    /** Returns the URL of a new, empty store. */
    static String newStore() {
        return url("postgres", newSchema());
    }

    /** Returns a URL for somebody, such as {@code app:secret}. */
    static String url(String who, String schema) {
        require();
        return "postgres://" + who + "@localhost:" + Server.PORT + "/postgres?pool.minIdle=0&schema=" + schema;
    }

    /** Runs a script as an administrator does. */
    static void run(String script) throws SQLException {
        require();
        run(Server.PORT, script);
    }

    private static void run(int port, String script) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        }
    }

    private static int start() {
        try {
            Path admitted = Files.createTempFile("pagurus", "hba.conf");
            admitted.toFile().deleteOnExit();
            Files.write(admitted, List.of("host all postgres localhost trust", "host all all localhost scram-sha-256"));
            int port = EmbeddedPostgres.builder()
                    .setServerConfig("hba_file", admitted.toString())
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .start()
                    .getPort();
            run(port, "create role app login password '" + PASSWORD + "'");
            return port;
        } catch (IOException e) {
            throw new UncheckedIOException("The PostgreSQL server for the tests could not be started.", e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
