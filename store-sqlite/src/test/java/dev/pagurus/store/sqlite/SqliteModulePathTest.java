package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pagurus.store.Store;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.sqlite.JDBC;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.ObjectMapper;

/** An application of its own, compiled here, that finds the store on its module path or class path. */
class SqliteModulePathTest {

    private static final String MODULE = """
            module bookmarks {
                requires dev.pagurus.store;
                opens bookmarks;
            }
            """;

    private static final String MODULE_WITH_JACKSON = MODULE.replace("opens", "requires tools.jackson.databind; opens");

    private static final String PROGRAM = """
            package bookmarks;

            import dev.pagurus.store.*;

            public class Main {
                public record Bookmark(String url) {}

                public static void main(String[] arguments) {
                    System.out.println("named: " + Main.class.getModule().isNamed());
                    try (Store store = Stores.open(arguments[0])) {
                        Schema<Bookmark> schema = arguments[1].equals("jackson")
                                ? Schema.of("bookmarks", Bookmark.class)
                                : Schema.of("bookmarks", Codec.of(Bookmark::url, Bookmark::new));
                        DocumentCollection<Bookmark> bookmarks = store.collection(schema);
                        bookmarks.put("b1", new Bookmark("https://example.org"));
                        System.out.println("stored: " + bookmarks.get("b1").orElseThrow().value());
                        store.exportTo(java.nio.file.Path.of(arguments[0].substring(7) + ".zip"), CopyOptions.DEFAULT.withOverwrite());
                        System.out.println("exported");
                    } catch (StoreException e) {
                        System.out.println("failed: " + e.getClass().getSimpleName() + ": " + e.getMessage());
                    }
                }
            }
            """;

    private static final String STORED = "stored: Bookmark[url=https://example.org]";

    private static final String API = homes(Store.class, Logger.class, Nullable.class);
    private static final String SQLITE = homes(SqliteEngine.class, JDBC.class);
    private static final String JACKSON = homes(ObjectMapper.class, JsonParser.class, JsonProperty.class);

    @TempDir
    private Path directory;

    @Test
    void aModuleFindsTheStore() throws Exception {
        assertThat(runAsModule(MODULE_WITH_JACKSON, joined(API, SQLITE, JACKSON), "jackson"))
                .contains("named: true", STORED);
    }

    @Test
    void aProgramOnTheClassPathFindsTheStore() throws Exception {
        assertThat(runOnClassPath(joined(API, SQLITE, JACKSON), "jackson")).contains("named: false", STORED);
    }

    @Test
    void aModuleWithoutJacksonUsesACodecOfItsOwn() throws Exception {
        assertThat(runAsModule(MODULE, joined(API, SQLITE), "own")).contains("named: true", STORED);
    }

    @Test
    void aProgramWithoutJacksonUsesACodecOfItsOwn() throws Exception {
        assertThat(runOnClassPath(joined(API, SQLITE), "own")).contains("named: false", STORED);
    }

    @Test
    void aMissingJacksonIsNamed() throws Exception {
        String message = "failed: ConfigurationException: Values of bookmarks.Main$Bookmark are to be stored as JSON,"
                + " but Jackson 3 is not there. Add the dependency tools.jackson.core:jackson-databind (on the module"
                + " path, also require tools.jackson.databind), or give the schema a codec of your own:"
                + " Codec.of(encode, decode).";

        assertThat(runOnClassPath(joined(API, SQLITE), "jackson")).contains("named: false", message);
        assertThat(runAsModule(MODULE, joined(API, SQLITE), "jackson")).contains("named: true", message);
        assertThat(runAsModule(MODULE, joined(API, SQLITE, JACKSON), "jackson"))
                .as("on the path, but no module requires it")
                .contains("named: true", message);
    }

    @Test
    void exportsNeedJacksonAndSaySo() throws Exception {
        String message = "failed: ConfigurationException: Exporting and importing need Jackson, which is not there.";

        assertThat(runOnClassPath(joined(API, SQLITE, JACKSON), "own")).contains("exported");
        assertThat(runAsModule(MODULE_WITH_JACKSON, joined(API, SQLITE, JACKSON), "own"))
                .contains("exported");
        assertThat(runOnClassPath(joined(API, SQLITE), "own")).anyMatch(line -> line.startsWith(message));
        assertThat(runAsModule(MODULE, joined(API, SQLITE), "own")).anyMatch(line -> line.startsWith(message));
        assertThat(runAsModule(MODULE, joined(API, SQLITE, JACKSON), "own"))
                .as("on the path, but no module requires it")
                .anyMatch(line -> line.startsWith(message));
    }

    @Test
    void aMissingStoreIsNamed() throws Exception {
        assertThat(runAsModule(MODULE, API, "own"))
                .contains("named: true")
                .anyMatch(line -> line.startsWith(
                                "failed: ConfigurationException: No store on the path knows the scheme" + " 'sqlite'")
                        && line.endsWith("Add the dependency dev.pagurus:store-sqlite."));
    }

    private List<String> runAsModule(String module, String path, String codec) throws Exception {
        Path classes = compile(module, "--module-path", joined(API, JACKSON));
        List<String> command = ChildJvm.java();
        command.addAll(List.of("-p", joined(classes.toString(), path), "-m", "bookmarks/bookmarks.Main"));
        return run(command, codec);
    }

    private List<String> runOnClassPath(String path, String codec) throws Exception {
        Path classes = compile(null, "--class-path", API);
        List<String> command = ChildJvm.java();
        command.addAll(List.of("-cp", joined(classes.toString(), path), "bookmarks.Main"));
        return run(command, codec);
    }

    private List<String> run(List<String> command, String codec) throws Exception {
        command.addAll(List.of("sqlite:" + directory.resolve("data.db"), codec));
        try (ChildJvm program = ChildJvm.start(command)) {
            return program.finish();
        }
    }

    private Path compile(@Nullable String module, String pathOption, String path) throws IOException {
        Path sources = Files.createTempDirectory(directory, "sources");
        Path classes = Files.createTempDirectory(directory, "classes");
        List<String> arguments =
                new ArrayList<>(List.of("-Xlint:none", "--release", "17", "-d", classes.toString(), pathOption, path));
        arguments.add(Files.writeString(sources.resolve("Main.java"), PROGRAM).toString());
        if (module != null) {
            arguments.add(Files.writeString(sources.resolve("module-info.java"), module)
                    .toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]));
        assertThat(result).as("result of javac").isZero();
        return classes;
    }

    private static String joined(String... paths) {
        return String.join(File.pathSeparator, paths);
    }

    /** Returns the jars or directories that classes come from. */
    private static String homes(Class<?>... types) {
        List<String> homes = new ArrayList<>();
        for (Class<?> type : types) {
            try {
                homes.add(Path.of(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString());
            } catch (URISyntaxException e) {
                throw new IllegalStateException(e);
            }
        }
        return joined(homes.toArray(new String[0]));
    }
}
