package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TransactionConflictException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A server has room to note so and so many things that serializable transactions have read, for as long as one is open that
 * was there when they were read. Who finds no room waits until there is, and is told what to raise if there never is.
 */
@Timeout(120)
class FullNotesTest {

    private static final int DOCUMENTS = 20_000;

    private static OwnServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = OwnServer.start("max_pred_locks_per_transaction=10", "max_connections=20");
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    /** Keeps notes from being given up. */
    private static void fill(Store store, Connection open) throws Exception {
        DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
        things.insertAll(IntStream.range(0, DOCUMENTS).mapToObj(i -> new Thing("t" + i)), Thing::name, OnConflict.FAIL);
        open.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        open.setAutoCommit(false);
        try (Statement statement = open.createStatement()) {
            statement.execute("select count(*) from pg_class where relname = 'nothing'");
        }
    }

    private static void readAll(Store store) {
        DocumentCollection<Thing> things = store.collection(Thing.SCHEMA);
        for (int i = 0; i < DOCUMENTS; i++) {
            assertThat(things.get("t" + i)).isPresent();
        }
    }

    private static long failedTransactions() throws SQLException {
        return Long.parseLong(server.ask("select xact_rollback from pg_stat_database where datname = 'postgres'"));
    }

    @Test
    void whoFindsNoRoomWaitsUntilTheTransactionHasEnded() throws Exception {
        try (Store store = Stores.open(server.url("postgres", "postgres") + "?schema=waits&pool.max=4");
                Connection open = server.connect("postgres")) {
            fill(store, open);
            long before = failedTransactions();
            CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> readAll(store));
            Waiting.until("gets that fail for lack of room", () -> failedTransactions() > before);
            assertThat(reader).isNotDone();
            open.rollback();
            reader.join();
        }
    }

    @Test
    void whoNeverFindsRoomIsToldWhatToRaise() throws Exception {
        try (Store store = Stores.open(server.url("postgres", "postgres") + "?schema=told&pool.max=4&timeout=1s");
                Connection open = server.connect("postgres")) {
            fill(store, open);
            String[] parts = {"no room left", "max_pred_locks_per_transaction", "Nothing was changed", "schema told"};
            Failure.of(TransactionConflictException.class, () -> readAll(store), parts);
            Failure.of(
                    TransactionConflictException.class,
                    () -> store.runTransaction(tx -> {
                        tx.collection(Thing.SCHEMA).put("kept", new Thing("not"));
                        for (int i = 0; i < DOCUMENTS; i++) {
                            tx.collection(Thing.SCHEMA).get("t" + i);
                        }
                    }),
                    parts);
            open.rollback();
            assertThat(store.collection(Thing.SCHEMA).get("kept")).isEmpty();
        }
    }
}
