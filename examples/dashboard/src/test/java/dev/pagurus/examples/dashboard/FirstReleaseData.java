package dev.pagurus.examples.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What the first release left, on each store: announced to that release by its webhook, dumped by sqlite3, and by pg_dump after
 * its own copy to PostgreSQL. Plain JDBC, which knows nothing of Pagurus.
 *
 * @param environment what the dashboard needs to find it
 * @param url the store
 */
record FirstReleaseData(Map<String, String> environment, String url, String jdbc, String schema) {

    static FirstReleaseData on(TestStore store, Path data) throws Exception {
        if (store == TestStore.SQLITE) {
            Path file = Files.createDirectories(data).resolve("dashboard.db");
            FirstReleaseData made = new FirstReleaseData(
                    TestApp.environment(data), "sqlite:" + file, "jdbc:sqlite:" + file + "?busy_timeout=10000", "main");
            made.run(read("release-1-sqlite.sql"));
            made.run("pragma journal_mode = wal");
            return made;
        }
        String url = Postgres.newDatabase();
        String schema = url.replaceFirst(".*[?&]schema=([^&]+).*", "$1");
        URI server = URI.create(url);
        String[] user = server.getUserInfo().split(":", 2);
        FirstReleaseData made = new FirstReleaseData(
                TestApp.environment(data, "DATABASE_URL", url),
                url,
                "jdbc:postgresql://" + server.getAuthority().replaceFirst(".*@", "") + server.getPath() + "?user="
                        + user[0] + (user.length == 1 ? "" : "&password=" + user[1]),
                schema);
        made.run(read("release-1-postgres.sql")
                .replace("dashboard.", schema + ".")
                .replace("SCHEMA dashboard", "SCHEMA " + schema));
        return made;
    }

    static String read(String name) throws IOException {
        try (InputStream in = FirstReleaseData.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    TestApp start() {
        return TestApp.start(environment);
    }

    Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(jdbc);
        if (isPostgres()) {
            connection.setSchema(schema);
        }
        return connection;
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    /** The rows of a query, their columns joined. */
    List<String> rows(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    row.add(found.getString(i));
                }
                rows.add(String.join(" ", row));
            }
            return rows;
        }
    }

    /** Adds as many updates of an image that is no more, as the first release wrote them. */
    void addUpdates(int number) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("insert into updates"
                        + " (id, version, created_at, image, noticed_at, body) values (?, ?, ?, 'many', ?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < number; i++) {
                long at = 1_795_703_580_000_000L + i;
                insert.setString(1, String.format(Locale.ROOT, "m%06d", i)); // behind those of the first release
                insert.setLong(2, at);
                insert.setLong(3, at);
                insert.setLong(4, at);
                insert.setString(5, body(i));
                insert.addBatch();
            }
            insert.executeBatch();
            connection.commit();
        }
    }

    private static String body(int number) {
        return "{\"image\":\"many\",\"announcement\":{\"status\":\"update\",\"provider\":\"docker\",\"digest\":\""
                + number
                + "\",\"created\":null,\"platform\":null,\"mimeType\":null,\"hubLink\":null,\"diunVersion\":null,"
                + "\"metadata\":{\"ctn_names\":\"number " + number + "\"}},\"noticedAt\":\"2026-11-26T14:33:00Z\"}";
    }

    boolean isPostgres() {
        return jdbc.startsWith("jdbc:postgresql:");
    }
}
