package dev.pagurus.store;

import java.lang.reflect.Modifier;
import tools.jackson.core.JacksonException;

/** Words for what does not come back. */
final class JsonFaults {

    private static final int LONGEST = 200;

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

    /** What Jackson says, without the places in its source. */
    static String messageOf(Throwable trouble) {
        String message = trouble instanceof JacksonException jackson
                ? jackson.getOriginalMessage()
                : trouble instanceof StackOverflowError ? "the type has no end" : String.valueOf(trouble);
        return message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
    }
}
