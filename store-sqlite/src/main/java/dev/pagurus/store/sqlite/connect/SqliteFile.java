package dev.pagurus.store.sqlite.connect;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The database file. It is never opened here: closing any file handle of a process on it releases all of SQLite's locks
 * of that process (POSIX advisory locks).
 *
 * @param path the absolute path, without links
 * @param given the absolute path by which it was named, which may be a link
 * @param temporary what goes when the store is closed; null if the file stays
 * @param shown how messages call it
 */
public record SqliteFile(Path path, Path given, @Nullable PrivateFile temporary, String shown) {

    static final String MEMORY = ":memory:";

    /** {@code u:p@h}, {@code //u@h}; not {@code C:/}. */
    private static final Pattern USER =
            Pattern.compile("(?![a-zA-Z]:[/\\\\])(//[^/@]*@|(//)?[^/:@]*:[^@]*@).*", Pattern.DOTALL);

    /** A user with a password, or an option that was not begun with a '?'. */
    private static final Pattern SECRET = Pattern.compile(":.*@|[;&?#,].*=", Pattern.DOTALL);

    private static final int MAX_PATH_BYTES = 504;
    private static final int MAX_NAME_BYTES = 247;
    private static final int MOST_LINKS = 40;
    private static final int LAST_ASCII = 0x7F;

    /** File system types, as Linux, macOS and Windows name them, whose locks SQLite cannot rely on. */
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afpfs",
            "webdav",
            "davfs",
            "fuse.sshfs",
            "fuse.davfs",
            "fuse.rclone",
            "fuse.s3fs",
            "fuse.glusterfs",
            "ceph",
            "fuse.ceph",
            "lustre",
            "beegfs",
            "9p",
            "afs",
            "ncpfs");

    static SqliteFile of(StoreConfig config, boolean networkAllowed) {
        if (config.address().equals(MEMORY)) {
            return newTemporary();
        }
        String shown = config.redactedUrl();
        String address = StoreConfig.decode(config.address());
        refuseUser(address);
        Path given = path(address, shown);
        Path path = real(given, shown);
        Path directory = path.getParent();
        if (directory == null || Files.isDirectory(path)) {
            throw new ConfigurationException(shown + " is a directory, not a file. Name a file in it: "
                    + (shown.endsWith("/") ? shown : shown + "/") + "data.db.");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new ConfigurationException(shown + " is not a file but a device or the like. Name another one.");
        }
        if (!Files.isDirectory(directory)) {
            throw new ConfigurationException(
                    "The directory " + (mayHoldASecret(directory) ? "" : directory + " ") + "of "
                            + shown + " does not exist"
                            + (Files.isSymbolicLink(given) ? " (that is where the link leads)" : "")
                            + ". Create it, or correct the path; only the file itself is created.");
        }
        if (bytes(path) > MAX_PATH_BYTES || bytes(path.getFileName()) > MAX_NAME_BYTES) {
            throw new ConfigurationException("The path of " + shown + " is too long: SQLite takes " + MAX_PATH_BYTES
                    + " bytes, and the file system " + MAX_NAME_BYTES + " for the name. Choose a shorter one.");
        }
        if (Files.isReadable(path) && !Files.isWritable(path)) {
            // SQLite would open it and leave -wal and -shm files as read-only as itself, that outlive the permission.
            throw new ConfigurationException("The file of " + shown + " is read-only for this user. SQLite writes the"
                    + " file and, beside it, its -wal and -shm files. Grant write access.");
        }
        SqliteFile file = new SqliteFile(path, given, null, shown);
        if (!networkAllowed) {
            file.refuseNetwork(fileSystemOf(directory));
        }
        return file;
    }

    /** A path with an '@' in a later part is one, and so is what begins with a directory, such as {@code ./a:b@c.db}. */
    private static void refuseUser(String address) {
        if (USER.matcher(address).matches()) {
            throw new ConfigurationException(
                    "The URL has a user or a password, and a SQLite file has neither. Leave them"
                            + " out; who may read the file is decided by the file system. If it is the name of a file, write ./"
                            + " before it. (The URL is not shown here, for it may hold a password.)");
        }
    }

    private static boolean mayHoldASecret(Path path) {
        return SECRET.matcher(path.toString()).find();
    }

    /** Returns the path for messages, or the redacted URL if there may be a secret in it. */
    public String shownPath() {
        return mayHoldASecret(path) ? shown : path.toString();
    }

    /**
     * Returns where SQLite keeps the log: beside the file itself, not beside a link to it. A file that is still to be made
     * has its place, too: SQLite makes it where the link leads.
     */
    private static Path real(Path path, String shown) {
        Path found = path;
        try {
            for (int links = 0; links < MOST_LINKS; links++) {
                if (Files.exists(found)) {
                    return found.toRealPath();
                }
                @Nullable Path directory = found.getParent();
                @Nullable Path name = found.getFileName();
                if (directory == null || name == null) {
                    return found;
                }
                if (!Files.isSymbolicLink(found)) {
                    return directory.toRealPath().resolve(name);
                }
                found = directory.toRealPath().resolve(Files.readSymbolicLink(found));
            }
        } catch (IOException e) {
            // Whatever is missing there is named when it is looked for.
            return found;
        }
        throw new ConfigurationException(
                shown + " is a link that leads in a circle. Make it point to a file, or name the file itself.");
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** Refuses a file system whose locks SQLite cannot rely on. */
    public void refuseNetwork(String type) {
        if (NETWORK.contains(type.toLowerCase(Locale.ROOT))) {
            throw new ConfigurationException("The file of " + shown + " lies on a network file system (" + type
                    + "), where SQLite's locks are not reliable and two programs can damage the file. Put it on a local"
                    + " disk, move to PostgreSQL, or add the option network=allow at your own risk.");
        }
    }

    /** Returns what the driver opens. */
    String jdbcUrl() {
        return jdbcUrl(path);
    }

    /** Returns how the driver opens a file: by a URI, in which no character of the path can be mistaken for an option. */
    public static String jdbcUrl(Path path) {
        StringBuilder uri = new StringBuilder("jdbc:sqlite:file:");
        for (byte b : path.toString()
                .replace(FileSystems.getDefault().getSeparator(), "/")
                .getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || "/._-:".indexOf(b) >= 0);
            uri.append(plain ? Character.toString(b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return uri.toString();
    }

    Path directory() {
        return Objects.requireNonNullElse(path.getParent(), path);
    }

    public Path wal() {
        return path.resolveSibling(path.getFileName() + "-wal");
    }

    Path shm() {
        return path.resolveSibling(path.getFileName() + "-shm");
    }

    /** Returns what tells the file from others, whatever its path; null if it is not there, or the system has no such thing. */
    @Nullable
    Object identity() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Creates the file, for its owner alone, if it is missing; SQLite would give it what the umask leaves, and gives -wal and
     * -shm the permissions of the file. One that is there is not opened for that, and keeps what its owner gave it.
     *
     * @return whether it is new
     */
    public boolean create() {
        try {
            PrivateFile.create(path);
            return true;
        } catch (IOException e) {
            // It is there, or SQLite will say why it cannot be.
            return false;
        }
    }

    /** Removes a temporary file, once SQLite has closed it. */
    public void deleteIfTemporary() {
        if (temporary != null) {
            temporary.close();
        }
    }

    private static SqliteFile newTemporary() {
        try {
            PrivateFile file = PrivateFile.temporary("pagurus-", ".db");
            return new SqliteFile(file.path(), file.path(), file, "sqlite::memory:");
        } catch (IOException e) {
            throw new ConfigurationException(
                    "sqlite::memory: needs a temporary file, and none can be made in "
                            + System.getProperty("java.io.tmpdir") + ". Set java.io.tmpdir to a directory that can be"
                            + " written.",
                    e);
        }
    }

    private static Path path(String address, String shown) {
        if (address.isEmpty() || address.startsWith("file:") || address.startsWith(":")) {
            throw new ConfigurationException(
                    "The URL " + shown + " names no file. Write the path after the scheme, such as"
                            + " sqlite:data/notes.db, or sqlite::memory: for a private temporary one.");
        }
        if (address.endsWith("/")) {
            throw new ConfigurationException(
                    shown + " is a directory, not a file. Name a file in it: " + shown + "data.db.");
        }
        refuseUnnameable(address + System.getProperty("user.dir"), shown);
        try {
            return Path.of(address.startsWith("//") ? address.substring(2) : address)
                    .toAbsolutePath()
                    .normalize();
        } catch (InvalidPathException e) {
            // Not with the cause, whose message shows all of it.
            throw new ConfigurationException("The path of " + shown + " is not one on this system: " + e.getReason()
                    + (e.getIndex() < 0 ? "" : " (at character " + e.getIndex() + ")") + ". Choose another one.");
        }
    }

    /** SQLite takes names in UTF-8. Where Java does not, the two would look at different files, or Java at none. */
    private static void refuseUnnameable(String names, String shown) {
        String charset = System.getProperty("sun.jnu.encoding", "UTF-8");
        boolean byBytes = FileSystems.getDefault().getSeparator().equals("/");
        if (byBytes && !charset.equalsIgnoreCase("UTF-8") && names.chars().anyMatch(c -> c > LAST_ASCII)) {
            throw new ConfigurationException("The path of " + shown + " has characters beyond ASCII, and this JVM was"
                    + " started for names of files in " + charset + ", as LC_ALL or LANG says. Start it with"
                    + " LC_ALL=C.UTF-8, or choose another path.");
        }
    }

    private static String fileSystemOf(Path directory) {
        try {
            return Files.getFileStore(directory).type();
        } catch (IOException e) {
            // What kind of file system it is cannot be found out; SQLite will say what it cannot do.
            return "";
        }
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return shown;
    }
}
