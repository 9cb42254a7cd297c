package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.StoreEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** An engine whose calls, and those of its sessions, are all made in a way of their own. */
final class OddEngine {

    private OddEngine() {}

    /** A call that is to be made. */
    @FunctionalInterface
    interface Call {
        Object make() throws Throwable;
    }

    /** How calls are made. */
    @FunctionalInterface
    interface Way {
        Object make(Call call) throws Throwable;
    }

    static StoreEngine of(StoreEngine engine, Way way) {
        return in(StoreEngine.class, engine, way);
    }

    private static <T> T in(Class<T> type, T target, Way way) {
        return type.cast(Proxy.newProxyInstance(
                OddEngine.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> way.make(() -> {
                    try {
                        Object answer = method.invoke(target, arguments);
                        return answer instanceof EngineSession session ? in(EngineSession.class, session, way) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getTargetException();
                    }
                })));
    }
}
