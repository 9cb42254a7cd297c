package dev.pagurus.store.tck.process;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Handles in this process whose calls are cut off: what is asked for after that does not reach the engine, and what was under
 * way is not answered. Only closing does, so that nothing is left of them when the test is over.
 */
final class Severed implements Mortal {

    private final Lifeline lifeline = new Lifeline(() -> {});

    @Override
    public StoreProvider provider(StoreConfig config) {
        return new StoreProvider() {
            @Override
            public Set<String> schemes() {
                return Set.of(config.scheme());
            }

            @Override
            public int spiVersion() {
                return SPI_VERSION;
            }

            @Override
            public StoreEngine open(StoreConfig same) {
                return in(
                        StoreEngine.class,
                        Servant.provider(same, config.provider()).open(same));
            }
        };
    }

    @Override
    public void endAt(int messages, Moment moment) {
        lifeline.endAt(messages, moment);
    }

    @Override
    public boolean isDead() {
        return lifeline.isDead();
    }

    @Override
    public void close() {
        // Whoever opened a store has closed it.
    }

    private <T> T in(Class<T> type, T target) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            if (method.getName().equals("close") || method.getDeclaringClass() == Object.class) {
                return made(target, method, arguments);
            }
            return call(target, method, arguments);
        }));
    }

    private @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        if (lifeline.isDead()) {
            throw Lifeline.gone();
        }
        int message = lifeline.next();
        if (lifeline.at(message, Moment.ASKED)) {
            throw Lifeline.cutOff(method);
        }
        @Nullable Object answer = null;
        @Nullable Throwable thrown = null;
        try {
            answer = made(target, method, arguments);
        } catch (Throwable e) {
            thrown = e;
        }
        // What was thrown is an answer too: a conflict may be the very message that is the last one.
        lifeline.at(message, Moment.ANSWERED);
        if (lifeline.isDead()) {
            if (answer instanceof EngineSession session) {
                session.close();
            }
            throw Lifeline.cutOff(method);
        }
        lifeline.at(message, Moment.TOLD);
        if (thrown != null) {
            throw thrown;
        }
        return answer instanceof EngineSession session ? in(EngineSession.class, session) : answer;
    }

    private @Nullable Object made(Object target, Method method, Object[] arguments) throws Throwable {
        List<@Nullable Object> all = Arrays.asList(arguments.clone());
        all.replaceAll(argument -> argument instanceof Filler filler ? counted(filler) : argument);
        try {
            return method.invoke(target, all.toArray());
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private Filler counted(Filler filler) {
        return new Filler() {
            @Override
            public void begin(CollectionDefinition stored) {
                count();
                filler.begin(stored);
            }

            @Override
            public @Nullable CollectionDefinition aside() {
                return filler.aside();
            }

            @Override
            public boolean setsAside(int from, String id, String body) {
                count();
                return filler.setsAside(from, id, body);
            }

            @Override
            public Content.Body fill(int from, String id, String body) {
                count();
                return filler.fill(from, id, body);
            }
        };
    }

    private void count() {
        int message = lifeline.next();
        for (Moment moment : Moment.values()) {
            lifeline.at(message, moment);
        }
        if (lifeline.isDead()) {
            throw Lifeline.gone();
        }
    }
}
