package dev.pagurus.store.postgres;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/** Everything that is logged by anybody, at DEBUG and above; by the driver too, which uses Java's own logging. */
final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private static final java.util.logging.Logger DRIVER = java.util.logging.Logger.getLogger("org.postgresql");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> driver = new CopyOnWriteArrayList<>();

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            driver.add(new java.util.logging.SimpleFormatter().format(line));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    LogCapture() {
        setContext(root.getLoggerContext());
        start();
        root.setLevel(Level.DEBUG);
        root.addAppender(this);
        handler.setLevel(java.util.logging.Level.FINE);
        DRIVER.setLevel(java.util.logging.Level.FINE);
        DRIVER.addHandler(handler);
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.prepareForDeferredProcessing();
        events.add(event);
    }

    /** Returns what our own loggers said at a level. */
    List<String> ours(Level level) {
        return events.stream()
                .filter(event -> event.getLoggerName().startsWith("dev.pagurus") && event.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Returns all there is, stack traces included. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (ILoggingEvent event : events) {
            text.append(event.getLevel())
                    .append(' ')
                    .append(event.getLoggerName())
                    .append(' ')
                    .append(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                text.append('\n').append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
            text.append('\n');
        }
        driver.forEach(text::append);
        return text.toString();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(before);
        DRIVER.removeHandler(handler);
        DRIVER.setLevel(null);
    }
}
