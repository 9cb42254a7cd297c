package dev.pagurus.store.tck.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Properties;

/**
 * The system properties that the second JVM gets from this one. What stands on this JVM's command line stands on that one's,
 * for some of it counts only there; what else is set by now, as Surefire does with {@code mvn -Dname=value}, is told when it
 * has begun, where nobody sees it: it may be a password. What the second JVM has by itself, it keeps.
 */
final class SharedProperties {

    /** Of the first JVM alone: its class path, its modules, a port that is taken, and which files it has open. */
    private static final List<String> NOT_SHARED =
            List.of("surefire.", "jdk.module.", "com.sun.management.", "dev.pagurus.sqlite.open.");

    private SharedProperties() {}

    /** Returns those of a JVM's arguments that set a property. */
    static List<String> among(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-D") && isShared(argument.substring(2)))
                .toList();
    }

    private static boolean isShared(String name) {
        return NOT_SHARED.stream().noneMatch(name::startsWith);
    }

    /** Returns all properties as one line of text. */
    static String line() throws IOException {
        Properties shared = new Properties();
        for (String name : System.getProperties().stringPropertyNames()) {
            String value = System.getProperty(name);
            if (isShared(name) && value != null) {
                shared.setProperty(name, value);
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        shared.store(bytes, null);
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    /** Sets what stands in such a line, unless it is set already. */
    static void take(String line) throws IOException {
        Properties told = new Properties();
        told.load(new StringReader(new String(Base64.getDecoder().decode(line), StandardCharsets.ISO_8859_1)));
        for (String name : told.stringPropertyNames()) {
            if (System.getProperty(name) == null) {
                System.setProperty(name, told.getProperty(name));
            }
        }
    }
}
