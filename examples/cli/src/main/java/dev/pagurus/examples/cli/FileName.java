package dev.pagurus.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path that was typed. The URL of a store in its place is refused: it would become a file's name, with its password. */
final class FileName implements ITypeConverter<Path> {

    private static final Pattern URL =
            Pattern.compile("(?:jdbc|sqlite|postgres|postgresql):.*|[a-z][a-z0-9+.-]*://.*", Pattern.CASE_INSENSITIVE);

    private static final byte[] ZIP = {'P', 'K'};

    static boolean isUrl(String typed) {
        return URL.matcher(typed).matches();
    }

    @Override
    public Path convert(String typed) {
        if (isUrl(typed)) {
            throw new TypeConversionException(
                    "a file is wanted, this is the URL of a store. From store to store, use 'pagurus copy'.");
        }
        try {
            return Path.of(typed);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("not a path on this system.");
        }
    }

    static Path path(String typed) {
        try {
            return Path.of(typed);
        } catch (InvalidPathException e) {
            throw new Refused(Main.WRONG, "That is not a path on this system.", "Correct it.");
        }
    }

    /** Returns the URL of the store in a file. */
    static String storeUrl(Path file) {
        return "sqlite:" + file.toString().replace("%", "%25").replace("?", "%3F");
    }

    /** Returns a word as a shell takes it for one. */
    static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Refuses what cannot be written, before anything is opened. */
    static void requireFree(Path file, boolean overwrite) {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            throw new Refused(Main.WRONG, "There is no directory " + parent + ".", "Create it, or correct the path.");
        }
        if (Files.isDirectory(file)) {
            throw new Refused(Main.WRONG, file + " is a directory.", "Name a file in it.");
        }
        if (!overwrite && Files.exists(file)) {
            throw new Refused(
                    Main.REFUSED,
                    "The file " + file + " exists. Nothing was changed.",
                    "Name another file, or add --overwrite.");
        }
    }

    /** Says whether a file begins like an export. */
    static boolean isExport(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        } catch (IOException e) {
            throw new Refused(
                    Main.UNREACHABLE,
                    "The file " + file + " could not be read. Nothing was changed.",
                    "Check its disk.");
        }
    }

    /** Refuses a path that was mistyped. */
    static void requireThere(Path file) {
        requireThere(file, file.toString());
    }

    /**
     * Refuses a path that was mistyped.
     *
     * @param shown what is shown of it, for a password may have been taken for a part of a path
     */
    static void requireThere(Path file, String shown) {
        if (!Files.exists(file)) {
            throw new Refused(Main.WRONG, "There is no file " + shown + ".", "Correct its name.");
        }
        if (Files.isDirectory(file)) {
            throw new Refused(Main.WRONG, shown + " is a directory.", "Name a file in it.");
        }
        if (!Files.isReadable(file)) {
            throw new Refused(
                    Main.WRONG,
                    "The file " + shown + " may not be read by this user.",
                    "Run it as a user who may, or change the permissions of the file and its directory.");
        }
    }
}
