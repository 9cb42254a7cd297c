package dev.pagurus.store.postgres;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL store that remembers what it was asked for last. */
final class Asked implements StoreProvider {

    private @Nullable Scan scan;
    private @Nullable CollectionDefinition counted;
    private @Nullable Condition filter;

    Scan scan() {
        return Objects.requireNonNull(scan, "scan");
    }

    CollectionDefinition counted() {
        return Objects.requireNonNull(counted, "counted");
    }

    Condition filter() {
        return Objects.requireNonNull(filter, "filter");
    }

    @Override
    public Set<String> schemes() {
        return new PostgresStoreProvider().schemes();
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        StoreEngine engine = new PostgresStoreProvider().open(config);
        return (StoreEngine) Proxy.newProxyInstance(
                StoreEngine.class.getClassLoader(), new Class<?>[] {StoreEngine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("scan") || method.getName().equals("select")) {
                        scan = (Scan) arguments[0];
                    } else if (method.getName().equals("count")) {
                        counted = (CollectionDefinition) arguments[0];
                        filter = (Condition) arguments[1];
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
