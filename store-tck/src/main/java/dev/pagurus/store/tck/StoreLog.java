package dev.pagurus.store.tck;

import java.lang.System.Logger.Level;
import java.util.List;

/**
 * What is logged while tests run, so that the kit can look through it: no warning where nothing is wrong, no secret ever.
 * Without one, the clauses about logging are NOT RUN.
 *
 * <p>{@link #ofConsole()} reads what loggers print, {@link #ofJavaLogging()} what reaches {@code java.util.logging}. For
 * anything else, such as an appender of one's own, implement the one method. Safe for use by several threads.
 */
@FunctionalInterface
public interface StoreLog {

    /** Returns what was logged since it was called last, in order. */
    List<Line> take();

    /**
     * One event.
     *
     * @param level how bad it is
     * @param text the whole of it, with its logger and its stack trace if there are any
     */
    record Line(Level level, String text) {}

    /**
     * Reads along what this process prints on standard output and standard error, from the first call on; what is printed
     * still appears. Understands the usual layouts of Logback, slf4j-simple and {@code java.util.logging}. Set the
     * logger's level to DEBUG, so that there is something to look through. Always returns the same one.
     */
    static StoreLog ofConsole() {
        return ConsoleLog.shared();
    }

    /**
     * Listens to {@code java.util.logging}, where {@link System.Logger} goes unless something else is configured, from the
     * first call on. Always returns the same one.
     */
    static StoreLog ofJavaLogging() {
        return JavaLog.shared();
    }
}
