package dev.pagurus.store.postgres;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** The class of TENANTS.md. */
final class Tenants implements AutoCloseable {

    /** Where a tenant's store is, and whether it may be opened. */
    record Tenant(String server, boolean open) {}

    static final Schema<Tenant> TENANTS = Schema.of("tenants", Tenant.class);

    static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,29}");

    private final DocumentCollection<Tenant> all;
    private final Map<String, String> servers; // their names, and URLs with {tenant} in them
    private final Map<String, CompletableFuture<Store>> stores = new ConcurrentHashMap<>();

    Tenants(Store directory, Map<String, String> servers) {
        this.all = directory.collection(TENANTS);
        this.servers = servers;
    }

    void add(String name, String server) {
        config(name, server); // refuses what cannot be
        all.insert(name, new Tenant(server, true));
    }

    StoreConfig config(String name, String server) {
        String url = servers.get(server);
        if (url == null || !NAME.matcher(name).matches()) { // it becomes a part of a URL
            throw new IllegalArgumentException("No tenant can be '" + name + "' on '" + server + "'.");
        }
        return StoreConfig.of(url.replace("{tenant}", name));
    }

    Store of(String name) {
        CompletableFuture<Store> mine = new CompletableFuture<>();
        CompletableFuture<Store> first = stores.putIfAbsent(name, mine);
        if (first == null) {
            open(name, mine); // outside of the map, where others would wait for a server that does not answer
        }
        try {
            return (first == null ? mine : first).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private void open(String name, CompletableFuture<Store> opened) {
        try {
            Tenant tenant = all.get(name)
                    .map(Document::value)
                    .filter(Tenant::open)
                    .orElseThrow(() -> new NoSuchElementException("There is no tenant '" + name + "' now."));
            opened.complete(Stores.open(config(name, tenant.server())));
        } catch (Throwable e) {
            stores.remove(name, opened); // who comes next tries again
            opened.completeExceptionally(e);
        }
    }

    Map<String, RuntimeException> upgradeAll(Consumer<String> progress, Schema<?>... schemas) {
        List<String> names = all.query().stream().map(Document::id).toList();
        Map<String, RuntimeException> failed = new TreeMap<>();
        int done = 0;
        for (String name : names) {
            try {
                for (Schema<?> schema : schemas) {
                    of(name).collection(schema);
                }
            } catch (RuntimeException e) { // also of one that is closed, or on a server that there is not
                failed.put(name, e); // the others need not wait for it
            }
            progress.accept(++done + " of " + names.size() + ", " + failed.size() + " failed");
        }
        return failed;
    }

    CopyResult move(String name, String server) {
        StoreConfig there = config(name, server); // refuses what cannot be, before anything stands still
        String here = stop(name);
        try {
            CopyResult copied = Stores.copy(config(name, here), there, CopyOptions.DEFAULT);
            all.put(name, new Tenant(server, true));
            return copied;
        } catch (RuntimeException e) {
            reopen(name); // it goes on where it was
            throw e;
        }
    }

    /** Closes a tenant's store, lets nobody open it again, and says on which server it is. */
    String stop(String name) {
        Tenant stopped = all.update(name, tenant -> {
                    if (!tenant.open()) {
                        throw new IllegalStateException("'" + name + "' is closed: it is moved or dropped just now,"
                                + " or was when that broke off; if so, reopen it.");
                    }
                    return new Tenant(tenant.server(), false);
                })
                .orElseThrow()
                .value();
        close(name); // every process that has it open must do so
        return stopped.server();
    }

    /** Lets a tenant be opened again, where it was. */
    void reopen(String name) {
        all.update(name, tenant -> new Tenant(tenant.server(), true));
    }

    private void close(String name) {
        CompletableFuture<Store> store = stores.remove(name);
        if (store != null) {
            store.handle((opened, failed) -> Optional.ofNullable(opened)).join().ifPresent(Store::close);
        }
    }

    /** Removes what a move, or one that broke off, has left on a server. */
    void removeOld(String name, String server, Consumer<StoreConfig> removal) {
        StoreConfig old = config(name, server);
        Tenant now = all.get(name).orElseThrow().value();
        if (!now.open() || config(name, now.server()).url().equals(old.url())) {
            throw new IllegalStateException("'" + name + "' is closed, or is on '" + server + "' now.");
        }
        removal.accept(old);
    }

    /** Drops a tenant, where it is now. What moves have left elsewhere is to be removed before. */
    void drop(String name, Consumer<StoreConfig> removal) {
        removal.accept(config(name, stop(name)));
        all.delete(name);
    }

    @Override
    public void close() {
        stores.keySet().forEach(this::close);
    }
}
