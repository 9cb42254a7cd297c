package dev.pagurus.store.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file for its owner alone, under a name that nobody else has, which goes with {@link #close}.
 *
 * <p>A process that is killed leaves it behind; the next file for the same purpose removes it then. Whether it is dead is
 * not guessed from its age or from a process number, which another container has as well: who lives holds a lock on a file
 * beside it, which the system gives free however the process ends.
 */
public final class PrivateFile implements AutoCloseable {

    private static final String LOCK = ".lock";

    /** What SQLite may have put beside it, and itself. */
    private static final List<String> PARTS = List.of("-journal", "-wal", "-shm", "");

    private static final Set<String> CLEARED = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private PrivateFile(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Creates an empty file that only its owner may read and write, from the first moment on, where the file system has
     * permissions.
     *
     * @throws java.nio.file.FileAlreadyExistsException if it is there; it is not opened then
     */
    public static void create(Path file) throws IOException {
        Files.createFile(file, ownerOnly(file));
    }

    /** Creates one in the directory of a file and with its name, a token, and {@code .part}. */
    static PrivateFile beside(Path file) throws IOException {
        Path directory = Objects.requireNonNullElse(file.getParent(), file);
        String prefix = file.getFileName() + ".";
        removeDead(directory, prefix, ".part");
        return create(directory, prefix, ".part");
    }

    /**
     * Creates one in {@code java.io.tmpdir}; the first one of a process removes what others have left behind.
     *
     * @param prefix how its name begins, such as {@code pagurus-}
     * @param suffix how its name ends, such as {@code .db}
     */
    public static PrivateFile temporary(String prefix, String suffix) throws IOException {
        Path directory = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        if (CLEARED.add(prefix + suffix)) {
            removeDead(directory, prefix, suffix);
        }
        return create(directory, prefix, suffix);
    }

    /** Returns where it is. */
    public Path path() {
        return path;
    }

    /** Removes the file and what is beside it. What cannot be removed now is left to the next one. */
    @Override
    public void close() {
        try (lock) {
            remove(path);
        } catch (IOException e) {
            return;
        }
    }

    private static PrivateFile create(Path directory, String prefix, String suffix) throws IOException {
        // Channels are closed under a thread that is interrupted, and this one shall stay.
        boolean interrupted = Thread.interrupted();
        String token = ThisProcess.NAME + "-" + UUID.randomUUID().toString().substring(0, 8);
        Path path = directory.resolve(prefix + token + suffix);
        FileChannel lock = lock(path);
        try {
            create(path);
            return new PrivateFile(path, lock);
        } catch (IOException | RuntimeException e) {
            try (lock) {
                remove(path);
            }
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** It is locked before it has its name, so who finds it without a lock knows that its process is gone. */
    private static FileChannel lock(Path path) throws IOException {
        Path unlocked = beside(path, LOCK + ".new");
        FileChannel channel = FileChannel.open(
                unlocked, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(unlocked));
        try {
            tryLock(channel);
            Files.move(unlocked, beside(path, LOCK));
            return channel;
        } catch (IOException | RuntimeException e) {
            try (channel) {
                Files.deleteIfExists(unlocked);
            }
            throw e;
        }
    }

    /** Removes the files of processes that have ended; what cannot be removed stays, and is no reason to fail. */
    private static void removeDead(Path directory, String prefix, String suffix) {
        Pattern name = Pattern.compile(Pattern.quote(prefix) + "(\\d+-\\w+)-\\w+" + Pattern.quote(suffix + LOCK));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher matcher = name.matcher(String.valueOf(file.getFileName()));
                if (matcher.matches() && !matcher.group(1).equals(ThisProcess.NAME)) {
                    removeIfDead(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
    }

    private static void removeIfDead(Path lock) {
        if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (tryLock(channel)) {
                String name = String.valueOf(lock.getFileName());
                remove(lock.resolveSibling(name.substring(0, name.length() - LOCK.length())));
            }
        } catch (IOException e) {
            // Somebody else's, or removed by somebody else in this moment.
            return;
        }
    }

    /** Says whether the lock was got; a file system without locks says that nobody gets one, and nothing is removed. */
    private static boolean tryLock(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            return false;
        }
    }

    /** The lock goes last, or what is left could not be found again. */
    private static void remove(Path path) throws IOException {
        for (String part : PARTS) {
            Files.deleteIfExists(beside(path, part));
        }
        Files.deleteIfExists(beside(path, LOCK));
    }

    private static Path beside(Path path, String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    /** Asked for with the first file that goes, since that takes 2 ms; a database that stays needs none. */
    private static final class ThisProcess {

        /** Known to all class loaders, whose files are never looked at: to close one would give its lock free. */
        static final String NAME = name();

        private static String name() {
            ProcessHandle process = ProcessHandle.current();
            long started =
                    process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
            return process.pid() + "-" + Long.toString(started, 36);
        }
    }
}
