package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.StoreEngine;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine whose calls, and those of its sessions, are all made in a way of their own. */
public final class OddEngine {

    private OddEngine() {}

    /**
     * A call that is to be made.
     *
     * @param target an engine or a session
     */
    public record Call(Object target, Method method, List<@Nullable Object> arguments) {

        /** Makes it. */
        public @Nullable Object make() throws Throwable {
            return make(arguments);
        }

        /** Makes it with other arguments. */
        public @Nullable Object make(List<@Nullable Object> others) throws Throwable {
            try {
                return method.invoke(target, others.toArray());
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }
    }

    /** How calls are made. */
    @FunctionalInterface
    public interface Way {
        /** Makes a call, or does something else. */
        @Nullable
        Object make(Call call) throws Throwable;
    }

    /** Returns an engine whose calls are made in this way. */
    public static StoreEngine of(StoreEngine engine, Way way) {
        return in(StoreEngine.class, engine, way);
    }

    /** Returns a session whose calls are made in this way. */
    public static EngineSession of(EngineSession session, Way way) {
        return in(EngineSession.class, session, way);
    }

    private static <T> T in(Class<T> type, T target, Way way) {
        return type.cast(Proxy.newProxyInstance(
                OddEngine.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, given) -> {
                    List<@Nullable Object> arguments = given == null ? List.of() : Arrays.asList(given);
                    Object answer = way.make(new Call(target, method, arguments));
                    return answer instanceof EngineSession session ? in(EngineSession.class, session, way) : answer;
                }));
    }
}
