package dev.pagurus.examples.cli;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UnsupportedCapabilityException;
import java.io.IOException;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A failure in the words of operators: one line says what has failed, the next one what to do. The library speaks to
 * those who write applications; its sentences stay where they are about databases, and are said anew here, by the kind of
 * the failure and what caused it, where they would be about classes, or a command or an option is the way out.
 *
 * @param what what has failed, and what has become of things
 * @param advice what to do; empty where {@code what} says it
 * @param code what the program exits with
 */
record Failure(String what, String advice, int code) {

    private static final String UNCHANGED = "Nothing was changed";
    private static final String AGAIN = "Run the same command again: it goes on where it stopped.";

    /** Returns null for what nobody foresaw: a fault of this program. */
    static @Nullable Failure of(Throwable failure, Typed typed) {
        if (failure instanceof Refused refused) {
            return new Failure(message(refused), refused.advice(), refused.code());
        }
        if (failure instanceof CopyException copy
                && copy.getCause() instanceof RuntimeException cause
                && isOf(copy, cause)) {
            return ofCopy(copy, cause, typed);
        }
        if (Stopping.isStop(failure) && !(failure instanceof OutcomeUnknownException)) {
            return new Failure(
                    "Stopped before it was done. " + UNCHANGED + ".", "Run the same command again.", Main.REFUSED);
        }
        return failure instanceof StoreException refused ? ofStore(refused, typed) : null;
    }

    private static Failure ofStore(StoreException failure, Typed typed) {
        int code = code(failure);
        @Nullable Failure connecting = ServerFailure.of(failure, typed, code);
        if (connecting != null) {
            return connecting;
        }
        if (failure instanceof UnsupportedCapabilityException unsupported) {
            return new Failure(
                    "This kind of store cannot do it: it has no "
                            + unsupported
                                    .capability()
                                    .name()
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' ') + ". " + UNCHANGED
                            + ".",
                    "Name a store in SQLite or PostgreSQL.",
                    code);
        }
        if (failure instanceof MigrationException migration && migration.sql() != null) {
            String url = typed.storeIn(message(failure));
            return new Failure(
                    "The database " + url + " does not have the store's own tables as this release needs them. "
                            + UNCHANGED + ".",
                    "If it is the right database, run 'pagurus migrations' with its URL, which says what is missing, or adds"
                            + " it.",
                    code);
        }
        if (failure instanceof SchemaException) {
            return ofSchema(message(failure), code);
        }
        if (failure.getCause() instanceof ZipException zip && message(failure).endsWith(": " + zip.getMessage())) {
            String message = message(failure);
            return new Failure(
                    message.substring(0, message.lastIndexOf(": " + zip.getMessage())) + ". " + UNCHANGED + ".",
                    "Name a file that 'pagurus export' has written, or another copy of it.",
                    code);
        }
        @Nullable IOException io = cause(failure, IOException.class);
        return io != null && message(failure).contains(io.toString())
                ? FileFailure.of(failure, io, code)
                : told(message(failure), code);
    }

    /** What to do stands behind what has become of things. */
    private static Failure ofSchema(String message, int code) {
        int end = message.indexOf(" " + UNCHANGED + ". ");
        if (end < 0) {
            return told(message, code);
        }
        int advice = end + UNCHANGED.length() + 2;
        return new Failure(
                message.substring(0, advice), message.substring(advice).strip(), code);
    }

    /** A copy that broke off tells its cause with the advice of that, and then its own. */
    private static boolean isOf(CopyException failure, RuntimeException cause) {
        return message(failure).contains(" broke off ") && message(failure).contains(message(cause));
    }

    private static Failure ofCopy(CopyException failure, RuntimeException cause, Typed typed) {
        String message = message(failure);
        String broken = message.substring(0, message.indexOf(message(cause)));
        String left = " The source is unchanged; the target is marked as unfinished and cannot be opened.";
        @Nullable Failure why = of(cause, typed);
        if (why == null || Stopping.isStop(cause)) {
            String because = why == null ? message(cause) : "it was stopped.";
            return new Failure(broken + because + left, AGAIN, code(failure));
        }
        boolean again = why.advice().isEmpty() || why.advice().contains(" again");
        return new Failure(
                broken + why.what().replace(" " + UNCHANGED + ".", "") + left,
                again ? AGAIN : why.advice() + " " + AGAIN,
                code(failure));
    }

    /** The library's own sentence, in two where it has its usual form. */
    private static Failure told(String message, int code) {
        String said = message.replace("ask for it to be overwritten", "add --overwrite");
        int sql = said.indexOf(" Let an administrator run this SQL");
        if (sql >= 0) {
            return new Failure(
                    said.substring(0, sql),
                    "Run 'pagurus migrations' with its URL, and let an administrator run the SQL that it prints.",
                    code);
        }
        int end = said.lastIndexOf(UNCHANGED + "; ");
        if (end < 0) {
            return new Failure(said, "", code);
        }
        String advice = said.substring(end + UNCHANGED.length() + 2);
        return new Failure(
                said.substring(0, end) + UNCHANGED + ".",
                advice.substring(0, 1).toUpperCase(Locale.ROOT) + advice.substring(1),
                code);
    }

    static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        @Nullable T found = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            found = type.isInstance(cause) ? type.cast(cause) : found;
        }
        return found;
    }

    static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static int code(StoreException failure) {
        if (failure instanceof ConfigurationException || failure instanceof UnsupportedCapabilityException) {
            return Main.WRONG;
        }
        boolean unreachable = failure instanceof UnavailableException
                || (failure instanceof CopyException && failure.getCause() instanceof UnavailableException);
        return unreachable && !Stopping.isStop(failure) ? Main.UNREACHABLE : Main.REFUSED;
    }
}
