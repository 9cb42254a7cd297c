package dev.pagurus.store.tck.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns messages into bytes and back: Java serialization, which also takes records that are not serializable, as their
 * components.
 */
final class Wire {

    private Wire() {}

    static byte[] bytes(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Out out = new Out(bytes)) {
            out.writeObject(message);
        } catch (NotSerializableException e) {
            if (message instanceof Message.Threw threw) {
                // A cause may hold anything.
                return bytes(new Message.Threw(new IllegalStateException(threw.failure() + " (" + e + ")")));
            }
            throw e;
        }
        return bytes.toByteArray();
    }

    static Message message(byte[] bytes) throws IOException {
        try (In in = new In(new ByteArrayInputStream(bytes))) {
            return (Message) in.readObject();
        } catch (ClassNotFoundException e) {
            throw new IOException("The two JVMs do not have the same classes.", e);
        }
    }

    private record RecordForm(Class<?> type, ArrayList<@Nullable Object> components) implements Serializable {}

    private record LongForm(@Nullable Long value) implements Serializable {}

    private static final class Out extends ObjectOutputStream {

        Out(OutputStream out) throws IOException {
            super(out);
            enableReplaceObject(true);
        }

        @Override
        protected @Nullable Object replaceObject(@Nullable Object object) throws IOException {
            if (object == null || object instanceof Serializable) {
                return object;
            }
            if (object instanceof Record) {
                return form(object);
            }
            if (object instanceof List<?> list) {
                return new ArrayList<>(list);
            }
            if (object instanceof Map<?, ?> map) {
                return new LinkedHashMap<>(map);
            }
            if (object instanceof OptionalLong number) {
                return new LongForm(number.isPresent() ? number.getAsLong() : null);
            }
            return object;
        }

        private static RecordForm form(Object object) throws IOException {
            ArrayList<@Nullable Object> components = new ArrayList<>();
            try {
                for (RecordComponent part : object.getClass().getRecordComponents()) {
                    components.add(part.getAccessor().invoke(object));
                }
            } catch (ReflectiveOperationException e) {
                throw unreadable(object.getClass(), e);
            }
            return new RecordForm(object.getClass(), components);
        }
    }

    private static final class In extends ObjectInputStream {

        In(InputStream in) throws IOException {
            super(in);
            enableResolveObject(true);
        }

        @Override
        protected @Nullable Object resolveObject(@Nullable Object object) throws IOException {
            if (object instanceof LongForm number) {
                return number.value() == null ? OptionalLong.empty() : OptionalLong.of(number.value());
            }
            if (object instanceof RecordForm form) {
                Class<?>[] types = Arrays.stream(form.type().getRecordComponents())
                        .map(RecordComponent::getType)
                        .toArray(Class<?>[]::new);
                try {
                    return form.type()
                            .getDeclaredConstructor(types)
                            .newInstance(form.components().toArray());
                } catch (ReflectiveOperationException e) {
                    throw unreadable(form.type(), e);
                }
            }
            return object;
        }
    }

    private static IOException unreadable(Class<?> type, ReflectiveOperationException cause) {
        IOException e = new InvalidObjectException("A " + type.getName() + " cannot be taken apart or put together.");
        e.initCause(cause);
        return e;
    }
}
