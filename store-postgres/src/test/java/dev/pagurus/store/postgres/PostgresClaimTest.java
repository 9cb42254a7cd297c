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
import dev.pagurus.store.TextField;
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
    private static final TextField<Job> BY = TextField.of("by_whom", Job::by);
    private static final Schema<Job> JOBS = Schema.of("jobs", Job.class).index(TURN);

    private final StoreConfig config = PostgresServer.newDatabase().build();

    private static Query<Job> free(DocumentCollection<Job> jobs) {
        return jobs.where(TURN.gte(0)).orderBy(TURN.asc());
    }

    private static void fill(DocumentCollection<Job> jobs) {
        IntStream.range(0, 6).forEach(i -> jobs.insert("j" + i, new Job(i, "")));
    }

    @Test
    void whatAnotherTransactionHasLockedIsPassedBy() throws Exception {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Job> jobs = store.collection(JOBS);
            fill(jobs);
            String table = PostgresServer.schemaOf(store) + ".jobs";
            try (Connection held =
                    PostgresServer.hold("update " + table + " set version = version where id in ('j0', 'j2')")) {
                assertThat(free(jobs).claimFirst(job -> new Job(-1, "one")))
                        .map(Document::id)
                        .contains("j1");
                assertThat(free(jobs).limit(3).claim(job -> new Job(-1, "three")))
                        .extracting(Document::id)
                        .containsExactly("j3", "j4", "j5");
                assertThat(free(jobs).claimFirst(job -> new Job(-1, "none"))).isEmpty();
                held.rollback();
            }
            assertThat(free(jobs).limit(9).claim(job -> new Job(-1, "late")))
                    .extracting(Document::id)
                    .containsExactly("j0", "j2");
        }
    }

    /** A list that waits for one value does not say for which of its documents. */
    @Test
    void oneThatWaitsForAUniqueValueKeepsNoOtherFromBeingClaimed() throws Exception {
        Schema<Job> unique = Schema.of("unique_jobs", Job.class).index(TURN).uniqueIndex(BY);
        try (Store store = Stores.open(config)) {
            DocumentCollection<Job> jobs = store.collection(unique);
            IntStream.range(0, 6).forEach(i -> jobs.insert("j" + i, new Job(i, "by " + i)));
            jobs.insert("other", new Job(-2, "nobody"));
            String table = PostgresServer.schemaOf(store) + ".unique_jobs";
            try (Connection held =
                    PostgresServer.hold("update " + table + " set by_whom = 'held' where id = 'other'")) {
                assertThat(free(jobs).limit(6).claim(job -> new Job(-1, job.turn() == 2 ? "held" : job.by())))
                        .extracting(Document::id)
                        .containsExactlyInAnyOrder("j0", "j1", "j3", "j4", "j5");
                held.rollback();
            }
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
