package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files and directories that the user of the process may not write. */
class SqliteReadOnlyTest {

    @TempDir
    private Path directory;

    private Path home;
    private Path file;

    @BeforeEach
    void storeANote() throws IOException {
        home = Files.createDirectory(directory.resolve("home"));
        file = home.resolve("data.db");
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(Note.SCHEMA).insert("n1", Note.titled("milk"));
        }
    }

    @AfterEach
    void allowEverythingAgain() throws IOException {
        allow(home, "rwxr-xr-x");
        if (Files.exists(file)) {
            allow(file, "rw-r--r--");
        }
    }

    @Test
    void aReadOnlyFileIsSaidToBeReadOnly() throws Exception {
        allow(file, "r--r--r--");

        assertThat(open())
                .startsWith("ConfigurationException: ")
                .contains(file.toString(), "read-only for this user", "Grant write access");
    }

    @Test
    void aReadOnlyDirectoryIsNoPlaceForTheLogBesideTheFile() throws Exception {
        allow(home, "r-xr-xr-x");

        assertThat(open())
                .startsWith("ConfigurationException: ")
                .contains(file.toString(), "directory", "-wal and -shm", "Grant write access");
    }

    @Test
    void aReadOnlyFileOfAnotherProgramIsSaidToBeReadOnly() throws Exception {
        Files.delete(file);
        OtherProgram.run(file, "create table theirs (a text)");
        allow(file, "r--r--r--");

        assertThat(open()).startsWith("ConfigurationException: ").contains("read-only for this user");
    }

    @Test
    void inAReadOnlyDirectoryNoFileIsCreated() throws Exception {
        Files.delete(file);
        allow(home, "r-xr-xr-x");

        assertThat(open())
                .startsWith("ConfigurationException: ")
                .contains(file.toString(), "cannot be opened or created by this user", "permissions");
    }

    @Test
    void aFileThatMayNotBeReadCannotBeOpened() throws Exception {
        allow(file, "---------");

        assertThat(open())
                .startsWith("ConfigurationException: ")
                .contains(file.toString(), "cannot be opened or created by this user", "permissions");
    }

    @Test
    void aDirectoryThatMayNotBeEnteredIsNotSaidToBeMissing() throws Exception {
        allow(home, "rw-r--r--");

        assertThat(open())
                .startsWith("ConfigurationException: ")
                .contains(file.toString(), "permissions")
                .doesNotContain("does not exist");
    }

    @Test
    void aLogThatAnotherUserHasLeftBehindIsNamed() throws Exception {
        try (ChildJvm other = ChildJvm.start(mortal())) {
            other.await(Parent.ANSWER);
            other.ask("open sqlite:" + file);
            assertThat(other.ask("put n2 bread")).startsWith("version ");
            other.kill();
        }
        allow(home.resolve("data.db-wal"), "r--r--r--");
        allow(home.resolve("data.db-shm"), "r--r--r--");

        assertThat(open())
                .startsWith("ConfigurationException: ")
                .contains(file.toString(), "-wal and -shm", "Grant write access");

        allow(home.resolve("data.db-wal"), "rw-r--r--");
        allow(home.resolve("data.db-shm"), "rw-r--r--");
        try (Store store = Stores.open("sqlite:" + file)) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(2);
        }
    }

    @Test
    void withThePermissionBackEverythingIsThere() throws Exception {
        allow(file, "r--r--r--");
        open();
        allow(file, "rw-r--r--");

        try (ChildJvm peer = ChildJvm.start(mortal())) {
            peer.await(Parent.ANSWER);
            assertThat(peer.ask("open sqlite:" + file)).isEqualTo("opened");
            assertThat(peer.ask("get n1")).isEqualTo("milk");
            assertThat(peer.ask("put n2 bread")).startsWith("version ");
        }
    }

    /** Opens the store in a JVM that permissions bind. */
    private String open() throws Exception {
        try (ChildJvm peer = ChildJvm.start(mortal())) {
            peer.await(Parent.ANSWER);
            return peer.ask("open sqlite:" + file);
        }
    }

    /** Root is above permissions, and stays the owner of its files when it gives that power up. */
    private static List<String> mortal() {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
        }
        command.addAll(ChildJvm.command(Peer.class));
        return command;
    }

    private static void allow(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }
}
