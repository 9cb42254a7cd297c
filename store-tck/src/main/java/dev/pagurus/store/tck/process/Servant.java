package dev.pagurus.store.tck.process;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The other JVM's program: opens engines, and calls them as it is told, each line on a thread of its own. Ends when its
 * standard input does, that is with who started it.
 */
final class Servant {

    /** What it says when it can be called, before the port. */
    static final String READY = "pagurus second process listens at ";

    private final String password;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Map<Integer, Object> objects = new ConcurrentHashMap<>();

    private Servant(String password) {
        this.password = password;
    }

    /** Is told the password in the first line of its standard input, and the properties in the second one. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader parent = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Servant servant = new Servant(Objects.requireNonNull(parent.readLine()));
        SharedProperties.take(Objects.requireNonNull(parent.readLine()));
        ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        inBackground("door", () -> servant.serveAll(door));
        System.out.println(READY + door.getLocalPort());
        while (parent.readLine() != null) {
            // Nothing more is said.
        }
        System.exit(0);
    }

    private static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void serveAll(ServerSocket door) {
        while (true) {
            try {
                Socket socket = door.accept();
                inBackground("line", () -> serve(socket));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket socket) {
        try (Line line = new Line(socket)) {
            if (line.isIntroduced(password)) {
                while (true) {
                    line.send(answer(line, line.receive()));
                }
            }
        } catch (EOFException e) {
            // The caller needs this line no more.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Message answer(Line line, Message message) {
        try {
            if (message instanceof Message.Open open) {
                return returned(open(open));
            }
            return returned(call(line, (Message.Call) message));
        } catch (InvocationTargetException e) {
            return new Message.Threw(e.getTargetException());
        } catch (ReflectiveOperationException | RuntimeException | Error e) {
            return new Message.Threw(e);
        }
    }

    private Message returned(@Nullable Object value) {
        if (value instanceof StoreEngine || value instanceof EngineSession) {
            int number = numbers.incrementAndGet();
            objects.put(number, value);
            return new Message.Returned(new Message.There(number));
        }
        return new Message.Returned(value);
    }

    private static StoreEngine open(Message.Open open) {
        StoreConfig.Builder config =
                StoreConfig.builder(open.url()).timeout(open.timeout()).maxBodyBytes(open.maxBodyBytes());
        if (open.user() != null) {
            config.user(open.user());
        }
        if (open.password() != null) {
            config.password(open.password());
        }
        if (open.clock() != null) {
            config.clock(open.clock());
        }
        StoreConfig built = config.build();
        return provider(built, null).open(built);
    }

    /**
     * Returns the provider that is given, or if there is none, the one that is found.
     *
     * @param given may be none
     */
    static StoreProvider provider(StoreConfig config, @Nullable StoreProvider given) {
        if (given != null) {
            return given;
        }
        for (StoreProvider provider : ServiceLoader.load(StoreProvider.class)) {
            if (provider.schemes().contains(config.scheme())) {
                return provider;
            }
        }
        throw new IllegalStateException("The second process finds no provider of '" + config.scheme()
                + "' on its class path, which is " + System.getProperty("java.class.path"));
    }

    private @Nullable Object call(Line line, Message.Call call) throws ReflectiveOperationException {
        Object object = Objects.requireNonNull(objects.get(call.object()), "ended already");
        Class<?> type = object instanceof StoreEngine ? StoreEngine.class : EngineSession.class;
        List<@Nullable Object> arguments = new ArrayList<>();
        for (Object argument : call.arguments()) {
            arguments.add(argument instanceof Message.Here here ? new RemoteFiller(line, here.aside()) : argument);
        }
        if (call.method().equals("close")) {
            objects.remove(call.object());
        }
        return type.getMethod(call.method(), call.types().toArray(Class<?>[]::new))
                .invoke(object, arguments.toArray());
    }

    /** The filler of the other JVM. */
    private record RemoteFiller(Line line, @Nullable CollectionDefinition aside) implements Filler {

        @Override
        public Content.Body fill(int from, String id, String body) {
            Content.Body filled = (Content.Body) Objects.requireNonNull(ask(new Message.Fill(from, id, body)));
            // A text that stays is the same instance, which it is not after its way.
            return filled.text().equals(body) ? new Content.Body(body, filled.values()) : filled;
        }

        @Override
        public boolean setsAside(int from, String id, String body) {
            return Boolean.TRUE.equals(ask(new Message.Aside(from, id, body)));
        }

        @Override
        public void begin(CollectionDefinition stored) {
            ask(new Message.Begin(stored));
        }

        private @Nullable Object ask(Message question) {
            synchronized (line) {
                try {
                    line.send(question);
                    return RemoteCalls.value(line.receive());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}
