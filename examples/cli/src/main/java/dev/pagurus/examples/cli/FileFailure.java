package dev.pagurus.examples.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Files that cannot be read or written. */
final class FileFailure {

    private FileFailure() {}

    /** Says it without the name of the exception, which the library puts into its sentence. */
    static Failure of(RuntimeException failure, IOException io, int code) {
        String message = Failure.message(failure);
        String what = message.substring(0, message.indexOf(io.toString())).strip();
        return new Failure(what + " " + reason(io) + ". Nothing was changed.", advice(io), code);
    }

    private static String reason(IOException io) {
        if (io instanceof AccessDeniedException denied) {
            return "permission denied for " + denied.getFile();
        }
        if (io instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        @Nullable String reason = io instanceof FileSystemException file ? file.getReason() : io.getMessage();
        return reason == null ? "the system says no more" : reason;
    }

    private static String advice(IOException io) {
        if (io instanceof AccessDeniedException
                || (io instanceof FileNotFoundException && Failure.message(io).contains("denied"))) {
            return "Run it as a user who may, or change the permissions of the file and its directory.";
        }
        return io instanceof NoSuchFileException
                ? "Correct the path."
                : "Mend that (is there room, may this user write there?), and run the command again.";
    }
}
