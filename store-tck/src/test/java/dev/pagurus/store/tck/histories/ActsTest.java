package dev.pagurus.store.tck.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The kinds of reads and writes are all that the API has: whatever is added to it must be added to the histories. */
class ActsTest {

    private static final List<Class<?>> WATCHED =
            List.of(DocumentCollection.class, ReadableCollection.class, Query.class, ReadQuery.class);

    /**
     * An id that is new to everybody nobody can have read of; what it is for a query, insert with an id is too. A replaced text is
     * the same write as a replaced value. How a query is answered says nothing of what is stored.
     */
    private static final Set<String> LEFT_OUT = Set.of("insert(Object)", "raw()", "explain()");

    private final Set<String> called = new TreeSet<>();
    private final Set<String> filters = new TreeSet<>();

    @Test
    void everyMethodThatReadsIsAnAct() {
        play(ReadAct.values());
        Set<String> reading = methods(ReadableCollection.class, ReadQuery.class);
        reading.removeAll(LEFT_OUT);
        assertThat(reading)
                .as("the methods that read, all of which a ReadAct must call")
                .isSubsetOf(called);
    }

    @Test
    void everyFilterIsAnAct() {
        play(ReadAct.values());
        Set<String> kinds = Arrays.stream(Filter.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        kinds.remove("Compare");
        // Words are found as the values of a many-field are, and have a history of their own (Q67).
        kinds.remove("HasWords");
        Arrays.stream(Filter.Comparison.values()).map(Enum::name).forEach(kinds::add);
        assertThat(filters)
                .as("the kinds of filters, all of which a ReadAct must use")
                .containsAll(kinds);
    }

    @Test
    void everyMethodThatWritesIsAnAct() {
        play(WriteAct.values());
        Set<String> writing = methods(DocumentCollection.class, Query.class);
        writing.removeAll(methods(ReadableCollection.class, ReadQuery.class));
        writing.removeAll(LEFT_OUT);
        assertThat(writing)
                .as("the methods that write, all of which a WriteAct must call")
                .isSubsetOf(called);
    }

    private void play(Act... acts) {
        try (Store store = Stores.open(new ReferenceProvider(), StoreConfig.of("reference:acts"))) {
            DocumentCollection<Mark> marks = store.collection(Mark.schema("marks", store.capabilities()));
            History history = new History();
            for (Act act : acts) {
                for (String id : List.of("a", "b")) {
                    marks.put("a", mark(history, "a"));
                    Notes notes = Notes.ofCalls(history, 1);
                    act.run(new Act.Call(
                            watched(marks),
                            mark(history, id),
                            mark(history, "other"),
                            List.of("a", "b", "other"),
                            notes));
                    marks.query().deleteAll();
                }
            }
        }
    }

    private static Mark mark(History history, String id) {
        return new Mark(id, history.stamp(), 1L, "abc", Set.of("x"), "code of " + id);
    }

    @SuppressWarnings("unchecked")
    private ReadableCollection<Mark> watched(ReadableCollection<Mark> marks) {
        return (ReadableCollection<Mark>) watch(marks);
    }

    private Object watch(Object target) {
        for (Class<?> type : WATCHED) {
            if (type.isInstance(target)) {
                return Proxy.newProxyInstance(
                        ActsTest.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> call(target, method, arguments));
            }
        }
        return target;
    }

    private @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        called.add(signature(method));
        for (Object argument : arguments == null ? new Object[0] : arguments) {
            if (argument instanceof Filter<?> filter) {
                note(filter);
            }
        }
        try {
            Object result = method.invoke(target, arguments);
            return result == null ? null : watch(result);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private void note(Filter<?> filter) {
        filters.add(filter.getClass().getSimpleName());
        if (filter instanceof Filter.Compare<?> compare) {
            filters.add(compare.comparison().name());
        } else if (filter instanceof Filter.Not<?> not) {
            note(not.filter());
        } else if (filter instanceof Filter.AllOf<?> all) {
            all.filters().forEach(this::note);
        } else if (filter instanceof Filter.AnyOf<?> any) {
            any.filters().forEach(this::note);
        }
    }

    private static Set<String> methods(Class<?>... types) {
        return Stream.of(types)
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .map(ActsTest::signature)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .collect(Collectors.joining(",", "(", ")"));
    }
}
