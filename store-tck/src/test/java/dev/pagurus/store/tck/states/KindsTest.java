package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Item;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the kit asks of every kind of call, it asks of every method that there is. */
class KindsTest {

    private static final Item ITEM = Item.of("a").withNumber(7).tagged("t");

    private static final List<Class<?>> RECORDED =
            List.of(Store.class, DocumentCollection.class, ReadableCollection.class, Query.class, ReadQuery.class);

    private final Set<String> called = new TreeSet<>();
    private final Store store = Stores.open(
            new ReferenceProvider(), StoreConfig.builder("reference:kinds").build());

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void everyMethodThatReadsIsAReading() {
        store.collection(Item.SCHEMA).insert("a", ITEM);
        Question about = new Question("a", List.of("a", "b"), ITEM);
        store.snapshot(view -> {
            @SuppressWarnings("unchecked") // it is what it records
            ReadableCollection<Item> items = (ReadableCollection<Item>) recorded(view.collection(Item.SCHEMA));
            Reading.ALL.forEach(reading -> reading.ask().of(items, about));
            return true;
        });
        Set<String> ofQueries = methods(ReadQuery.class);
        // Tells no document.
        assertThat(ofQueries.remove("explain()")).as("explain()").isTrue();
        assertThat(called).containsAll(methods(ReadableCollection.class)).containsAll(ofQueries);
    }

    @Test
    void everyMethodThatWritesIsAWriting() {
        Store recorded = (Store) recorded(store);
        for (Writing writing : Writing.script(store.capabilities())) {
            writing.write(recorded, Item.SCHEMA, "a", ITEM);
        }
        Set<String> methods = methods(DocumentCollection.class);
        // Chooses an id, and is an insert with it.
        assertThat(methods.remove("insert(Object)")).as("insert(value)").isTrue();
        methods.removeAll(methods(ReadableCollection.class));
        Set<String> ofQueries = methods(Query.class);
        ofQueries.removeAll(methods(ReadQuery.class));
        assertThat(called).containsAll(methods).containsAll(ofQueries);
        assertThat(store.collection(Item.SCHEMA).exists("a"))
                .as("whether the document is there after the script")
                .isFalse();
    }

    /** A new one of these must be asked for one state in WholeStateClauses, and for interrupts in InterruptClauses. */
    @Test
    void whatReadsAWholeStoreIsKnown() {
        assertThat(Arrays.stream(Store.class.getDeclaredMethods())
                        .map(Method::getName)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "transaction",
                        "runTransaction",
                        "snapshot",
                        "exportTo",
                        "backup",
                        "summaries",
                        "step",
                        "steps",
                        "tombstones",
                        "removeExpired",
                        "changes",
                        "follow",
                        "unfollow",
                        "followers",
                        "drop",
                        "rename",
                        "now",
                        "health",
                        "capabilities",
                        "maxBodyBytes",
                        "close");
    }

    private Object recorded(Object target) {
        for (Class<?> type : RECORDED) {
            if (type.isInstance(target)) {
                return Proxy.newProxyInstance(
                        KindsTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                            called.add(signature(method));
                            @Nullable Object result = method.invoke(target, arguments);
                            return result == null ? null : recorded(result);
                        });
            }
        }
        return target;
    }

    private static Set<String> methods(Class<?> type) {
        return Stream.of(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(KindsTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(Method method) {
        return method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
