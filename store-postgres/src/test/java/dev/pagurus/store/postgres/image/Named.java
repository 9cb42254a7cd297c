package dev.pagurus.store.postgres.image;

import java.lang.reflect.Member;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.stream.Stream;

/** What a metadata file names, looked up on the class path. */
public final class Named {

    private Named() {}

    /** Says whether a type, its members, the interfaces of a proxy or a bundle are there. */
    public static boolean isThere(String named) throws ClassNotFoundException {
        int blank = named.indexOf(' ');
        String name = named.substring(blank + 1);
        return switch (named.substring(0, blank)) {
            case "type" -> type(name) != null;
            case "proxy" -> Arrays.stream(name.split(",", -1)).allMatch(Named::isInterface);
            case "method" ->
                members(type(name.substring(0, name.lastIndexOf('.', name.indexOf('(')))))
                        .anyMatch(name::equals);
            case "field" ->
                members(type(name.substring(0, name.lastIndexOf('.')))).anyMatch(name::equals);
            // A bundle has classes for languages, and need not have one for none.
            case "bundle" -> Named.class.getClassLoader().getResource(name.replace('.', '/') + "_de.class") != null;
            default -> false;
        };
    }

    /** Says whether it is a type of a test or of the kit, or a member of one: such as users have. */
    public static boolean isOfTests(String named) {
        try {
            CodeSource source = type(typeOf(named)).getProtectionDomain().getCodeSource();
            return source != null && source.getLocation().getPath().matches(".*(/test-classes/|/store-tck[-/].*)");
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Says whether it is of the JDK, which may be another one than where it was seen. */
    public static boolean isOfJdk(String named) {
        return typeOf(named).startsWith("java.");
    }

    private static String typeOf(String named) {
        int blank = named.indexOf(' ');
        String name = named.substring(blank + 1);
        return switch (named.substring(0, blank)) {
            case "method" -> name.substring(0, name.lastIndexOf('.', name.indexOf('(')));
            case "field" -> name.substring(0, name.lastIndexOf('.'));
            default -> name;
        };
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        String element = name.replace("[]", "");
        return Class.forName(element, false, Named.class.getClassLoader());
    }

    private static boolean isInterface(String name) {
        try {
            return type(name).isInterface();
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Stream<String> members(Class<?> type) {
        return Stream.of(type.getDeclaredMethods(), type.getDeclaredConstructors(), type.getDeclaredFields())
                .flatMap(Arrays::stream)
                .map(member -> Witness.name((Member) member));
    }
}
