package dev.pagurus.store.sqlite;

import dev.pagurus.store.Ids;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.HostPrograms;
import dev.pagurus.store.tck.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteHostProgramsTest extends HostPrograms {

    @TempDir
    Path directory;

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "sqlite";
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                return StoreConfig.builder("sqlite:" + directory.resolve(Ids.next() + ".db"));
            }
        };
    }
}
