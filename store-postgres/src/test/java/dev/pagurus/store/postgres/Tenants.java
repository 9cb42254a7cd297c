package dev.pagurus.store.postgres;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The class of TENANTS.md. */
final class Tenants implements AutoCloseable {

    /** Where a tenant's store is, and whether it may be opened. */
    record Tenant(String server, boolean open) {}

    static final Schema<Tenant> TENANTS = Schema.of("tenants", Tenant.class);

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private final DocumentCollection<Tenant> all;
    private final Map<String, String> servers; // their names, and URLs with {tenant} in them
    private final Map<String, Store> stores = new ConcurrentHashMap<>();

    Tenants(Store directory, Map<String, String> servers) {
        this.all = directory.collection(TENANTS);
        this.servers = servers;
    }

    void add(String name, String server) {
        if (!NAME.matcher(name).matches()) { // it becomes a part of a URL
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a tenant.");
        }
        all.insert(name, new Tenant(server, true));
    }

    Store of(String name) {
        return stores.computeIfAbsent(name, this::open);
    }

    private Store open(String name) {
        Tenant tenant = all.get(name)
                .map(Document::value)
                .filter(Tenant::open)
                .orElseThrow(() -> new NoSuchElementException("There is no tenant '" + name + "' now."));
        return Stores.open(config(name, tenant.server()));
    }

    StoreConfig config(String name, String server) {
        String url = Objects.requireNonNull(servers.get(server), server);
        return StoreConfig.of(url.replace("{tenant}", name));
    }

    Map<String, StoreException> upgradeAll(Consumer<String> progress, Schema<?>... schemas) {
        List<String> names = all.query().stream().map(Document::id).toList();
        Map<String, StoreException> failed = new TreeMap<>();
        int done = 0;
        for (String name : names) {
            try {
                for (Schema<?> schema : schemas) {
                    of(name).collection(schema);
                }
            } catch (StoreException e) {
                failed.put(name, e); // the others need not wait for it
            }
            progress.accept(++done + " of " + names.size() + ", " + failed.size() + " failed");
        }
        return failed;
    }

    CopyResult move(String name, String server) {
        Tenant here = stop(name);
        try {
            CopyResult copied = Stores.copy(config(name, here.server()), config(name, server), CopyOptions.DEFAULT);
            all.put(name, new Tenant(server, true));
            return copied;
        } catch (StoreException e) {
            all.put(name, here); // it goes on where it was
            throw e;
        }
    }

    /** Closes a tenant's store, and lets nobody open it again. */
    private Tenant stop(String name) {
        Tenant here = all.get(name).orElseThrow().value();
        all.put(name, new Tenant(here.server(), false));
        close(name); // every process that has it open must do so
        return here;
    }

    private void close(String name) {
        Store store = stores.remove(name);
        if (store != null) {
            store.close();
        }
    }

    void drop(String name, Consumer<StoreConfig> removal) {
        removal.accept(config(name, stop(name).server()));
        all.delete(name);
    }

    @Override
    public void close() {
        stores.keySet().forEach(this::close);
    }
}
