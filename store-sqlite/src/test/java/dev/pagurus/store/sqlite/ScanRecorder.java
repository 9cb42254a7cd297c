package dev.pagurus.store.sqlite;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The store for SQLite, which remembers the last scan: what the layers above it have made of a query. */
final class ScanRecorder implements StoreProvider {

    private final SqliteStoreProvider sqlite = new SqliteStoreProvider();
    private @Nullable Scan last;

    @Override
    public Set<String> schemes() {
        return sqlite.schemes();
    }

    @Override
    public int spiVersion() {
        return sqlite.spiVersion();
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        StoreEngine engine = sqlite.open(config);
        return (StoreEngine) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {StoreEngine.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("scan") || method.getName().equals("select")) {
                        last = (Scan) arguments[0];
                    }
                    try {
                        return method.invoke(engine, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Scan last() {
        if (last == null) {
            throw new IllegalStateException("There was no scan.");
        }
        return last;
    }
}
