package dev.pagurus.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.std.StdConvertingDeserializer;
import tools.jackson.databind.jsontype.TypeDeserializer;
import tools.jackson.databind.ser.bean.BeanSerializerBase;
import tools.jackson.databind.ser.impl.UnknownSerializer;
import tools.jackson.databind.ser.std.StdConvertingSerializer;
import tools.jackson.databind.ser.std.ToEmptyObjectSerializer;

/**
 * A place in a document, and who writes and reads what is there.
 *
 * @param written the type that is written
 * @param read the type that is read, mostly the same
 * @param writer null if Jackson has none
 * @param reader null if Jackson has none
 * @param typing how subtypes are told apart, null if they are not
 * @param property the property that holds it, null at the root
 * @param typeProperty what the subtype is told by, which is no property of the value
 * @param trouble why Jackson has no writer or no reader
 */
record JsonPlace(
        JavaType written,
        JavaType read,
        @Nullable ValueSerializer<?> writer,
        @Nullable ValueDeserializer<?> reader,
        @Nullable TypeDeserializer typing,
        @Nullable BeanProperty property,
        @Nullable String typeProperty,
        @Nullable Throwable trouble) {

    private static final String JACKSON = "tools.jackson.databind.";

    /** Says whether both ways are the application's or a module's own, of which nothing is known. */
    boolean isCustom() {
        return writer != null && reader != null && !isWrittenByJackson() && !isReadByJackson();
    }

    /** Says whether Jackson writes this, by rules that are known. */
    boolean isWrittenByJackson() {
        return writer != null && isKnown(writer.getClass()) && !(writer instanceof StdConvertingSerializer);
    }

    /** Says whether Jackson reads this, by rules that are known. */
    boolean isReadByJackson() {
        return reader != null && isKnown(reader.getClass()) && !(reader instanceof StdConvertingDeserializer);
    }

    private static boolean isKnown(Class<?> part) {
        return part.getName().startsWith(JACKSON) || part.getNestHost() == StrictModule.class;
    }

    /** Says whether values of the class come back, as far as the class tells: all that is not known does not. */
    boolean isKept() {
        Class<?> type = written.getRawClass();
        if (isObject()) {
            return !type.getName().startsWith("java.") && !Throwable.class.isAssignableFrom(type);
        }
        return JsonKinds.wordFor(type) != null
                || JsonKinds.isContainer(type)
                || type == Optional.class
                || writer == null
                // A module's own lists and references.
                || (written.getContentType() != null && !isReadByJackson());
    }

    boolean isList() {
        return (written.isCollectionLikeType() || written.isArrayType())
                && !(writer instanceof BeanSerializerBase)
                && JsonKinds.wordFor(written.getRawClass()) == null;
    }

    boolean isObject() {
        return writer instanceof BeanSerializerBase
                || writer instanceof UnknownSerializer
                || writer instanceof ToEmptyObjectSerializer;
    }
}
