package dev.pagurus.store.postgres.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Keeps what a program reaches by reflection, each once, as lines: what it is, and the call that reached it. */
public final class Witness {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    private Witness() {}

    /**
     * Takes down a call that is about to be made; classes that were rewritten call this.
     *
     * @param values the object it is made on, if any, and its arguments
     */
    public static void saw(Object[] values, String site, String called) {
        try {
            String reached = reached(values, called);
            if (!reached.isEmpty()) {
                SEEN.add(reached + "\t" + site);
            }
        } catch (RuntimeException e) {
            failed(site, e);
        }
    }

    static void failed(String where, Throwable e) {
        SEEN.add("failure " + e + "\t" + where);
    }

    static void write(Path file) {
        try {
            Files.write(file, SEEN.stream().sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reached(Object[] values, String called) {
        String method = called.substring(called.indexOf('.') + 1);
        String type = called.substring(0, called.indexOf('.'));
        return switch (type) {
            case "java/lang/Class" -> ofClass(values, method);
            case "java/lang/ClassLoader", "java/lang/Module" -> {
                // Of these only the static methods have no object to be made on.
                String name = String.valueOf(values[values.length - 1]);
                yield (method.equals("loadClass") ? "type " : "resource ") + name;
            }
            case "java/lang/reflect/Array" ->
                "type " + ((Class<?>) values[0]).arrayType().getTypeName();
            case "java/lang/reflect/Proxy" -> "proxy " + names((Class<?>[]) values[1]);
            case "java/util/ResourceBundle" -> "bundle " + values[0];
            case "java/lang/reflect/Field", "java/lang/reflect/Method", "java/lang/reflect/Constructor" ->
                member((Member) values[0]);
            default -> called.contains("FieldUpdater") ? ofUpdater(values) : ofLookup(values, method);
        };
    }

    private static String ofClass(Object[] values, String method) {
        return switch (method) {
            case "forName" -> "type " + values[values[0] instanceof Module ? 1 : 0];
            case "newInstance" -> "method " + ((Class<?>) values[0]).getTypeName() + ".<init>()";
            case "getResource", "getResourceAsStream" ->
                "resource " + absolute((Class<?>) values[0], String.valueOf(values[1]));
            // All that is known of a type can be looked at; it is only for members that are used that more is needed.
            default -> "type " + ((Class<?>) values[0]).getTypeName();
        };
    }

    private static String absolute(Class<?> type, String name) {
        return name.startsWith("/") ? name.substring(1) : type.getPackageName().replace('.', '/') + "/" + name;
    }

    private static String ofUpdater(Object[] values) {
        return "field " + ((Class<?>) values[0]).getTypeName() + "." + values[values.length - 1];
    }

    private static String ofLookup(Object[] values, String method) {
        if (values[1] instanceof Member member) {
            return member(member);
        }
        if (!(values[1] instanceof Class<?> type)) {
            return "type " + values[1];
        }
        if (method.contains("Getter") || method.contains("Setter") || method.contains("VarHandle")) {
            return "field " + type.getTypeName() + "." + values[2];
        }
        MethodType of = (MethodType) values[method.equals("findConstructor") ? 2 : 3];
        String name = method.equals("findConstructor") ? "<init>" : String.valueOf(values[2]);
        return "method " + type.getTypeName() + "." + name + "(" + names(of.parameterArray()) + ")";
    }

    private static String member(Member member) {
        return (member instanceof Field ? "field " : "method ") + name(member);
    }

    /** Returns the name of a member with its type, and with the types of its parameters. */
    static String name(Member member) {
        String type = member.getDeclaringClass().getTypeName() + ".";
        if (member instanceof Executable code) {
            String name = code instanceof Constructor ? "<init>" : code.getName();
            return type + name + "(" + names(code.getParameterTypes()) + ")";
        }
        return type + member.getName();
    }

    private static String names(Class<?>[] types) {
        return Arrays.stream(types).map(Class::getTypeName).collect(Collectors.joining(","));
    }
}
