package dev.pagurus.examples.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;

/** SQLite itself, where a file is meant and not what a store keeps in it. */
final class Sqlite {

    private static final int BUSY = 5;
    private static final int LOCKED = 6;
    private static final int READONLY = 8;
    private static final int CORRUPT = 11;
    private static final int FULL = 13;
    private static final int CANTOPEN = 14;
    private static final int NOTADB = 26;

    private Sqlite() {}

    static Connection open(String uri) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + uri);
    }

    /** Returns a URI, in which no character of the path can be taken for anything else. */
    static String uri(Path file) {
        StringBuilder uri = new StringBuilder("file:");
        for (byte b : file.toAbsolutePath()
                .toString()
                .replace(FileSystems.getDefault().getSeparator(), "/")
                .getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b > 0 && (Character.isLetterOrDigit(b) || "/._-:".indexOf(b) >= 0);
            uri.append(plain ? Character.toString(b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return uri.toString();
    }

    static boolean isBusy(SQLException e) {
        return code(e) == BUSY || code(e) == LOCKED;
    }

    static boolean isDamaged(SQLException e) {
        return code(e) == CORRUPT || code(e) == NOTADB;
    }

    /** What has changed nothing. */
    static Refused failed(Path file, SQLException e) {
        return switch (code(e)) {
            case FULL ->
                new Refused(
                        Main.UNREACHABLE,
                        "The disk of " + file + " is full. Nothing was changed.",
                        "Make room, and run the same command again.");
            case READONLY, CANTOPEN ->
                new Refused(
                        Main.WRONG,
                        "The file " + file + " or its directory may not be opened or written by this user. Nothing was"
                                + " changed.",
                        "Run it as the application's user, or change the permissions.");
            default ->
                new Refused(
                        Main.UNREACHABLE,
                        "SQLite failed on " + file + " (" + e.getMessage() + "). Nothing was changed.",
                        "Mend that, and run the same command again.");
        };
    }

    /** The extended codes have the primary one in their lowest byte. */
    private static int code(SQLException e) {
        return e.getErrorCode() & 0xFF;
    }
}
