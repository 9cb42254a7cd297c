package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may read a file, where the file system knows that. */
final class Permissions {

    private Permissions() {}

    static void requireOwnerOnly(Path file) throws IOException {
        if (areKnown(file)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .as("the permissions of " + file.getFileName())
                    .isEqualTo("rw-------");
        }
    }

    static void letOthersRead(Path file) throws IOException {
        if (areKnown(file)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private static boolean areKnown(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
