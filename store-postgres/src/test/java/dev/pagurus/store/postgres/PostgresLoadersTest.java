package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;

/** The driver is found wherever the libraries are: in a loader of their own, in one jar, as modules. */
@Timeout(60)
class PostgresLoadersTest {

    private static final String PROGRAM = """
            package bookmarks;

            import dev.pagurus.store.*;

            public class Main {
                public static void main(String[] arguments) {
                    Schema<String> schema = Schema.of("bookmarks",
                            Codec.of(text -> '"' + text + '"', json -> json.substring(1, json.length() - 1)));
                    try (Store store = Stores.open(arguments[0])) {
                        DocumentCollection<String> bookmarks = store.collection(schema);
                        bookmarks.put("b1", Main.class.getModule().isNamed() ? "module" : "class path");
                        System.out.println("stored: " + bookmarks.get("b1").orElseThrow().value());
                    }
                }
            }
            """;

    private static final String MODULE = "module bookmarks { requires dev.pagurus.store; }";

    @TempDir
    private static Path directory;

    private static StoreConfig config;
    private static List<Path> libraries;
    private static Path program;
    private static Path module;

    @BeforeAll
    static void compileProgram() throws Exception {
        config = PostgresServer.newDatabase().build();
        libraries = List.of(
                home(Store.class),
                home(PostgresEngine.class),
                home(PGSimpleDataSource.class),
                home(HikariDataSource.class),
                home(Logger.class),
                home(Nullable.class));
        program = compile(null);
        module = compile(MODULE);
    }

    @AfterAll
    static void dropSchema() throws Exception {
        PostgresServer.drop(config);
    }

    @Test
    void theLibrariesMayBeInALoaderOfTheirOwn() throws Exception {
        List<Path> path = new ArrayList<>(libraries);
        path.add(program);
        assertRunsInLoader(path, false);
        assertRunsInLoader(path, true);
    }

    @Test
    void theLibrariesMayBeOneJarThatHasLostTheFileThatNamesTheDriver() throws Exception {
        Path jar = directory.resolve("all.jar");
        List<Path> parts = new ArrayList<>(libraries);
        parts.add(program);
        join(parts, jar);
        assertThat(run("-cp", jar.toString(), "bookmarks.Main")).contains("stored: class path");
    }

    @Test
    void theLibrariesMayBeModules() throws Exception {
        List<Path> path = new ArrayList<>(libraries);
        path.add(module);
        assertThat(run("-p", joined(path), "-m", "bookmarks/bookmarks.Main")).contains("stored: module");
    }

    /** Runs it where DriverManager was asked before, by the application around, which has a driver of its own. */
    private static void assertRunsInLoader(List<Path> path, boolean contextIsForeign) throws Exception {
        PostgresServer.run("select 1");
        List<URL> urls = new ArrayList<>();
        for (Path one : path) {
            urls.add(one.toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Callable<@Nullable Object> main = () -> loader.loadClass("bookmarks.Main")
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) new String[] {config.url()});
            FutureTask<@Nullable Object> task = new FutureTask<>(main);
            Thread thread = new Thread(task, "loader");
            thread.setContextClassLoader(contextIsForeign ? ClassLoader.getPlatformClassLoader() : loader);
            thread.start();
            task.get(30, TimeUnit.SECONDS);
        }
    }

    private static String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of(arguments));
        command.add(config.url());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        }
    }

    private static Path compile(@Nullable String description) throws IOException {
        Path sources = Files.createTempDirectory(directory, "sources");
        Path classes = Files.createTempDirectory(directory, "classes");
        List<String> arguments = new ArrayList<>(List.of(
                "-Xlint:none",
                "--release",
                "17",
                "-d",
                classes.toString(),
                description == null ? "--class-path" : "--module-path",
                joined(List.of(home(Store.class), home(Nullable.class), home(Logger.class)))));
        arguments.add(Files.writeString(sources.resolve("Main.java"), PROGRAM).toString());
        if (description != null) {
            arguments.add(Files.writeString(sources.resolve("module-info.java"), description)
                    .toString());
        }
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, PrintStream.nullOutputStream(), null, arguments.toArray(new String[0]));
        assertThat(result).as("result of javac").isZero();
        return classes;
    }

    /** Makes one jar as plugins do that merge nothing; our own providers are there, and no other services. */
    private static void join(List<Path> parts, Path jar) throws IOException {
        Set<String> names = new HashSet<>();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path part : parts) {
                if (Files.isDirectory(part)) {
                    add(part, names, out);
                } else {
                    try (var system = java.nio.file.FileSystems.newFileSystem(part)) {
                        add(system.getPath("/"), names, out);
                    }
                }
            }
        }
        assertThat(names).contains("META-INF/services/dev.pagurus.store.spi.StoreProvider");
    }

    private static void add(Path root, Set<String> names, JarOutputStream out) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(root)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = root.relativize(file).toString();
            boolean left = name.equals("META-INF/services/java.sql.Driver") || name.endsWith("module-info.class");
            if (!left && names.add(name)) {
                out.putNextEntry(new ZipEntry(name));
                Files.copy(file, out);
            }
        }
    }

    private static String joined(List<Path> path) {
        return String.join(File.pathSeparator, path.stream().map(Path::toString).toList());
    }

    private static Path home(Class<?> type) {
        return Path.of(java.net.URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
