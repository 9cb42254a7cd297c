package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Claims beside transactions that have rows locked, and the server's clock. */
class PostgresClaimTest {

    record Job(long turn, String by) {}

    private static final LongField<Job> TURN = LongField.of("turn", Job::turn);
    private static final Schema<Job> JOBS = Schema.of("jobs", Job.class).index(TURN);

    private final StoreConfig config = PostgresServer.newDatabase().build();

    private static Query<Job> free(DocumentCollection<Job> jobs) {
        return jobs.where(TURN.gte(0)).orderBy(TURN.asc());
    }

    private static void fill(DocumentCollection<Job> jobs) {
        IntStream.range(0, 6).forEach(i -> jobs.insert("j" + i, new Job(i, "")));
    }

    @Test
    void whatAnotherTransactionHasLockedIsPassedBy() {
        try (Store store = Stores.open(config);
                Store other = Stores.open(config)) {
            DocumentCollection<Job> jobs = store.collection(JOBS);
            fill(jobs);
            DocumentCollection<Job> there = other.collection(JOBS);
            store.runTransaction(tx -> {
                tx.collection(JOBS).update("j0", job -> new Job(0, "changed"));
                tx.collection(JOBS).delete("j2");

                // It would wait for the transaction, which waits for it.
                assertThat(free(there).claimFirst(job -> new Job(-1, "one")))
                        .map(Document::id)
                        .contains("j1");
                assertThat(free(there).limit(3).claim(job -> new Job(-1, "three")))
                        .extracting(Document::id)
                        .containsExactly("j3", "j4", "j5");
                assertThat(free(there).claimFirst(job -> new Job(-1, "none"))).isEmpty();
            });
            assertThat(free(there).limit(9).claim(job -> new Job(-1, "late")))
                    .extracting(Document::id)
                    .containsExactly("j0");
        }
    }

    @Test
    void theTimeIsTheServers() throws Exception {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Job> jobs = store.collection(JOBS);
            Instant before = server();
            Instant now = store.now();
            assertThat(now).isBetween(before.minusMillis(1), server().plusMillis(1));
            Instant created = jobs.insert("j0", new Job(0, "")).createdAt();
            assertThat(Duration.between(now, created)).isBetween(Duration.ofMillis(-500), Duration.ofSeconds(20));
            List<Instant> later =
                    IntStream.range(0, 1000).mapToObj(i -> store.now()).toList();
            assertThat(later).isSorted();
            assertThat(Optional.of(later.get(999)))
                    .hasValueSatisfying(last ->
                            assertThat(last).isBeforeOrEqualTo(Instant.now().plusSeconds(1)));
        }
    }

    private Instant server() throws Exception {
        try (Connection connection = PostgresServer.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select clock_timestamp()")) {
            rows.next();
            return rows.getTimestamp(1).toInstant();
        }
    }
}
