package dev.pagurus.store;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of a class that cannot be loaded which library it belongs to, which version this release was built with, and which
 * one is there. Looked at when something has failed, and not before.
 */
final class Libraries {

    private static final Pattern CLASS = Pattern.compile("(?:[a-z_][\\w$]*\\.)+[A-Z][\\w$]*");

    /** Whose classes a message may name although they are not what is missing. */
    private static final Pattern NOT_MEANT = Pattern.compile("(java|javax|jdk|sun|dev\\.pagurus)\\..*");

    private final ClassLoader loader;

    private Libraries(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * A library.
     *
     * @param classes what the names of its classes begin with
     * @param witness a class that is there in any version
     */
    private record Library(String classes, String artifact, String version, String witness) {}

    /**
     * Returns what is missing or does not fit, in one or more sentences.
     *
     * @param beside what needed it, whose class loader is asked
     */
    static String explain(LinkageError failure, Class<?> beside) {
        @Nullable ClassLoader loader = beside.getClassLoader();
        return new Libraries(loader == null ? ClassLoader.getSystemClassLoader() : loader).explain(failure);
    }

    /** Makes the exception for a codec that needs Jackson. */
    static ConfigurationException withoutJackson(String what, LinkageError failure) {
        if (isMissing("tools.jackson.databind.ObjectMapper", Codec.class)) {
            return new ConfigurationException(
                    what
                            + "Jackson 3 is not there. Add the dependency tools.jackson.core:jackson-databind (on the module"
                            + " path, also require tools.jackson.databind), or give the schema a codec of your own:"
                            + " Codec.of(encode, decode).",
                    failure);
        }
        return new ConfigurationException(what + "Jackson 3 is there only in part.", failure, Codec.class);
    }

    /** Says whether nothing of the library that a class belongs to is there. */
    static boolean isMissing(String type, Class<?> beside) {
        return find(type, beside) == null;
    }

    private String explain(LinkageError failure) {
        String type = nameIn(failure);
        @Nullable Library library = libraryOf(type);
        if (library == null) {
            return "A class cannot be loaded: " + root(failure) + ".";
        }
        String wanted = library.artifact() + ", version " + library.version();
        if (found(library) == null) {
            return "The class " + type + " is missing. It belongs to " + library.artifact()
                    + ", which is not there. Add the"
                    + " dependency " + library.artifact() + ":" + library.version()
                    + ", which this release was built with, and see what has excluded it.";
        }
        String family = library.artifact().contains("jackson") ? "jackson" : library.artifact();
        String there = known().stream()
                .filter(other -> other.artifact().contains(family) && found(other) != null)
                .map(other -> other.artifact() + " " + found(other))
                .collect(Collectors.joining(", "));
        return "The class " + type + " is missing or another one than expected (" + root(failure) + "). It belongs to "
                + wanted + " in this release, but there is " + there + ". Something else sets the version, such as the"
                + " dependency management of a parent: declare " + library.artifact() + ":" + library.version()
                + " as a dependency of your own, with its version.";
    }

    /** The first cause comes first; a class that could not be initialised is only said to be so later on. */
    private String nameIn(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            messages.add(0, String.valueOf(cause.getMessage()).replace('/', '.'));
        }
        String any = "";
        for (String message : messages) {
            Matcher name = CLASS.matcher(message);
            while (name.find()) {
                if (libraryOf(name.group()) != null) {
                    return name.group();
                }
                any = any.isEmpty() && !NOT_MEANT.matcher(name.group()).matches() ? name.group() : any;
            }
        }
        return any;
    }

    private static Throwable root(Throwable failure) {
        @Nullable Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    private @Nullable Library libraryOf(String type) {
        return known().stream()
                .filter(library -> type.startsWith(library.classes() + "."))
                .max(Comparator.comparing(library -> library.classes().length()))
                .orElse(null);
    }

    /** Returns version and place of what is there. */
    private @Nullable String found(Library library) {
        try {
            Class<?> witness = Class.forName(library.witness(), false, loader);
            @Nullable ModuleDescriptor module = witness.getModule().getDescriptor();
            @Nullable String version = witness.getPackage().getImplementationVersion();
            if (version == null && module != null) {
                version = module.rawVersion().orElse(null);
            }
            @Nullable CodeSource source = witness.getProtectionDomain().getCodeSource();
            return (version == null ? "of an unknown version" : version)
                    + (source == null || source.getLocation() == null ? "" : " at " + source.getLocation());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static @Nullable Class<?> find(String type, Class<?> beside) {
        try {
            return Class.forName(type, false, beside.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }

    private static List<Library> known() {
        Properties properties = new Properties();
        try (InputStream in = Libraries.class.getResourceAsStream("libraries.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            // Then less is said.
        }
        return properties.stringPropertyNames().stream()
                .sorted()
                .map(name -> {
                    String[] words = properties.getProperty(name).split(" ", -1);
                    return new Library(name, words[0], words[1], words[2]);
                })
                .toList();
    }
}
