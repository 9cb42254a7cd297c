package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Contract group E: connections that cannot be made, each for real. */
@Timeout(60)
class PostgresConnectErrorsTest {

    private static final String SECRET = Failure.SECRET;

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start("max_connections=20");
        server.run(
                "create role app login password '" + SECRET + "'",
                "create role visitor login password '" + SECRET + "'",
                "create role nobody nologin",
                "create role few login connection limit 0",
                "create database closed",
                "revoke connect on database closed from public",
                "create database ascii encoding 'SQL_ASCII' template template0 locale 'C'");
        server.admit(
                "host all app 127.0.0.1/32 scram-sha-256",
                "host all nobody 127.0.0.1/32 trust",
                "host all few 127.0.0.1/32 trust",
                "host all ghost 127.0.0.1/32 trust");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    void aClosedPortIsNoServer() throws Exception {
        String url = "postgres://app:" + SECRET + "@127.0.0.1:" + OwnServer.freePort() + "/db";
        Failure.ofOpening(
                UnavailableException.class,
                url,
                "No PostgreSQL server can be reached at postgres://app:***@127.0.0.1:",
                "Check host and port",
                "connect.wait");
    }

    @Test
    void anUnknownHostIsNamed() {
        Failure.ofOpening(
                UnavailableException.class,
                "postgres://app:" + SECRET + "@no-such-host.invalid/db",
                "The host of postgres://app:***@no-such-host.invalid/db is not known",
                "Check its name");
    }

    @Test
    void aWebServerIsNotTakenForADatabase() throws Exception {
        HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.start();
        try {
            for (String mode : List.of("prefer", "disable")) {
                Failure.ofOpening(
                        UnavailableException.class,
                        "postgres://app:" + SECRET + "@127.0.0.1:"
                                + web.getAddress().getPort() + "/db?connect.timeout=1s&sslmode=" + mode,
                        "postgres://app:***@127.0.0.1:",
                        "Check host and port");
            }
        } finally {
            web.stop(0);
        }
    }

    @Test
    void aServerThatSpeaksSomethingElseIsNotTakenForADatabase() throws Exception {
        try (Speaker speaker = new Speaker("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")) {
            for (String mode : List.of("prefer", "disable", "require")) {
                Failure.ofOpening(
                        ConfigurationException.class,
                        "postgres://app:" + SECRET + "@127.0.0.1:" + speaker.port() + "/db?sslmode=" + mode,
                        "does not speak like a PostgreSQL server",
                        "Check host and port");
            }
        }
    }

    @Test
    void aServerThatNeverAnswersIsGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Failure.ofOpening(
                    UnavailableException.class,
                    "postgres://app:" + SECRET + "@127.0.0.1:" + silent.getLocalPort() + "/db?connect.timeout=1s",
                    "Nothing answered at postgres://app:***@127.0.0.1:",
                    "within 1 s",
                    "connect.timeout");
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        Failure.ofOpening(
                ConfigurationException.class,
                server.url("app:wrong-" + SECRET, "postgres"),
                "refuses the user or password",
                "\"app\"",
                "StoreConfig");
    }

    @Test
    void whatIsNamedAmongTheOptionsIsShownAndThePasswordIsNot() {
        String url = "postgres:///postgres?host=127.0.0.1&port=" + server.port() + "&user=app&password=";
        Failure.ofOpening(
                ConfigurationException.class,
                url + "wrong-" + SECRET,
                "postgres://app@127.0.0.1:" + server.port() + "/postgres",
                "refuses the user or password");
        Failure.ofOpening(
                ConfigurationException.class, url + SECRET + "&channel_binding=require", "channel_binding", "sslmode");
    }

    @Test
    void aPasswordIsTakenFromTheFileThatPsqlTakesItFrom(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("pgpass"), "127.0.0.1:" + server.port() + ":*:app:" + SECRET);
        System.setProperty("org.postgresql.pgpassfile", file.toString());
        server.run("create schema if not exists fromfile authorization app");
        try (Store store = Stores.open(server.url("app", "postgres") + "?pool.minIdle=0&schema=fromfile")) {
            assertThat(store.health().details()).containsEntry("user", "app");
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void aMissingPasswordIsAskedFor() {
        Failure.ofOpening(
                ConfigurationException.class, server.url("app", "postgres"), "cannot be logged in to", "password");
    }

    @Test
    void aUserWhoIsNotThereOrMayNotLogInIsNamed() {
        Failure.ofOpening(
                ConfigurationException.class,
                server.url("ghost", "postgres"),
                "refuses the user",
                "\"ghost\"",
                "may log in");
        Failure.ofOpening(
                ConfigurationException.class, server.url("nobody", "postgres"), "refuses the user", "\"nobody\"");
    }

    @Test
    void whoIsNotInPgHbaIsNotAdmitted() {
        Failure.ofOpening(
                ConfigurationException.class,
                server.url("visitor:" + SECRET, "postgres"),
                "admits nobody like this",
                "pg_hba.conf",
                "visitor");
    }

    @Test
    void aDatabaseThatIsNotThereIsNamed() {
        Failure.ofOpening(
                ConfigurationException.class,
                server.url("app:" + SECRET, "nowhere"),
                "has no such database",
                "\"nowhere\"",
                "Create it");
    }

    @Test
    void aUserWithoutTheRightToConnectIsTold() {
        Failure.ofOpening(
                ConfigurationException.class, server.url("app:" + SECRET, "closed"), "grant connect", "\"closed\"");
    }

    @Test
    void aDatabaseThatIsNotInUtf8IsRefused() {
        Failure.ofOpening(
                ConfigurationException.class,
                server.url("app:" + SECRET, "ascii"),
                "is encoded in SQL_ASCII",
                "encoding 'UTF8' template template0");
    }

    @Test
    void tooManyConnectionsAreNamed() throws Exception {
        Failure.ofOpening(
                UnavailableException.class, server.url("few", "postgres"), "has too many connections", "pool.max");
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < 18; i++) {
                all.add(server.connect("postgres"));
            }
            Failure.ofOpening(
                    UnavailableException.class,
                    server.url("app:" + SECRET, "postgres"),
                    "has too many connections",
                    "max_connections");
        } finally {
            for (Connection connection : all) {
                connection.close();
            }
        }
    }
}
