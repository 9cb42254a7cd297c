package dev.pagurus.store.tck.watch;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Query;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Selection;
import dev.pagurus.store.Snapshot;
import dev.pagurus.store.Store;
import dev.pagurus.store.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a test did last, so that its failure can tell: stores that it watches note each call on them, on their collections
 * and queries, and in their transactions. Nothing is turned into text before somebody asks. Safe for use by many threads.
 */
public final class Journal {

    private static final int CALLS = 12;
    private static final int LONGEST_VALUE = 200;

    /** What a call returns a watched object for, the special before the general. */
    private static final List<Class<?>> WATCHED = List.of(
            Store.class,
            Transaction.class,
            Snapshot.class,
            DocumentCollection.class,
            ReadableCollection.class,
            Query.class,
            ReadQuery.class,
            Selection.class,
            RawDocuments.class);

    private final AtomicReferenceArray<@Nullable Call> last = new AtomicReferenceArray<>(CALLS);
    private final AtomicLong count = new AtomicLong();

    /** Returns the store, watched. */
    public Store watch(Store store, String name) {
        return (Store) watched(store, new Told(name));
    }

    /** Returns the last calls, one a line, oldest first; empty if there were none. */
    public String told() {
        List<String> lines = new ArrayList<>();
        long end = count.get();
        for (long i = Math.max(0, end - CALLS); i < end; i++) {
            Call call = last.get((int) (i % CALLS));
            if (call != null) {
                lines.add("  " + call);
            }
        }
        return String.join("\n", lines);
    }

    private Object watched(Object target, Object receiver) {
        for (Class<?> type : WATCHED) {
            if (type.isInstance(target)) {
                return Proxy.newProxyInstance(
                        Journal.class.getClassLoader(),
                        new Class<?>[] {type},
                        (proxy, method, arguments) -> call(target, receiver, method, arguments));
            }
        }
        return target;
    }

    private @Nullable Object call(
            Object target, Object receiver, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class || method.getName().equals("capabilities")) {
            return invoke(target, method, arguments);
        }
        boolean refines = isWatched(method.getReturnType());
        Call call = new Call(receiver, method, arguments, Thread.currentThread().getName());
        if (!refines) {
            last.set((int) (count.getAndIncrement() % CALLS), call);
        }
        try {
            Object result = invoke(target, method, inside(arguments));
            call.outcome = result;
            return refines && result != null ? watched(result, call) : result;
        } catch (Throwable e) {
            call.outcome = e;
            throw e;
        }
    }

    /** What runs inside of a transaction or snapshot is watched too. */
    private @Nullable Object @Nullable [] inside(@Nullable Object @Nullable [] arguments) {
        if (arguments == null || arguments.length != 1) {
            return arguments;
        }
        Object function = arguments[0];
        if (function instanceof Store.TransactionFunction<?, ?> body) {
            return new Object[] {
                (Store.TransactionFunction<Object, Exception>) tx -> body.run((Transaction) watched(tx, new Told("tx")))
            };
        }
        if (function instanceof Store.TransactionAction<?> body) {
            return new Object[] {
                (Store.TransactionAction<Exception>) tx -> body.run((Transaction) watched(tx, new Told("tx")))
            };
        }
        if (function instanceof Store.SnapshotFunction<?, ?> body) {
            return new Object[] {
                (Store.SnapshotFunction<Object, Exception>)
                        view -> body.run((Snapshot) watched(view, new Told("snapshot")))
            };
        }
        return arguments;
    }

    private static @Nullable Object invoke(Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static boolean isWatched(Class<?> type) {
        return WATCHED.contains(type);
    }

    /** A name of something that was not returned by a call. */
    private record Told(String name) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** One call, which is also the name of what it returned. */
    private static final class Call {

        private static final Object RUNNING = new Told("(has not returned)");

        private final Object receiver;
        private final Method method;
        private final @Nullable Object @Nullable [] arguments;
        private final String thread;
        private volatile @Nullable Object outcome = RUNNING;

        Call(Object receiver, Method method, @Nullable Object @Nullable [] arguments, String thread) {
            this.receiver = receiver;
            this.method = method;
            this.arguments = arguments;
            this.thread = thread;
        }

        @Override
        public String toString() {
            Object came = outcome;
            String thrown = came instanceof Throwable ? "threw " : "";
            String end = method.getReturnType() == void.class && came == null ? "" : " -> " + thrown + shown(came);
            return "[" + thread + "] " + said() + end;
        }

        private String said() {
            if (arguments != null && arguments.length == 1 && arguments[0] instanceof Schema<?> schema) {
                return named(receiver) + "." + schema.name();
            }
            String given = arguments == null
                    ? ""
                    : Arrays.stream(arguments).map(Call::shown).collect(Collectors.joining(", "));
            return named(receiver) + "." + method.getName() + "(" + given + ")";
        }

        private static String named(Object receiver) {
            return receiver instanceof Call call ? call.said() : receiver.toString();
        }

        private static String shown(@Nullable Object value) {
            if (value == null) {
                return "null";
            }
            if (value.getClass().isSynthetic() || value.getClass().isHidden()) {
                return "function";
            }
            if (value instanceof BaseStream) {
                return "stream";
            }
            String text = value instanceof String string
                    ? '"' + string + '"'
                    : value instanceof Object[] many ? Arrays.toString(many) : value.toString();
            return text.length() <= LONGEST_VALUE
                    ? text
                    : text.substring(0, LONGEST_VALUE) + "... (" + text.length() + " characters)";
        }
    }
}
