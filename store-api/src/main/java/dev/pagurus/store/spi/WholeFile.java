package dev.pagurus.store.spi;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that has its name only when it is whole and on disk: it is written under another name beside it. Only its owner
 * may read and write it, from the beginning, where the file system has permissions; also if it replaces one that others may
 * read. What a process that was killed has left of the same file is removed.
 *
 * <p>Not safe for use by several threads; two that write the same file do not harm each other.
 */
public final class WholeFile {

    private final Path file;
    private final boolean overwrite;

    /**
     * Names a file.
     *
     * @param overwrite whether one that is there is replaced, in one step
     */
    public WholeFile(Path file, boolean overwrite) {
        this.file = file.toAbsolutePath();
        this.overwrite = overwrite;
    }

    /** What writes the file. */
    @FunctionalInterface
    public interface Work<R> {
        /** Writes a file that is there and empty, for its owner alone. */
        R write(Path unfinished) throws IOException;
    }

    /**
     * Writes the file.
     *
     * @throws CopyException if it is there and not to be replaced
     * @throws UnavailableException if it cannot be written; nothing is left behind then
     */
    public <R> R write(Work<R> work) {
        requireFree();
        try (PrivateFile part = PrivateFile.beside(file)) {
            Path unfinished = part.path();
            R result = work.write(unfinished);
            try (FileChannel written = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                written.force(true);
            }
            requireFree();
            move(unfinished);
            try (FileChannel directory = FileChannel.open(file.resolveSibling("."), StandardOpenOption.READ)) {
                directory.force(true);
            }
            return result;
        } catch (NoSuchFileException e) {
            throw new UnavailableException(
                    "The directory of " + file + " does not exist. Create it, or name another file.", e);
        } catch (IOException e) {
            throw new UnavailableException(
                    "The file " + file + " could not be written: " + e + " Nothing was changed.", e);
        }
    }

    private void requireFree() {
        if (!overwrite && Files.exists(file)) {
            throw taken(null);
        }
    }

    private void move(Path unfinished) throws IOException {
        try {
            if (overwrite) {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.move(unfinished, file);
            }
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileAlreadyExistsException e) {
            throw taken(e);
        }
    }

    private CopyException taken(@Nullable IOException cause) {
        return new CopyException(
                "The file " + file
                        + " exists. Nothing was changed; name another file, or ask for it to be overwritten.",
                cause);
    }
}
