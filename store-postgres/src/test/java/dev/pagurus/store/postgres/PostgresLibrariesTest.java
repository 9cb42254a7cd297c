package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.zaxxer.hikari.HikariConfig;
import dev.pagurus.store.Store;
import dev.pagurus.store.sqlite.SqliteStoreProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.sqlite.JDBC;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/**
 * Class paths on which something is missing, too old or lost: what is said then. Each is a class loader of its own, which has
 * nothing of the tests. No server is needed, for nothing gets so far.
 */
class PostgresLibrariesTest {

    private static final String POSTGRES = "postgres://u:s3cr3t@127.0.0.1:1/db?pool.minIdle=0";

    private static final List<Class<?>> ALL = List.of(
            Store.class,
            SqliteStoreProvider.class,
            PostgresStoreProvider.class,
            Logger.class,
            JDBC.class,
            Driver.class,
            HikariConfig.class,
            ObjectMapper.class,
            JsonParser.class,
            JsonProperty.class);

    @TempDir
    private Path directory;

    @Test
    void aMissingLibraryIsNamedWithItsVersionAndTheStoreThatNeedsIt() throws Exception {
        assertThat(opening(POSTGRES, without(HikariConfig.class)))
                .contains(
                        "The store dev.pagurus.store.postgres.PostgresStoreProvider from file:",
                        "The class com.zaxxer.hikari.",
                        "Add the dependency com.zaxxer:HikariCP:" + version("com.zaxxer.hikari"));
        assertThat(opening(POSTGRES, without(Driver.class)))
                .contains(
                        "The class org.postgresql.",
                        "Add the dependency org.postgresql:postgresql:" + version("org.postgresql"));
        assertThat(opening("sqlite:" + directory.resolve("x.db"), without(JDBC.class)))
                .contains(
                        "The store dev.pagurus.store.sqlite.SqliteStoreProvider from file:",
                        "Add the dependency org.xerial:sqlite-jdbc:" + version("org.sqlite"));
        assertThat(directory.resolve("x.db")).doesNotExist();
    }

    @Test
    void aMissingSlf4jIsNamedToo() throws Exception {
        try (URLClassLoader path = new URLClassLoader(without(Logger.class), ClassLoader.getPlatformClassLoader())) {
            for (int time = 0; time < 2; time++) {
                assertThat(opening(POSTGRES, path))
                        .as("attempt %d: a class fails differently the second time", time)
                        .contains("Add the dependency org.slf4j:slf4j-api:" + version("org.slf4j"));
            }
        }
    }

    /** A class that is there and lacks what is called, as an older release does. */
    @Test
    void anOlderLibraryIsNamedWithItsVersionAndPlace() throws Exception {
        List<URL> path = new ArrayList<>(List.of(without(JDBC.class)));
        path.add(oldSqlite().toUri().toURL());
        assertThat(opening("sqlite:" + directory.resolve("x.db"), path.toArray(new URL[0])))
                .contains("is missing or another one than expected", "org.xerial:sqlite-jdbc 1.2.3 at file:", "old.jar")
                .contains("declare org.xerial:sqlite-jdbc:" + version("org.sqlite") + " as a dependency of your own");
    }

    /** As under the parent of Spring Boot 3.5, which sets the version for Jackson 2. */
    @Test
    void annotationsThatAreTooOldForJacksonAreNamed() throws Exception {
        List<URL> path = new ArrayList<>(List.of(without(JsonProperty.class)));
        path.add(Path.of("target/libraries/jackson-annotations-2.19.4.jar")
                .toUri()
                .toURL());
        String message = codec(path.toArray(new URL[0]));
        assertThat(message)
                .contains("Jackson 3 is there only in part. The class com.fasterxml.jackson.annotation.")
                .contains("com.fasterxml.jackson.core:jackson-annotations 2.19.4 at file:")
                .contains("tools.jackson.core:jackson-databind " + version("tools.jackson") + " at file:")
                .contains("declare com.fasterxml.jackson.core:jackson-annotations:"
                        + version("com.fasterxml.jackson.annotation") + " as a dependency of your own");
        assertThat(codec(without(JsonProperty.class)))
                .contains("Jackson 3 is there only in part.")
                .contains("Add the dependency com.fasterxml.jackson.core:jackson-annotations:");
        assertThat(codec(without(ObjectMapper.class))).contains("Jackson 3 is not there. Add the dependency");
    }

    @Test
    void aLostProviderFileIsTakenForThatAndNotForAMissingDependency() throws Exception {
        Path jar = directory.resolve("all.jar");
        oneJar(jar);
        for (String url : new String[] {POSTGRES, "sqlite:" + directory.resolve("x.db")}) {
            assertThat(opening(url, jar.toUri().toURL()))
                    .contains("No store was found at all. Its store is there, dev.pagurus.store.", "all.jar")
                    .contains("ServicesResourceTransformer", "mergeServiceFiles()", "Stores.open(provider, config)")
                    .doesNotContain("Add the dependency", "s3cr3t");
        }
        assertThat(opening("acme:x", jar.toUri().toURL()))
                .contains("Add the dependency of the store that knows it", "ServicesResourceTransformer");
        try (FileSystem files = FileSystems.newFileSystem(jar)) {
            Files.createDirectories(files.getPath("META-INF/services"));
            Files.writeString(
                    files.getPath("META-INF/services/dev.pagurus.store.spi.StoreProvider"),
                    SqliteStoreProvider.class.getName());
        }
        assertThat(opening(POSTGRES, jar.toUri().toURL()))
                .contains("Found: dev.pagurus.store.sqlite.SqliteStoreProvider for sqlite:")
                .contains("Its store is there, dev.pagurus.store.postgres.PostgresStoreProvider from file:")
                .contains("was overwritten by another one");
    }

    @Test
    void theVersionsThatAreNamedAreThoseOfThisBuild() throws Exception {
        Properties libraries = libraries();
        for (String library : libraries.stringPropertyNames()) {
            String[] words = libraries.getProperty(library).split(" ", -1);
            String artifact = words[0].substring(words[0].indexOf(':') + 1);
            assertThat(home(Class.forName(words[2])).toString()).endsWith("/" + artifact + "-" + words[1] + ".jar");
            assertThat(words[2]).startsWith(library + ".");
        }
        assertThat(libraries).hasSize(7);
    }

    private static String version(String library) throws IOException {
        return libraries().getProperty(library).split(" ", -1)[1];
    }

    private static Properties libraries() throws IOException {
        Properties libraries = new Properties();
        try (InputStream in = Store.class.getResourceAsStream("libraries.properties")) {
            libraries.load(in);
        }
        return libraries;
    }

    private static String opening(String url, URL... path) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            return opening(url, loader);
        }
    }

    private static String opening(String url, ClassLoader loader) {
        return refusal(
                loader,
                () -> loader.loadClass("dev.pagurus.store.Stores")
                        .getMethod("open", String.class)
                        .invoke(null, url));
    }

    private static String codec(URL... path) throws Exception {
        try (URLClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader())) {
            return refusal(loader, () -> {
                Class<?> codec = loader.loadClass("dev.pagurus.store.Codec");
                // As a call does it. Its methods cannot be listed without Jackson, of which two of them have
                // parameters.
                MethodHandle json = MethodHandles.publicLookup()
                        .findStatic(codec, "json", MethodType.methodType(codec, Class.class));
                try {
                    return json.invoke(String.class);
                } catch (Throwable e) {
                    throw new InvocationTargetException(e);
                }
            });
        }
    }

    private interface Call {
        Object run() throws ReflectiveOperationException;
    }

    private static String refusal(ClassLoader loader, Call call) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            Throwable failure = catchThrowable(call::run);
            assertThat(failure).isInstanceOf(InvocationTargetException.class);
            Throwable refusal = Objects.requireNonNull(failure.getCause());
            assertThat(refusal.getClass().getSimpleName())
                    .as("type of %s", refusal)
                    .isEqualTo("ConfigurationException");
            return String.valueOf(refusal.getMessage());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] without(Class<?> missing) throws Exception {
        List<URL> path = new ArrayList<>();
        for (Class<?> one : ALL) {
            if (one != missing) {
                path.add(home(one));
            }
        }
        return path.toArray(new URL[0]);
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }

    private Path oldSqlite() throws IOException {
        Path sources = Files.createDirectories(directory.resolve("old"));
        List<String> arguments = new ArrayList<>(List.of("--release", "17", "-d", sources.toString()));
        for (String name : List.of("JDBC", "SQLiteConfig")) {
            Path source = sources.resolve(name + ".java");
            arguments.add(Files.writeString(source, "package org.sqlite; public class " + name + " {}")
                    .toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(result).as("result of javac").isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2.3");
        Path jar = directory.resolve("old.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (String name : List.of("org/sqlite/JDBC.class", "org/sqlite/SQLiteConfig.class")) {
                out.putNextEntry(new JarEntry(name));
                Files.copy(sources.resolve(name), out);
            }
        }
        return jar;
    }

    /** As an assembly that merges nothing: all classes, and no provider file. */
    private static void oneJar(Path jar) throws Exception {
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Class<?> type : List.of(Store.class, SqliteStoreProvider.class, PostgresStoreProvider.class)) {
                Path root = Path.of(home(type).toURI());
                if (Files.isDirectory(root)) {
                    addAll(root, out);
                } else {
                    try (FileSystem files = FileSystems.newFileSystem(root)) {
                        addAll(files.getPath("/"), out);
                    }
                }
            }
            try (FileSystem files =
                    FileSystems.newFileSystem(Path.of(home(Logger.class).toURI()))) {
                addAll(files.getPath("/"), out);
            }
        }
    }

    private static void addAll(Path root, JarOutputStream out) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = root.relativize(file).toString();
                if (Files.isRegularFile(file) && !name.startsWith("META-INF") && !name.equals("module-info.class")) {
                    out.putNextEntry(new JarEntry(name));
                    Files.copy(file, out);
                }
            }
        }
    }
}
