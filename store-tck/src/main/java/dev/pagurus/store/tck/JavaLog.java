package dev.pagurus.store.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** What reaches {@code java.util.logging}. */
final class JavaLog extends Handler implements StoreLog {

    private static final JavaLog SHARED = new JavaLog();

    /** Held, for Java's log manager forgets loggers that nobody holds. */
    private static final Logger ROOT = Logger.getLogger("");

    static {
        SHARED.setLevel(Level.ALL);
        SHARED.setFormatter(new SimpleFormatter());
        ROOT.addHandler(SHARED);
    }

    private final ConcurrentLinkedQueue<Line> lines = new ConcurrentLinkedQueue<>();

    static StoreLog shared() {
        return SHARED;
    }

    @Override
    public void publish(LogRecord event) {
        if (isLoggable(event)) {
            lines.add(new Line(level(event.getLevel()), getFormatter().format(event)));
        }
    }

    @Override
    public List<Line> take() {
        List<Line> taken = new ArrayList<>();
        for (Line line = lines.poll(); line != null; line = lines.poll()) {
            taken.add(line);
        }
        return taken;
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static System.Logger.Level level(Level level) {
        for (System.Logger.Level candidate : System.Logger.Level.values()) {
            if (candidate != System.Logger.Level.ALL && level.intValue() <= candidateValue(candidate)) {
                return candidate;
            }
        }
        return System.Logger.Level.ERROR;
    }

    private static int candidateValue(System.Logger.Level level) {
        return switch (level) {
            case ALL, TRACE -> Level.FINER.intValue();
            case DEBUG -> Level.FINE.intValue();
            case INFO -> Level.INFO.intValue();
            case WARNING -> Level.WARNING.intValue();
            case ERROR, OFF -> Integer.MAX_VALUE;
        };
    }
}
