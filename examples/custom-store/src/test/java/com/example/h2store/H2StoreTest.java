package com.example.h2store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagurus.store.*;
import dev.pagurus.store.spi.*;
import dev.pagurus.store.spi.jdbc.JdbcSession;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only this store can meet; the rest is the contract. */
class H2StoreTest {

    private static final Schema<String> NOTES = Schema.of("notes", String.class);

    @TempDir
    Path directory;

    @Test
    void whatIsNoAddressIsRefused() {
        for (String url : List.of("h2:", "h2:%20", "h2:mem:", "h2:mem:a;b", "h2:/tmp/x;INIT=drop all objects", "h2:a%3Bb", "h2:a%00b")) {
            assertThrows(ConfigurationException.class, () -> Stores.open(url), url);
        }
        StoreConfig withUser = StoreConfig.builder(url()).user("me").build();
        assertThrows(ConfigurationException.class, () -> Stores.open(withUser));
    }

    @Test
    void aFileHasOneLockWhateverLinksLeadToIt() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("real")));
        String direct = H2StoreProvider.jdbcUrl(StoreConfig.of("h2:" + directory.resolve("real/db")));
        assertEquals(direct, H2StoreProvider.jdbcUrl(StoreConfig.of("h2:" + link.resolve("db"))));
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedAndLeftAlone() throws Exception {
        String text = "This is a letter to my aunt.\n".repeat(1000);
        Files.writeString(file(), text);
        refused(ConfigurationException.class, "no H2 database");
        assertEquals(text, Files.readString(file()));
    }

    @Test
    void aStatementThatTakesTooLongIsGivenUp() throws Exception {
        try (Store store = Stores.open(url() + "?timeout=1s")) {
            DocumentCollection<String> notes = store.collection(NOTES);
            notes.put("a", "a");
            sql("alter table \"notes$r1\" rename to \"theirs\"; create view \"notes$r1\" as select * from \"theirs\""
                    + " where (select max(mod(n, 7)) from system_range(1, 1000000000000) r(n)) > 0");
            UnavailableException given = assertThrows(UnavailableException.class, () -> notes.query().count());
            assertTrue(given.getMessage().contains("took longer than the 1000 ms"), given.getMessage());
            sql("drop view \"notes$r1\"; alter table \"theirs\" rename to \"notes$r1\"");
            assertEquals(1, notes.query().count());
        }
    }

    private void sql(String script) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:h2:" + directory.resolve("db") + ";SCHEMA=pagurus;DATABASE_TO_LOWER=TRUE", "sa", "")) {
            other.createStatement().execute(script);
        }
    }

    @Test
    void aDatabaseWithAUserOfItsOwnIsRefused() throws Exception {
        DriverManager.getConnection("jdbc:h2:" + directory.resolve("db"), "boss", "secret").close();
        refused(ConfigurationException.class, "another program");
    }

    @Test
    void aFileThatIsOpenElsewhereIsSaidToBe() throws Exception {
        Stores.open(url()).close();
        try (FileChannel other = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            other.lock();
            refused(UnavailableException.class, "Another process");
        }
    }

    @Test
    void aNewerCatalogueIsRefused() throws Exception {
        Stores.open(url()).close();
        execute("insert into \"pagurus\".\"migrations\" select max(\"version\") + 1, 'next', '' from \"pagurus\".\"migrations\"");
        refused(MigrationException.class, "newer release");
    }

    @Test
    void tablesOfOthersStayAndThoseOfOldRevisionsGo() throws Exception {
        execute("create table \"notes\" (a int)");
        try (Store store = Stores.open(url())) {
            store.collection(NOTES).put("a", "milk");
            store.collection(NOTES.revision(2));
        }
        assertEquals(2, count("notes$r%"));
        try (Store store = Stores.open(url())) {
            assertEquals("milk", store.collection(NOTES.revision(2)).get("a").orElseThrow().value());
        }
        assertEquals(1, count("notes$r%"));
        assertEquals(1, count("notes"));
    }

    @Test
    void whereResultsDoNotStreamNoMoreRowsAreAskedForThanHaveRoom() {
        List<Integer> asked = new ArrayList<>();
        H2Dialect whole = new H2Dialect() {
            @Override
            public boolean streams() {
                return false;
            }

            @Override
            public String first(int rows) {
                asked.add(rows);
                return super.first(rows);
            }
        };
        CollectionDefinition notes = new CollectionDefinition("notes", 1, List.of(), List.of());
        List<StoredRow> rows = Stream.of("a", "b", "c", "d", "e")
                .map(id -> new StoredRow(new StoredDocument(id, 1, 1, "x".repeat(3 << 20)), List.of()))
                .toList();
        StoreConfig config = StoreConfig.of(url());
        H2Engine engine = new H2Engine(config, H2StoreProvider.jdbcUrl(config));
        try {
            engine.define(notes, null);
            try (JdbcSession session = engine.begin(SessionMode.TRANSACTION)) {
                session.load(notes, rows);
                session.commit();
            }
            try (JdbcSession session = engine.begin(SessionMode.READ)) {
                JdbcSession careful = new JdbcSession(session.connection(), whole, new DeletedVersions(), () -> {});
                assertEquals(rows.subList(0, 3), careful.rows(notes, ""));
                assertEquals(rows.subList(3, 5), careful.rows(notes, "c"));
                Scan scan = new Scan(notes, Condition.EVERYTHING, List.of(new Sort("id", false)), List.of(Range.ALL), 500, 8 << 20);
                assertEquals(List.of("c"), careful.scan(scan).next());
                assertEquals(session.scan(scan), careful.scan(scan));
            }
        } finally {
            engine.close();
        }
        // The one that has no room says that more follow.
        assertEquals(List.of(2000, 4, 2000, 3, 501, 4, 501, 4), asked);
    }

    private String url() {
        return "h2:" + directory.resolve("db");
    }

    private Path file() {
        return directory.resolve("db.mv.db");
    }

    private void refused(Class<? extends StoreException> type, String why) {
        String message = assertThrows(type, () -> Stores.open(url())).getMessage();
        assertTrue(message.contains(why) && message.contains("h2:"), message);
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory.resolve("db"), "sa", "")) {
            connection.createStatement().execute(sql);
        }
    }

    private int count(String tables) throws Exception {
        String sql = "select count(*) from information_schema.tables where table_name like '" + tables + "'";
        try (Connection connection = DriverManager.getConnection("jdbc:h2:" + directory.resolve("db"), "sa", "");
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
