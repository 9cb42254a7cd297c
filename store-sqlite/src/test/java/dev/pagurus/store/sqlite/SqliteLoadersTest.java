package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Class loaders: that of a guest has everything a second time, the native library of SQLite included. */
@Timeout(120)
class SqliteLoadersTest {

    private static final String PROPERTY = "dev.pagurus.sqlite.open.";

    @TempDir
    private Path directory;

    private Path file;
    private URLClassLoader loader;
    private UnaryOperator<String> guest;
    private ClassLoader context;

    @BeforeEach
    void loadEverythingASecondTime() throws Exception {
        file = directory.resolve("data.db");
        context = Thread.currentThread().getContextClassLoader();
        loader = new URLClassLoader("guest", classPath(), ClassLoader.getPlatformClassLoader());
        guest = newGuest(loader);
        Thread.currentThread().setContextClassLoader(context);
    }

    @AfterEach
    void close() throws Exception {
        Thread.currentThread().setContextClassLoader(context);
        loader.close();
        assertThat(System.getProperties().stringPropertyNames())
                .as("nothing is left")
                .noneMatch(name -> name.startsWith(PROPERTY));
    }

    @Test
    void theSecondLoaderIsRefusedUntilTheFirstHasClosedItsLastHandle() {
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            assertRefused(guest.apply("open sqlite:" + file));
            try (Store second = Stores.open("sqlite:" + file)) {
                assertThat(second.collection(Note.SCHEMA).exists("n1"))
                        .as("handles of one loader share it")
                        .isTrue();
            }
            assertRefused(guest.apply("open sqlite:" + file));
            assertThat(store.collection(Note.SCHEMA).exists("n1"))
                    .as("a refusal harms nobody")
                    .isTrue();
        }
        assertThat(guest.apply("open sqlite:" + file)).isEqualTo("opened");
        assertThat(guest.apply("get n1")).isEqualTo("milk");

        assertThatThrownBy(() -> Stores.open("sqlite:" + file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("java.net.URLClassLoader")
                .hasMessageContaining("'guest'");
        assertThat(guest.apply("put n2 bread")).startsWith("version ");
        assertThat(guest.apply("close")).isEqualTo("closed");
        try (Store store = Stores.open("sqlite:" + file)) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(2);
        }
    }

    @Test
    void noOtherNameOfTheFileIsAWayAround() throws Exception {
        Stores.open("sqlite:" + file).close();
        Path symbolic = Files.createSymbolicLink(directory.resolve("symbolic.db"), file);
        Path hard = Files.createLink(directory.resolve("hard.db"), file);
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            assertRefused(guest.apply("open sqlite:" + symbolic));
            assertRefused(guest.apply("open sqlite:" + hard));
            Stores.open("sqlite:" + symbolic).close();
            assertThatThrownBy(() -> Stores.open("sqlite:" + hard))
                    .as("it would have a log of its own")
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("sqlite:" + hard)
                    .hasMessageContaining("by the name " + file)
                    .hasMessageContaining("hard link");
            assertThat(store.collection(Note.SCHEMA).exists("n1")).isTrue();
        }
        assertThat(directory.resolve("hard.db-wal")).doesNotExist();
    }

    @Test
    void openingInVainLeavesTheFileToOthers() throws Exception {
        Files.writeString(file, "A text, and no database. ".repeat(1000));
        assertThatThrownBy(() -> Stores.open("sqlite:" + file)).isInstanceOf(ConfigurationException.class);
        assertThat(guest.apply("open sqlite:" + file))
                .contains("is not a SQLite database")
                .doesNotContain("open in this JVM");
    }

    @Test
    void theDriverIsFoundFromAnyThread() throws Exception {
        Thread.currentThread().setContextClassLoader(loader);
        Path backup = directory.resolve("backup.db");
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
            store.backup(backup, false);
        }
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try (Store store = Stores.open("sqlite:" + backup)) {
            assertThat(store.collection(Note.SCHEMA).exists("n1")).isTrue();
        }
        assertThat(guest.apply("open sqlite:" + backup)).isEqualTo("opened");
        assertThat(guest.apply("get n1")).isEqualTo("milk");
        assertThat(guest.apply("close")).isEqualTo("closed");
    }

    private void assertRefused(String answer) {
        assertThat(answer)
                .startsWith("ConfigurationException: The file of sqlite:" + directory)
                .contains(
                        "is open in this JVM already, through another copy of SQLite's library",
                        "Close the other store");
    }

    private static URL[] classPath() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    @SuppressWarnings("unchecked")
    private static UnaryOperator<String> newGuest(ClassLoader loader) throws ReflectiveOperationException {
        return (UnaryOperator<String>)
                loader.loadClass(Peer.class.getName()).getDeclaredConstructor().newInstance();
    }
}
