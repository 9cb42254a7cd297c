package dev.pagurus.store.sqlite;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The contract, on {@code sqlite::memory:}. */
class SqliteMemoryTckTest extends StoreTck {

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "sqlite-memory";
            }

            @Override
            public Optional<StoreLog> log() {
                return Optional.of(StoreLog.ofConsole());
            }

            @Override
            public List<Path> files(StoreConfig config) {
                return List.of(Path.of(System.getProperty("java.io.tmpdir"), "pagurus-"));
            }

            @Override
            public StoreConfig.Builder ofBackup(Path file) {
                return StoreConfig.builder("sqlite:" + file);
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                return StoreConfig.builder("sqlite::memory:");
            }

            @Override
            public StoreConfig.Builder secondHandle(StoreConfig.Builder first, Store open) {
                return StoreConfig.builder("sqlite:" + open.health().details().get("file"));
            }

            @Override
            public boolean survivesClose() {
                return false;
            }
        };
    }
}
