package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.StoreLog;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Databases of the reference engine, or of a broken one. */
class ReferenceFixture implements StoreFixture {

    /** Far shorter than an application's, so that a store that never gets anywhere is found out soon. */
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String name;
    private final ReferenceProvider provider;

    ReferenceFixture(String name, ReferenceProvider provider) {
        this.name = name;
        this.provider = provider;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<StoreLog> log() {
        return Optional.of(StoreLog.ofJavaLogging());
    }

    @Override
    public StoreConfig.Builder newDatabase() {
        return StoreConfig.builder("reference:" + DATABASES.incrementAndGet())
                .provider(provider)
                .timeout(TIMEOUT);
    }

    @Override
    public Store open(StoreConfig config) {
        // Whatever is no URL of this store goes the way of an application.
        return config.scheme().equals("reference") ? Stores.open(provider, config) : Stores.open(config);
    }

    /** What is in memory is in this process only. */
    @Override
    public boolean severalProcesses() {
        return false;
    }

    @Override
    public StoreConfig.Builder ofBackup(Path file) {
        return StoreConfig.builder("reference:" + file).provider(provider).timeout(TIMEOUT);
    }

    @Override
    public void dropDatabase(StoreConfig config) {
        provider.drop(config);
    }
}
