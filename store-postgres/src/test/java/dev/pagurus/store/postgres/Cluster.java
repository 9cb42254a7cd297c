package dev.pagurus.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A primary server and a standby that streams from it and confirms each commit. The binaries are those of the embedded
 * server; the standby is a copy of the primary's files while it is stopped.
 */
final class Cluster implements AutoCloseable {

    private final Path binaries;
    private final Path folder = Files.createTempDirectory("pagurus-cluster");
    private final int primaryPort = freePort();
    private final int standbyPort = freePort();

    private Cluster() throws IOException {
        // The embedded server unpacks its binaries when it starts; it is not needed any longer then.
        EmbeddedPostgres.builder().start().close();
        try (Stream<Path> unpacked = Files.list(Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"))) {
            this.binaries = unpacked.map(one -> one.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("pg_ctl")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("The embedded server has left no binaries."));
        }
    }

    static Cluster start() throws IOException, SQLException {
        Cluster cluster = new Cluster();
        try {
            cluster.startBoth();
            return cluster;
        } catch (IOException | SQLException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void startBoth() throws IOException, SQLException {
        Path primary = data("primary");
        run("initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "-D", primary.toString());
        Files.writeString(
                primary.resolve("postgresql.conf"), "unix_socket_directories=''\n", StandardOpenOption.APPEND);
        Files.writeString(
                primary.resolve("pg_hba.conf"), "host replication all 127.0.0.1/32 trust\n", StandardOpenOption.APPEND);
        copy(primary, data("standby"));
        Path standby = data("standby");
        Files.writeString(
                standby.resolve("postgresql.conf"),
                "primary_conninfo='host=127.0.0.1 port=" + primaryPort + " user=postgres application_name=standby'\n",
                StandardOpenOption.APPEND);
        Files.createFile(standby.resolve("standby.signal"));
        startServer("primary", primaryPort);
        startServer("standby", standbyPort);
        confirmEachCommit();
    }

    /** Until a standby is there, a commit that waits for one waits for ever. */
    private void confirmEachCommit() throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + primaryPort + "/postgres";
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("alter system set synchronous_standby_names = 'standby'");
            statement.execute("select pg_reload_conf()");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (System.nanoTime() - deadline < 0) {
                try (var rows = statement.executeQuery("select 1 from pg_stat_replication where sync_state = 'sync'")) {
                    if (rows.next()) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("The standby did not come.");
    }

    String url() {
        return "postgres://postgres@127.0.0.1:" + primaryPort + ",127.0.0.1:" + standbyPort + "/postgres";
    }

    /** Kills the primary and every process of it, as a power failure would. */
    void killPrimary() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data("primary").resolve("postmaster.pid")).get(0));
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(postmaster.descendants().toList());
        postmaster.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    void promoteStandby() throws IOException {
        run("pg_ctl", "promote", "-w", "-D", data("standby").toString());
    }

    private void startServer(String name, int port) throws IOException {
        run(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data(name).toString(),
                "-l",
                folder.resolve(name + ".log").toString(),
                "-o",
                "-p " + port);
    }

    private Path data(String name) {
        return folder.resolve(name);
    }

    private void copy(Path from, Path to) throws IOException {
        command(List.of("cp", "-a", from.toString(), to.toString()));
    }

    /** The server refuses to run as root; a user namespace in which we are nobody does. */
    private void run(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve(program).toString());
        command.addAll(List.of(arguments));
        command(command);
    }

    private void command(List<String> command) throws IOException {
        File log = folder.resolve("commands.log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log.toPath()));
        }
    }

    @Override
    public void close() throws IOException {
        for (String name : List.of("primary", "standby")) {
            if (Files.exists(data(name).resolve("postmaster.pid"))) {
                try {
                    run("pg_ctl", "stop", "-m", "immediate", "-D", data(name).toString());
                } catch (IOException e) {
                    // It was killed: its file is all that is left.
                }
            }
        }
        command(List.of("rm", "-rf", folder.toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
