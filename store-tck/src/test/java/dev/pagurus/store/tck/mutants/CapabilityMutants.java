package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Group C: capabilities. */
final class CapabilityMutants {

    private CapabilityMutants() {}

    @Breaks(Clause.C1)
    static Mutant transactionsRunThoughNotDeclared() {
        return Mutant.store(store -> declaring(store, EnumSet.of(Capability.SNAPSHOTS, Capability.UNIQUE_INDEXES)));
    }

    @Breaks(Clause.C2)
    static Mutant snapshotsRunThoughNotDeclared() {
        return Mutant.store(store -> declaring(store, EnumSet.of(Capability.TRANSACTIONS, Capability.UNIQUE_INDEXES)));
    }

    @Breaks(Clause.C3)
    static Mutant uniqueIndexesAreKeptThoughNotDeclared() {
        return Mutant.store(store -> declaring(store, EnumSet.of(Capability.TRANSACTIONS, Capability.SNAPSHOTS)));
    }

    @Breaks(Clause.C6)
    static Mutant changesAreKeptThoughNotDeclared() {
        return Mutant.store(store ->
                declaring(store, EnumSet.of(Capability.TRANSACTIONS, Capability.SNAPSHOTS, Capability.UNIQUE_INDEXES)));
    }

    @Breaks(Clause.C4)
    static Mutant everyOtherHandleDeclaresLess() {
        AtomicInteger handles = new AtomicInteger();
        return Mutant.store(store ->
                handles.incrementAndGet() % 2 == 0 ? declaring(store, Set.of(Capability.TRANSACTIONS)) : store);
    }

    private static Store declaring(Store store, Set<Capability> capabilities) {
        return (Store) Proxy.newProxyInstance(
                Store.class.getClassLoader(), new Class<?>[] {Store.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("capabilities")) {
                        return Set.copyOf(capabilities);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                });
    }
}
