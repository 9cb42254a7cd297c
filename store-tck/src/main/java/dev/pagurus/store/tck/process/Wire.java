package dev.pagurus.store.tck.process;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.io.ObjectInput;
import java.io.ObjectInputStream;
import java.io.ObjectOutput;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** How records of a class are taken apart and put together; to find that out for each would take most of the time. */
    private record Shape(List<Method> accessors, Constructor<?> constructor) {

        private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
            @Override
            protected Shape computeValue(Class<?> type) {
                RecordComponent[] parts = type.getRecordComponents();
                Class<?>[] types =
                        Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
                try {
                    return new Shape(
                            Arrays.stream(parts)
                                    .map(RecordComponent::getAccessor)
                                    .toList(),
                            type.getDeclaredConstructor(types));
                } catch (NoSuchMethodException e) {
                    throw new IllegalStateException(e);
                }
            }
        };

        static Shape of(Class<?> type) {
            return SHAPES.get(type);
        }
    }

    /** A record that is not serializable, as its components. No record itself: Java is slow to read those. */
    static final class RecordForm implements Externalizable {

        private static final long serialVersionUID = 1L;

        private static final int LONG = 0;
        private static final int OTHER = 1;

        private transient @Nullable Object form;

        /** To be read. */
        public RecordForm() {}

        RecordForm(Object form) {
            this.form = form;
        }

        @Override
        public void writeExternal(ObjectOutput out) throws IOException {
            Object written = Objects.requireNonNull(form);
            out.writeObject(written.getClass());
            for (Method accessor : Shape.of(written.getClass()).accessors()) {
                write(out, component(written, accessor));
            }
        }

        private static @Nullable Object component(Object of, Method accessor) throws IOException {
            try {
                return accessor.invoke(of);
            } catch (ReflectiveOperationException e) {
                throw unreadable(of.getClass(), e);
            }
        }

        private static void write(ObjectOutput out, @Nullable Object component) throws IOException {
            if (component instanceof Long number) {
                out.writeByte(LONG);
                out.writeLong(number);
            } else {
                out.writeByte(OTHER);
                out.writeObject(component);
            }
        }

        @Override
        public void readExternal(ObjectInput in) throws IOException, ClassNotFoundException {
            Class<?> type = (Class<?>) in.readObject();
            Shape shape = Shape.of(type);
            @Nullable Object[] components = new Object[shape.accessors().size()];
            for (int i = 0; i < components.length; i++) {
                components[i] = in.readByte() == LONG ? (Object) in.readLong() : in.readObject();
            }
            try {
                form = shape.constructor().newInstance(components);
            } catch (ReflectiveOperationException e) {
                throw unreadable(type, e);
            }
        }
    }

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
                return new RecordForm(object);
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
                return form.form;
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
