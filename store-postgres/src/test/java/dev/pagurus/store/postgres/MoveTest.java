package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From SQLite to PostgreSQL and back. */
class MoveTest {

    private static final int DOCUMENTS = 3_000;

    @TempDir
    Path directory;

    @Test
    void thereAndBackAgain() throws Exception {
        StoreConfig first = StoreConfig.of("sqlite:" + directory.resolve("first.db"));
        StoreConfig postgres = PostgresServer.newDatabase().build();
        StoreConfig last = StoreConfig.of("sqlite:" + directory.resolve("last.db"));
        Path export = directory.resolve("export.zip");
        Path backup = directory.resolve("backup.db");
        CopyResult exported;
        try (Store store = Stores.open(first)) {
            DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
            tickets.insertAll(
                    IntStream.range(0, DOCUMENTS).mapToObj(i -> Ticket.of("t" + i)),
                    Ticket::title,
                    dev.pagurus.store.OnConflict.FAIL);
            exported = store.exportTo(export, CopyOptions.DEFAULT);
            store.backup(backup, false);
        }
        CopyResult there = Stores.copy(first, postgres, CopyOptions.DEFAULT);
        assertThat(there).isEqualTo(exported);
        assertThat(there.documents()).isEqualTo(DOCUMENTS);
        assertThatThrownBy(() -> Stores.copy(first, postgres, CopyOptions.DEFAULT))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("is not empty");
        assertThat(Stores.copy(first, postgres, CopyOptions.DEFAULT.withOverwrite()))
                .isEqualTo(there);
        assertThatThrownBy(() -> Stores.copy(first, first, CopyOptions.DEFAULT.withOverwrite()))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("the same database");
        assertThat(Stores.copy(postgres, last, CopyOptions.DEFAULT)).isEqualTo(there);
        assertThat(Stores.importFrom(
                        export, StoreConfig.of("sqlite:" + directory.resolve("imported.db")), CopyOptions.DEFAULT))
                .isEqualTo(there);
        assertThat(Stores.copy(
                        StoreConfig.of("sqlite:" + backup),
                        StoreConfig.of("sqlite:" + directory.resolve("b.db")),
                        CopyOptions.DEFAULT))
                .isEqualTo(there);
        PostgresServer.drop(postgres);
    }
}
