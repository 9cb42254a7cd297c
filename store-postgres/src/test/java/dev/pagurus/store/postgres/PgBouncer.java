package dev.pagurus.store.postgres;

import dev.pagurus.store.postgres.connect.PostgresTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A PgBouncer in transaction mode before a server: each transaction gets any of a few connections, so that nothing that
 * rests on the state of a session works through it. Needs the program (Debian: {@code apt-get install pgbouncer}).
 */
final class PgBouncer implements AutoCloseable {

    /** A role beside the one that the tests have. */
    static final String APP = "pagurus_app";

    private static final int SERVER_CONNECTIONS = 40;

    private final Process process;
    private final Path folder;
    private final int port;

    private PgBouncer(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /** The one that the tests of this JVM share, before the server that they share. */
    static PgBouncer shared() {
        return Shared.BOUNCER;
    }

    private static final class Shared {

        static final PgBouncer BOUNCER = start(Way.server());

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BOUNCER::close));
        }
    }

    static PgBouncer start(PostgresTarget server, String... settings) {
        try {
            Path folder = Files.createTempDirectory("pagurus-pgbouncer");
            int port = freePort();
            String host = server.hosts().substring(0, server.hosts().lastIndexOf(':'));
            Files.writeString(
                    folder.resolve("pgbouncer.ini"),
                    """
                    [databases]
                    * = host=%s port=%s
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %s
                    unix_socket_dir =
                    auth_type = trust
                    auth_file = %s/users.txt
                    pool_mode = transaction
                    max_client_conn = 1000
                    default_pool_size = %s
                    ignore_startup_parameters = extra_float_digits
                    """.formatted(
                                    host,
                                    server.hosts().substring(server.hosts().lastIndexOf(':') + 1),
                                    port,
                                    folder,
                                    SERVER_CONNECTIONS)
                            + String.join("\n", settings) + "\n");
            String password = server.password() == null ? "" : server.password();
            Files.writeString(
                    folder.resolve("users.txt"),
                    "\"%s\" \"%s\"%n\"%s\" \"\"%n".formatted(server.user(), password, APP));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Process process = new ProcessBuilder(command(folder))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                    .start();
            PgBouncer bouncer = new PgBouncer(process, folder, port);
            bouncer.awaitReady();
            return bouncer;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "PgBouncer could not be started. Install it (Debian: apt-get install pgbouncer).", e);
        }
    }

    /** It refuses to run as root. */
    private static List<String> command(Path folder) {
        List<String> command = new ArrayList<>(List.of(program()));
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(folder.resolve("pgbouncer.ini").toString());
        return command;
    }

    private static String program() {
        return Files.isExecutable(Path.of("/usr/sbin/pgbouncer")) ? "/usr/sbin/pgbouncer" : "pgbouncer";
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - deadline > 0) {
                    close();
                    throw new IOException(Files.readString(folder.resolve("pgbouncer.log")), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Returns where the application connects instead of to the server, with the option that the documentation asks for. */
    String url(String user, String database, String options) {
        return "postgres://" + user + "@127.0.0.1:" + port + "/" + database + "?prepare.threshold=0"
                + (options.isEmpty() ? "" : "&" + options);
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
