package com.example.h2store;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.StoreTck;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The contract, on databases in memory. */
class H2MemoryTckTest extends StoreTck {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public String name() {
                return "h2-memory";
            }

            @Override
            public Optional<StoreLog> log() {
                return Optional.of(StoreLog.ofConsole());
            }

            @Override
            public StoreConfig.Builder newDatabase() {
                return StoreConfig.builder("h2:mem:db" + DATABASES.incrementAndGet());
            }

            @Override
            public boolean survivesClose() {
                return false;
            }
        };
    }
}
