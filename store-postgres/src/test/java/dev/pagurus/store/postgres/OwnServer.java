package dev.pagurus.store.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server that a test may stop, freeze and configure as it likes. The user postgres is always admitted. */
final class OwnServer implements AutoCloseable {

    private final int port;
    private final Path data;
    private final @Nullable EmbeddedPostgres server;
    private boolean frozen;

    private OwnServer(String... settings) throws IOException, InterruptedException {
        this.port = freePort();
        this.data = Files.createTempDirectory("pagurus-postgres").resolve("data");
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setPort(port).setDataDirectory(data);
        // Durable as in earnest, which is not what zonky does by itself.
        List<String> all = new ArrayList<>(
                List.of("fsync=on", "synchronous_commit=on", "full_page_writes=on", "max_connections=300"));
        all.addAll(List.of(settings));
        List<String> lines = new ArrayList<>(List.of("", "port = " + port));
        for (String setting : all) {
            String[] parts = setting.split("=", 2);
            builder.setServerConfig(parts[0], parts[1]);
            lines.add(parts[0] + " = '" + parts[1] + "'");
        }
        this.server = builder.start();
        // What zonky gives on the command line is for the first start only.
        Files.write(data.resolve("postgresql.conf"), lines, StandardOpenOption.APPEND);
    }

    /** A copy of one that is stopped, which follows it. */
    private OwnServer(OwnServer primary) throws IOException, InterruptedException {
        this.port = freePort();
        this.data = Files.createTempDirectory("pagurus-standby").resolve("data");
        this.server = null;
        Programs.run(List.of("cp", "-a", primary.data.toString(), data.toString()));
        Files.createFile(data.resolve("standby.signal"));
        Files.write(
                data.resolve("postgresql.conf"),
                List.of(
                        "",
                        "port = " + port,
                        "primary_conninfo = 'host=127.0.0.1 user=postgres port=" + primary.port + "'"),
                StandardOpenOption.APPEND);
    }

    /** Starts a standby of this one, which is stopped for a moment. */
    OwnServer standby() throws IOException, InterruptedException {
        admitReplication();
        String programs = Files.readString(data.resolve("postmaster.opts"));
        stop(false);
        OwnServer standby = new OwnServer(this);
        Files.writeString(standby.data.resolve("postmaster.opts"), programs);
        startAgain();
        standby.startAgain();
        return standby;
    }

    private void admitReplication() throws IOException {
        Files.write(
                data.resolve("pg_hba.conf"),
                List.of("host replication,all postgres 127.0.0.1/32 trust"),
                StandardOpenOption.TRUNCATE_EXISTING);
    }

    /** Starts one with settings such as {@code max_connections=20}. */
    static OwnServer start(String... settings) throws IOException, InterruptedException {
        return new OwnServer(settings);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port() {
        return port;
    }

    Path data() {
        return data;
    }

    /** Returns a URL for somebody, such as {@code app:secret}. */
    String url(String who, String database) {
        return "postgres://" + who + "@127.0.0.1:" + port + "/" + database;
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", "");
    }

    /** Runs SQL statements as the superuser, each on its own. */
    void run(String... statements) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Asks for one value. */
    String ask(String sql) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    /** Sets the lines of pg_hba.conf that follow the one for postgres. */
    void admit(String... lines) throws IOException, SQLException {
        List<String> all = new ArrayList<>(List.of("host all postgres 127.0.0.1/32 trust"));
        all.addAll(List.of(lines));
        Files.write(data.resolve("pg_hba.conf"), all);
        reload();
    }

    /** Makes the server read its files again, and waits until it has. */
    void reload() throws SQLException {
        String before = ask("select pg_conf_load_time()");
        run("select pg_reload_conf()");
        Waiting.until("the server to read its files", () -> {
            try {
                return !ask("select pg_conf_load_time()").equals(before);
            } catch (SQLException e) {
                return false;
            }
        });
    }

    /** Stops as after a power failure, or as an administrator does. */
    void stop(boolean immediately) throws IOException, InterruptedException {
        Path file = data.resolve("postmaster.pid");
        Programs.signal(immediately ? "QUIT" : "INT", List.of(postmaster()));
        Waiting.until("the server to stop", () -> !Files.exists(file));
    }

    void startAgain() throws IOException, InterruptedException {
        startAgain(List.of());
    }

    /** Starts it by a command that ends with running another one. */
    void startAgain(List<String> prefix) throws IOException, InterruptedException {
        String options = Files.readString(data.resolve("postmaster.opts"));
        Path programs = Path.of(options.substring(0, options.indexOf(' '))).resolveSibling("pg_ctl");
        List<String> command = new ArrayList<>(prefix);
        if (!prefix.isEmpty() || "root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(programs.toString(), "-w", "-D", data.toString(), "-l", data + ".log", "start"));
        Programs.run(command);
    }

    /** Lets the server and all its processes hang. */
    void freeze() throws IOException, InterruptedException {
        frozen = true;
        // First the one that starts the others.
        Programs.signal("STOP", List.of(postmaster()));
        Programs.signal("STOP", everyProcess());
    }

    void thaw() throws IOException, InterruptedException {
        frozen = false;
        Programs.signal("CONT", everyProcess());
    }

    private List<Long> everyProcess() throws IOException {
        List<Long> all = new ArrayList<>(List.of(postmaster()));
        ProcessHandle.of(postmaster()).orElseThrow().children().forEach(child -> all.add(child.pid()));
        return all;
    }

    private long postmaster() throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    }

    @Override
    public void close() throws IOException {
        try {
            if (frozen) {
                thaw();
            }
            if (server == null) {
                stop(true);
            } else {
                server.close();
            }
            Programs.run(List.of("rm", "-rf", String.valueOf(data.getParent())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
