package dev.pagurus.examples.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ctrl-C or SIGTERM, for a command that goes on until somebody says that it is enough: the first one says so, and the next one
 * stops it as any command, see {@link Stopping}.
 */
final class FirstSignal {

    private static final int SIGNALLED = 128;

    private FirstSignal() {}

    /** Has somebody told of the first one, from now on. */
    static void hear(Runnable first) {
        AtomicBoolean came = new AtomicBoolean();
        try {
            // Java has this for programs in no other place, and its compiler warns of it whatever one does.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object heard = Proxy.newProxyInstance(
                    FirstSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        if (came.compareAndSet(false, true)) {
                            first.run();
                        } else {
                            // Said at once, for what follows may have to wait for a database.
                            System.err.println("Breaking off.");
                            System.exit(SIGNALLED
                                    + (int) signal.getMethod("getNumber").invoke(arguments[0]));
                        }
                        return null;
                    });
            for (String name : List.of("INT", "TERM")) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), heard);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Java cannot tell of Ctrl-C, which ends a copy that follows.", e);
        }
    }
}
