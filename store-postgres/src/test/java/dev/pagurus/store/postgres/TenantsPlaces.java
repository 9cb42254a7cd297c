package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the tenants of TENANTS.md are, and how they are removed there. */
final class TenantsPlaces implements AutoCloseable {

    static final int POOL = 12;

    private final OwnServer server;

    private TenantsPlaces(OwnServer server) {
        this.server = server;
    }

    static TenantsPlaces start() throws Exception {
        OwnServer server = OwnServer.start("fsync=off", "max_connections=60");
        server.run("create database other");
        return new TenantsPlaces(server);
    }

    /** Returns two servers by name. */
    Map<String, String> servers(String kind, Path folder) {
        if (kind.equals("sqlite")) {
            return Map.of(
                    "one", "sqlite:" + folder.resolve("{tenant}.db"),
                    "two", "sqlite:" + folder.resolve("two-{tenant}.db"));
        }
        String options = "?pool.shared=true&pool.max=" + POOL + "&application=tenants&schema=tenant_{tenant}";
        return Map.of(
                "one", server.url("postgres", "postgres") + options, "two", server.url("postgres", "other") + options);
    }

    Consumer<StoreConfig> removal(String kind) {
        return kind.equals("sqlite") ? TenantsPlaces::deleteFile : this::dropSchema;
    }

    private static void deleteFile(StoreConfig config) {
        try {
            for (String end : List.of("-wal", "-shm", "")) { // a killed process leaves the first two behind
                Files.deleteIfExists(Path.of(config.address() + end));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void dropSchema(StoreConfig config) {
        try (Connection connection = administrator(config).getConnection();
                Statement statement = connection.createStatement()) {
            String schema = config.options().text("schema", "");
            statement.execute("drop schema if exists \"" + schema + "\" cascade");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DataSource administrator(StoreConfig config) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(config.address().endsWith("/other") ? "other" : "postgres");
        source.setUser("postgres");
        return source;
    }

    /** Says whether anything of a store is there. */
    boolean isThere(StoreConfig config) throws Exception {
        if (config.scheme().equals("sqlite")) {
            Path file = Path.of(config.address());
            try (Stream<Path> files = Files.list(file.getParent())) {
                return files.anyMatch(one -> one.getFileName()
                        .toString()
                        .startsWith(file.getFileName().toString()));
            }
        }
        try (Connection connection = administrator(config).getConnection()) {
            return connection
                    .getMetaData()
                    .getSchemas(null, config.options().text("schema", ""))
                    .next();
        }
    }

    long connections() throws SQLException {
        return Long.parseLong(server.ask("select count(*) from pg_stat_activity where application_name = 'tenants'"));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
