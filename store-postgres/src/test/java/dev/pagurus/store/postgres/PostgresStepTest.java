package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes that start at once: each runs a step over a collection, and raises the collection's revision behind it. */
@Timeout(60)
class PostgresStepTest {

    private static final Schema<String> TEXTS = Schema.of("texts", Codec.of(text -> text, text -> text));

    private final StoreConfig config = PostgresServer.newDatabase().build();
    private final String schema = config.options().text("schema", "");

    @AfterEach
    void drop() throws SQLException {
        PostgresServer.drop(config);
    }

    /** The other one ends the step, and raises the revision, between this one's look at the mark and its look at the texts. */
    @Test
    void whoIsOvertakenBetweenTheMarkAndTheDocumentsHasDoneNothing() throws Exception {
        try (Store store = Stores.open(config)) {
            store.collection(TEXTS).insert("a", "one");
            store.step("before", tx -> {});
            try (Connection other = PostgresServer.hold("lock table " + schema + ".texts in access exclusive mode")) {
                CompletableFuture<Boolean> step = CompletableFuture.supplyAsync(
                        () -> store.step("copy", TEXTS, (tx, batch) -> {}), task -> new Thread(task).start());
                PostgresWaits.awaitBlocked(1, "texts");
                try (Statement statement = other.createStatement()) {
                    statement.execute("insert into " + schema + ".pagurus_steps (id, version, created_at, body) values"
                            + " ('copy', 1, 1, 'done, over texts, 1 documents, last a'); update " + schema
                            + ".pagurus_collections set revision = 2 where name = 'texts'; alter index " + schema
                            + ".\"texts$r1\" rename to \"texts$r2\"");
                }
                other.commit();
                assertThat(step.join()).as("whether it did any of it").isFalse();
            }
        }
    }
}
