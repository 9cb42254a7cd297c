package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An old process and a schema change, at the moments that matter: the change is held while it refills. */
class SchemaChangeRaceTest {

    private static final Schema<Ticket> OTHER = Schema.of("others", Ticket.class);

    private final CountDownLatch refilling = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final LongField<Ticket> length = LongField.of("length", ticket -> {
        refilling.countDown();
        await(goOn);
        return ticket.title().length();
    });
    private final Schema<Ticket> second =
            Ticket.SCHEMA.field(length).index(length).revision(2);

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Store old;
    private Store fresh;
    private DocumentCollection<Ticket> tickets;

    @BeforeEach
    public void open() {
        old = Stores.open(config);
        fresh = Stores.open(config);
        old.collection(OTHER).put("o", Ticket.of("o"));
        tickets = old.collection(Ticket.SCHEMA);
        tickets.put("a", Ticket.of("a"));
        tickets.put("b", Ticket.of("b"));
    }

    @AfterEach
    void close() throws SQLException {
        goOn.countDown();
        threads.shutdownNow();
        old.close();
        fresh.close();
        PostgresServer.drop(config);
    }

    @Test
    void aPutThatWaitedForTheChangeWritesNothing() throws Exception {
        Future<DocumentCollection<Ticket>> change = threads.submit(() -> fresh.collection(second));
        refilling.await();
        Future<Document<Ticket>> put = threads.submit(() -> tickets.put("late", Ticket.of("late")));
        Future<Boolean> delete = threads.submit(() -> tickets.delete("a"));
        PostgresWaits.awaitBlocked(2, "tickets");
        goOn.countDown();
        DocumentCollection<Ticket> changed = change.get();
        assertRefused(put);
        assertRefused(delete);
        assertThat(changed.query().count()).isEqualTo(2);
        assertThat(changed.where(length.gte(1)).count()).isEqualTo(2);
    }

    @Test
    void aTransactionOlderThanTheChangeWritesNothing() throws Exception {
        CountDownLatch hasRead = new CountDownLatch(1);
        Future<Document<Ticket>> writer = threads.submit(() -> old.transaction(tx -> {
            tx.collection(OTHER).get("o");
            hasRead.countDown();
            await(refilling);
            return tx.collection(Ticket.SCHEMA).put("late", Ticket.of("late"));
        }));
        hasRead.await();
        Future<DocumentCollection<Ticket>> change = threads.submit(() -> fresh.collection(second));
        refilling.await();
        PostgresWaits.awaitBlocked(1, "tickets");
        goOn.countDown();
        assertThat(change.get().query().count()).isEqualTo(2);
        assertRefused(writer);
    }

    @Test
    void aTransactionThatHasReadTheCollectionComesFirst() throws Exception {
        Schema<Ticket> withoutColumns =
                Ticket.SCHEMA.index(Ticket.TITLE, Ticket.DUE).revision(2);
        CountDownLatch hasRead = new CountDownLatch(1);
        Future<Document<Ticket>> writer = threads.submit(() -> old.transaction(tx -> {
            DocumentCollection<Ticket> inside = tx.collection(Ticket.SCHEMA);
            inside.get("a");
            hasRead.countDown();
            PostgresWaits.awaitBlocked(1, "tickets");
            return inside.put("late", Ticket.of("late"));
        }));
        hasRead.await();
        DocumentCollection<Ticket> changed = fresh.collection(withoutColumns);
        assertThat(writer.get().id()).isEqualTo("late");
        assertThat(changed.query().count()).isEqualTo(3);
    }

    @Test
    void aSnapshotOlderThanTheChangeGetsItsDocumentsAndSearchesNoMore() throws Exception {
        goOn.countDown();
        int[] tries = {0};
        assertThatThrownBy(() -> old.<Long, Exception>snapshot(view -> {
                    tries[0]++;
                    view.collection(OTHER).get("o");
                    threads.submit(() -> fresh.collection(second)).get();
                    assertThat(view.collection(Ticket.SCHEMA)
                                    .get("a")
                                    .orElseThrow()
                                    .value())
                            .isEqualTo(Ticket.of("a"));
                    return view.collection(Ticket.SCHEMA).query().count();
                }))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("newer version");
        assertThat(tries[0]).isEqualTo(1);
    }

    /** Its rows have nulls in the new column as long as one looks at the old state. */
    @Test
    void aTransactionOlderThanTheChangeOfAKindDoesNotDeleteByNulls() throws Exception {
        goOn.countDown();
        InstantField<Ticket> due = InstantField.of("due", ticket -> Instant.EPOCH);
        Schema<Ticket> changed =
                Schema.of("tickets", Ticket.class).index(Ticket.STATUS, due).revision(2);
        assertThatThrownBy(() -> old.<Long, Exception>transaction(tx -> {
                    tx.collection(OTHER).get("o");
                    threads.submit(() -> fresh.collection(changed)).get();
                    return tx.collection(Ticket.SCHEMA)
                            .where(Ticket.DUE.isNull())
                            .deleteAll();
                }))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("newer version");
        assertThat(fresh.collection(changed).query().count()).isEqualTo(2);
    }

    @Test
    void aSearchThatWaitedForTheChangeIsRefused() throws Exception {
        CountDownLatch hasRead = new CountDownLatch(1);
        Future<?> holder = threads.submit(() -> old.transaction(tx -> {
            tx.collection(Ticket.SCHEMA).get("a");
            hasRead.countDown();
            await(goOn);
            return true;
        }));
        hasRead.await();
        Future<?> change = threads.submit(() -> fresh.collection(Ticket.SCHEMA.revision(2)));
        PostgresWaits.awaitBlocked(1, "tickets");
        Future<Long> search = threads.submit(() -> tickets.query().count());
        Future<Boolean> get = threads.submit(() -> tickets.get("a").isPresent());
        goOn.countDown();
        holder.get();
        change.get();
        assertThat(get.get()).isTrue();
        try {
            // It may have been in time.
            assertThat(search.get()).isEqualTo(2);
        } catch (ExecutionException e) {
            assertThat(e).cause().isInstanceOf(SchemaException.class).hasMessageContaining("newer version");
        }
    }

    private static void assertRefused(Future<?> write) {
        assertThatThrownBy(write::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("revision 2 is stored");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
