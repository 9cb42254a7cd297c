package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function that finds nothing returns null, and its transaction is a transaction all the same. */
class SqliteNullResultTest {

    @TempDir
    private Path directory;

    @Test
    void aTransactionAndASnapshotMayReturnNull() {
        try (Store store = Stores.open("sqlite:" + directory.resolve("data.db"))) {
            returnsNull(store);
        }
    }

    @Test
    void soTheyMayWhereCallsAreSeen() {
        List<String> seen = new ArrayList<>();
        try (Store store = Stores.open(StoreConfig.builder("sqlite:" + directory.resolve("data.db"))
                .listener(call -> seen.add(call.operation()))
                .build())) {
            returnsNull(store);
        }
        assertThat(seen).contains("transaction", "snapshot");
    }

    @SuppressWarnings("NullAway") // outside of its JSpecify mode it does not know of the bound of a type parameter
    private static void returnsNull(Store store) {
        store.collection(Note.SCHEMA);
        @Nullable
        String nothing = store.transaction(tx -> {
            tx.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            return tx.collection(Note.SCHEMA).get("n2").map(found -> found.id()).orElse(null);
        });
        assertThat(nothing).isNull();
        assertThat(store.collection(Note.SCHEMA).get("n1")).isPresent();
        @Nullable
        String unseen = store.snapshot(view ->
                view.collection(Note.SCHEMA).get("n2").map(found -> found.id()).orElse(null));
        assertThat(unseen).isNull();
    }
}
