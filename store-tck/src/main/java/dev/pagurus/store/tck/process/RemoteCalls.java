package dev.pagurus.store.tck.process;

import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.StoreEngine;
import java.io.EOFException;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Engines and sessions of the other JVM, as they look from here. Each call of an engine takes a line of its own; a session
 * keeps the one that it began on, so that one thread serves it from begin to close.
 */
final class RemoteCalls {

    private final OtherProcess process;

    RemoteCalls(OtherProcess process) {
        this.process = process;
    }

    public StoreEngine open(Message.Open open) {
        try {
            Line line = process.line();
            Message answer = ask(line, open, null);
            process.giveBack(line);
            return engine(((Message.There) Objects.requireNonNull(value(answer))).object());
        } catch (IOException e) {
            throw process.isDead() ? Lifeline.gone() : broken(e);
        }
    }

    private StoreEngine engine(int object) {
        return proxy(StoreEngine.class, (method, arguments) -> {
            if (process.isDead()) {
                return afterDeath(method);
            }
            Line line = process.line();
            Message answer = call(line, object, method, arguments);
            if (answer instanceof Message.Returned returned && returned.value() instanceof Message.There session) {
                return session(line, session.object());
            }
            process.giveBack(line);
            return value(answer);
        });
    }

    private EngineSession session(Line line, int object) {
        return proxy(EngineSession.class, (method, arguments) -> {
            if (process.isDead()) {
                line.close();
                return afterDeath(method);
            }
            Message answer = call(line, object, method, arguments);
            if (method.getName().equals("close")) {
                process.giveBack(line);
            }
            return value(answer);
        });
    }

    /** What was open there is closed; whatever else is asked for is not done. */
    private static @Nullable Object afterDeath(Method method) {
        if (method.getName().equals("close")) {
            return null;
        }
        throw Lifeline.gone();
    }

    private interface Handler {
        @Nullable
        Object handle(Method method, List<@Nullable Object> arguments) throws IOException;
    }

    private <I> I proxy(Class<I> type, Handler handler) {
        Object proxy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            if (method.getDeclaringClass() == Object.class) {
                return method.invoke(this, given);
            }
            try {
                return handler.handle(method, given == null ? List.of() : Arrays.asList(given));
            } catch (IOException e) {
                if (!process.isDead()) {
                    throw broken(e);
                }
                if (method.getName().equals("close")) {
                    return null;
                }
                throw Lifeline.cutOff(method);
            }
        });
        return type.cast(proxy);
    }

    private Message call(Line line, int object, Method method, List<@Nullable Object> given) throws IOException {
        @Nullable Filler filler = null;
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Object argument : given) {
            if (argument instanceof Filler ours) {
                filler = ours;
            }
            arguments.add(argument instanceof Filler ours ? new Message.Here(ours.aside()) : argument);
        }
        List<Class<?>> types = List.of(method.getParameterTypes());
        return ask(line, new Message.Call(object, method.getName(), types, arguments), filler);
    }

    /** Asks, fills as long as that is asked for, and returns the answer. */
    private Message ask(Line line, Message question, @Nullable Filler filler) throws IOException {
        try {
            Message answer = exchange(line, question);
            while (answer instanceof Message.Fill
                    || answer instanceof Message.Aside
                    || answer instanceof Message.Begin) {
                answer = exchange(line, filled(Objects.requireNonNull(filler), answer));
            }
            return answer;
        } catch (IOException e) {
            line.close();
            throw e;
        }
    }

    private Message exchange(Line line, Message question) throws IOException {
        Lifeline lifeline = process.lifeline();
        int number = lifeline.next();
        line.send(question);
        lifeline.at(number, Mortal.Moment.ASKED);
        Message answer = line.receive();
        if (lifeline.at(number, Mortal.Moment.ANSWERED)) {
            throw new EOFException("The answer is lost.");
        }
        lifeline.at(number, Mortal.Moment.TOLD);
        return answer;
    }

    private static Message filled(Filler filler, Message question) {
        try {
            if (question instanceof Message.Aside aside) {
                return new Message.Returned(filler.setsAside(aside.from(), aside.id(), aside.body()));
            }
            if (question instanceof Message.Begin begin) {
                filler.begin(begin.stored());
                return new Message.Returned(null);
            }
            Message.Fill fill = (Message.Fill) question;
            return new Message.Returned(filler.fill(fill.from(), fill.id(), fill.body()));
        } catch (RuntimeException | Error e) {
            return new Message.Threw(e);
        }
    }

    /** Returns what was returned, or throws what was thrown. */
    static @Nullable Object value(Message answer) {
        if (answer instanceof Message.Returned returned) {
            return returned.value();
        }
        Throwable failure = ((Message.Threw) answer).failure();
        if (failure instanceof Error error) {
            throw error;
        }
        throw failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private IllegalStateException broken(IOException e) {
        return new IllegalStateException("The second process did not answer. " + process.state(), e);
    }
}
