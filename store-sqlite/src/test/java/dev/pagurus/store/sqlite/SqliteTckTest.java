package dev.pagurus.store.sqlite;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on database files. */
class SqliteTckTest extends StoreTck {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    @TempDir(factory = MemoryDisk.class)
    static Path directory;

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "sqlite-file";
            }

            @Override
            public Optional<StoreLog> log() {
                return Optional.of(StoreLog.ofConsole());
            }

            @Override
            public List<Path> files(StoreConfig config) {
                return List.of(directory);
            }

            @Override
            public StoreConfig.Builder ofBackup(Path file) {
                return StoreConfig.builder("sqlite:" + file);
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                return StoreConfig.builder("sqlite:" + directory.resolve(DATABASES.incrementAndGet() + ".db"));
            }
        };
    }
}
