package dev.pagurus.store;

import java.lang.reflect.Modifier;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.Iterator;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Words for what does not come back. */
final class JsonFaults {

    private static final int LONGEST = 200;

    private static final String KOTLIN_TIMES = "kotlin.time.";

    private JsonFaults() {}

    /** For a type whose values are of classes that nothing tells apart. */
    static String untold(Class<?> type) {
        String what = (type.isSealed() ? "sealed " : "")
                + (type.isInterface()
                        ? "interface "
                        : Modifier.isAbstract(type.getModifiers()) ? "abstract class " : "class ");
        return "is the " + what + type.getName()
                + ", and JSON does not say of which class a value was. Annotate it with"
                + " @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)"
                + (type.isSealed() ? ", which finds the permitted classes by itself" : " and @JsonSubTypes");
    }

    /** For a class that is no record or bean, and of which nobody has tried whether it comes back. */
    static String unkept(Class<?> type) {
        return "is a " + type.getName() + ", of which it is not known that it comes back as it was. "
                + instead(type)
                + ", or give it both a serializer and a deserializer, which are yours to answer for";
    }

    private static String instead(Class<?> type) {
        if (type.getName().startsWith(KOTLIN_TIMES)) {
            return "Use the times of java.time";
        } else if (Calendar.class.isAssignableFrom(type)) {
            return "Use ZonedDateTime";
        } else if (Date.class.isAssignableFrom(type)) {
            return "Use Instant, LocalDate or LocalTime";
        } else if (TimeZone.class.isAssignableFrom(type)) {
            return "Use ZoneId";
        } else if (Map.Entry.class.isAssignableFrom(type)) {
            return "Use a record of two components";
        } else if (Map.class.isAssignableFrom(type)) {
            return "Use Map or SortedMap";
        } else if (Iterable.class.isAssignableFrom(type)
                || Iterator.class.isAssignableFrom(type)
                || BaseStream.class.isAssignableFrom(type)) {
            return "Use List, Set or SortedSet";
        } else if (Throwable.class.isAssignableFrom(type)) {
            return "Keep its text";
        }
        return "Use a record of what is in it, or its text";
    }

    /** For a class that leaves open which one a value is of. */
    static String anything(Class<?> type) {
        return "is declared as " + type.getSimpleName()
                + ", and JSON does not say of which class a value was. Declare the class, or JsonNode for any JSON";
    }

    /** For a class of which an object cannot be made from its properties. */
    static String unmade(Class<?> type) {
        boolean inner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
        return "is a " + type.getName() + ", which Jackson has no way to make. "
                + (inner
                        ? "It is an inner class; make it static"
                        : "Give it a constructor without parameters, or annotate one (or a static method) with @JsonCreator and"
                                + " its parameters with @JsonProperty; for a Kotlin class, add the dependency"
                                + " tools.jackson.module:jackson-module-kotlin");
    }

    /** For a class that is not made of what is written for it by a getter or a field of another type. */
    static String untaken(Class<?> written, Class<?> read) {
        return "is written as a " + written.getTypeName() + " and read as a " + read.getTypeName()
                + ", which Jackson has no way to make of that. "
                + (read.getName().startsWith(KOTLIN_TIMES)
                        ? instead(read)
                        : "Let the getter return what the setter or the constructor takes, or annotate a constructor or a"
                                + " static method of the class with one parameter of the written type with"
                                + " @JsonCreator(mode = JsonCreator.Mode.DELEGATING)");
    }

    /** What is wrong in a body, without any of its values. */
    static String unread(String path, JacksonException e) {
        String where = path.isEmpty() ? "the body" : "'" + path + "'";
        if (e instanceof StreamReadException) {
            return "the text is not JSON, at line " + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr();
        } else if (e instanceof StreamConstraintsException) {
            return "the body is beyond a limit: " + e.getOriginalMessage();
        } else if (e instanceof InvalidTypeIdException unknown && unknown.getBaseType() != null) {
            return where + " has no name of a subtype of "
                    + unknown.getBaseType().getRawClass().getSimpleName();
        } else if (e instanceof ValueInstantiationException refused) {
            return where + " is refused by " + refused.getType().getRawClass().getSimpleName();
        } else if (e instanceof MismatchedInputException other && other.getTargetType() != null) {
            return where + " holds " + none(other.getTargetType());
        }
        return where + " cannot be read (" + e.getClass().getSimpleName() + ")";
    }

    private static String none(Class<?> type) {
        @Nullable String word = JsonKinds.wordFor(type);
        if (type.isEnum()) {
            return "no constant of " + type.getSimpleName();
        } else if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return word == null ? "no list" : "no " + type.getSimpleName();
        }
        if (Map.class.isAssignableFrom(type)) {
            return "no map";
        }
        return switch (word == null ? "" : word) {
            case "text" -> "no text";
            case "boolean" -> "neither true nor false";
            case "decimal" -> "no number";
            case "integer", "real", "float" -> "no number of the kind " + type.getSimpleName();
            default -> "no " + type.getSimpleName();
        };
    }

    /** What Jackson says, without the places in its source. */
    static String messageOf(Throwable trouble) {
        String message = trouble instanceof JacksonException jackson
                ? jackson.getOriginalMessage()
                : trouble instanceof StackOverflowError ? "the type has no end" : String.valueOf(trouble);
        return message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
    }
}
