package com.example.h2store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pagurus.store.Capability;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.*;
import dev.pagurus.store.spi.jdbc.ServerAddress;
import java.sql.*;
import java.util.*;
import java.util.concurrent.*;
import org.junit.jupiter.api.Test;

/** What an engine with several writers does in the place of looking first: here on H2, where who writes a row locks it. */
class SeveralWritersTest {

    private static final String URL = "jdbc:h2:mem:writers;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000";

    /** A connection of one writer. */
    private record Writer(Connection connection) {

        WriteOutcome replace(String id, long expected, String code, long now) throws SQLException {
            String sql = "update docs set code = ?, version = greatest(?, version + 1) where id = ? and version = ?";
            if (update(sql, code, now, id, expected) == 1) {
                return new WriteOutcome.Written(version(id), now);
            }
            // Nothing was written. What is there now says why, unless it has become what was asked for.
            Long current = version(id);
            if (current != null && current == expected) {
                throw new SerializationFailure("Document '" + id + "' was written at the same time.", null);
            }
            return new WriteOutcome.VersionConflict(current);
        }

        WriteOutcome insert(String id, String code, long now) throws SQLException {
            Savepoint before = connection.setSavepoint();
            try {
                update("insert into docs values (?, ?, ?)", id, code, now);
                return new WriteOutcome.Written(now, now);
            } catch (SQLIntegrityConstraintViolationException e) {
                connection.rollback(before); // or the failed statement has ended the transaction, as on PostgreSQL
                return version(id) != null ? new WriteOutcome.DuplicateId() : new WriteOutcome.UniqueViolation("code");
            }
        }

        Long version(String id) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement("select version from docs where id = ?")) {
                statement.setString(1, id);
                ResultSet row = statement.executeQuery();
                return row.next() ? (Long) row.getLong(1) : null;
            }
        }

        int update(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                return statement.executeUpdate();
            }
        }
    }

    @Test
    void ofSeveralWritersEachIsToldWhatBecameOfItsWrite() throws Exception {
        try (Connection setUp = DriverManager.getConnection(URL)) {
            new Writer(setUp).update("create table docs (id varchar primary key, code varchar unique, version bigint)");
            new Writer(setUp).insert("counter", "none", 0);
        }
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Integer>> writers = Collections.nCopies(4, SeveralWritersTest::count);
            int written = 0;
            for (Future<Integer> one : pool.invokeAll(writers)) {
                written += one.get();
            }
            try (Connection look = DriverManager.getConnection(URL)) {
                assertEquals(written, new Writer(look).version("counter"), "each write that was acknowledged, once");
            }
        } finally {
            pool.shutdown();
        }
        try (Connection connection = DriverManager.getConnection(URL)) {
            connection.setAutoCommit(false);
            Writer writer = new Writer(connection);
            writer.insert("a", "one", 1);
            assertEquals(new WriteOutcome.DuplicateId(), writer.insert("a", "one", 2));
            assertEquals(new WriteOutcome.UniqueViolation("code"), writer.insert("b", "one", 3));
            assertEquals(new WriteOutcome.VersionConflict(1L), writer.replace("a", 7, "two", 4));
            assertEquals(new WriteOutcome.VersionConflict(null), writer.replace("c", 7, "two", 4));
            assertEquals(new WriteOutcome.Written(9, 9), writer.replace("a", 1, "two", 9));
        }
    }

    private static int count() throws SQLException {
        int written = 0;
        try (Connection connection = DriverManager.getConnection(URL)) {
            Writer writer = new Writer(connection);
            for (int i = 0; i < 200; i++) {
                try {
                    WriteOutcome outcome = writer.replace("counter", writer.version("counter"), "none", 0);
                    written += outcome instanceof WriteOutcome.Written ? 1 : 0;
                } catch (SerializationFailure e) {
                    // Pagurus makes the call again.
                }
            }
        }
        return written;
    }

    @Test
    void theAddressOfAServerIsTakenApart() {
        StoreConfig config = StoreConfig.of("mariadb://me:secret@db.example.com/notes");
        ServerAddress server = ServerAddress.of(config, 3306);
        String url = "jdbc:mariadb://" + server.host() + ":" + server.port() + "/" + server.database();
        assertEquals("jdbc:mariadb://db.example.com:3306/notes", url);
        assertEquals("me", server.user());
        assertEquals("secret", server.password());
    }

    @Test
    void anEngineSaysHowMuchItHolds() {
        Set<Capability> all = EnumSet.allOf(Capability.class);
        long packet = 16 << 20; // select @@max_allowed_packet
        EngineInfo info =
                new EngineInfo("MariaDB", "11.4", "mariadb://host/db", all, 1, 0, packet - (1 << 20));
        assertEquals(15 << 20, info.maxBodyBytes());
        assertThrows(IllegalArgumentException.class, () -> new EngineInfo("X", "1", "x:", all, 1, 0, 1 << 20));
    }
}
