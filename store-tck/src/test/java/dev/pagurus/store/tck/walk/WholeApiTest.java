package dev.pagurus.store.tck.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Selection;
import dev.pagurus.store.Snapshot;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Walks call every method of the API: who adds one gives it to a {@link Verb} or a {@link Step}, or says here who tries it. */
class WholeApiTest {

    /** Each before what it extends. */
    private static final List<Class<?>> API = List.of(
            Store.class,
            Transaction.class,
            Snapshot.class,
            DocumentCollection.class,
            ReadableCollection.class,
            Query.class,
            ReadQuery.class,
            Selection.class);

    private static final Map<String, String> TRIED_BY_OTHERS = Map.ofEntries(
            Map.entry("Store.capabilities()", "C1 to C5, what stores may have fewer of than the reference"),
            Map.entry("DocumentCollection.raw()", "RawClauses, which store what walks do not, and every Writing"),
            Map.entry("Store.backup(Path, boolean)", "BackupClauses, which open the file"),
            Map.entry("Store.exportTo(Path, CopyOptions)", "ExportClauses, which read the file"),
            Map.entry("Store.maxBodyBytes()", "SchemaLimitClauses, which store as much"),
            Map.entry("Store.step(String, TransactionAction)", "OnceClauses"),
            Map.entry("Store.step(String, Schema, StepFunction)", "BatchClauses"),
            Map.entry("Store.steps()", "OnceClauses"),
            Map.entry("Store.drop(String)", "DropClauses"),
            Map.entry("Store.rename(String, String)", "RenameClauses"),
            Map.entry("Store.tombstones()", "DropClauses"),
            Map.entry("Store.removeExpired()", "ExpiryClauses, which move a clock"),
            Map.entry("Store.follow(String, ChangeFeed, ChangeAction)", "FollowClauses"),
            Map.entry("Store.unfollow(String)", "FollowClauses"),
            Map.entry("Store.followers()", "FollowClauses"),
            Map.entry("Store.now()", "ClaimClauses"),
            Map.entry("Query.explain()", "ExplainClauses, for what it says depends on the engine"),
            Map.entry("ReadQuery.explain()", "ExplainClauses, in snapshots"));

    private final Set<String> called = new TreeSet<>();

    @Test
    void everyMethodIsCalled() throws Exception {
        Terrain terrain = Terrain.flat(150, EnumSet.allOf(Capability.class))
                .wide()
                .withTransactions()
                .withHeldSnapshots(10)
                .withRevisions(5)
                .withPages(10)
                .withFeed();
        for (long seed = 1; seed <= 8; seed++) {
            take(new Seed(seed), terrain);
        }
        Set<String> uncalled = new TreeSet<>();
        API.forEach(type -> Arrays.stream(type.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .forEach(method -> uncalled.add(name(type, method))));
        uncalled.removeAll(called);
        assertThat(uncalled).as("methods that no walk calls").isEqualTo(TRIED_BY_OTHERS.keySet());
    }

    private void take(Seed seed, Terrain terrain) throws Exception {
        try (WalkClock clock = new WalkClock(Walk.START)) {
            new Walk(handles(clock), handles(clock), clock, terrain, "walk").take(Planner.steps(seed, terrain), seed);
        }
    }

    private Handles handles(WalkClock clock) {
        ReferenceProvider provider = new ReferenceProvider();
        StoreConfig config = StoreConfig.builder("reference:api").clock(clock).build();
        Store[] open = {Stores.open(provider, config), Stores.open(provider, config)};
        return new Handles() {
            @Override
            public Store get(int handle) {
                return (Store) watched(open[handle]);
            }

            @Override
            public void reopen(int handle) {
                get(handle).close();
                open[handle] = Stores.open(provider, config);
            }
        };
    }

    private Object watched(Object target) {
        for (Class<?> type : API) {
            if (type.isInstance(target)) {
                return Proxy.newProxyInstance(
                        WholeApiTest.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> call(type, target, method, arguments));
            }
        }
        return target;
    }

    private @Nullable Object call(Class<?> type, Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        synchronized (called) {
            called.add(name(type, method));
        }
        try {
            Object result = method.invoke(target, inside(arguments));
            return result == null ? null : watched(result);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private @Nullable Object @Nullable [] inside(@Nullable Object @Nullable [] arguments) {
        if (arguments == null || arguments.length != 1) {
            return arguments;
        }
        Object function = arguments[0];
        if (function instanceof Store.TransactionFunction<?, ?> body) {
            return new Object[] {
                (Store.TransactionFunction<Object, Exception>) tx -> body.run((Transaction) watched(tx))
            };
        }
        if (function instanceof Store.TransactionAction<?> body) {
            return new Object[] {(Store.TransactionAction<Exception>) tx -> body.run((Transaction) watched(tx))};
        }
        if (function instanceof Store.SnapshotFunction<?, ?> body) {
            return new Object[] {(Store.SnapshotFunction<Object, Exception>) view -> body.run((Snapshot) watched(view))
            };
        }
        return arguments;
    }

    private static String name(Class<?> type, Method method) {
        return type.getSimpleName() + "." + method.getName() + "("
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", "))
                + ")";
    }
}
