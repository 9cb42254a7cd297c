package dev.pagurus.store.postgres;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import com.zaxxer.hikari.HikariConfig;
import dev.pagurus.store.tck.StoreLog;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/**
 * What the console shows, and what HikariCP says of the settings of each pool: some forty lines, of which a run of the kit
 * would print 170,000, from one process to the next. The kit looks through them all the same, for a password is among them.
 */
final class KitLog extends AppenderBase<ILoggingEvent> implements StoreLog {

    private static final KitLog SHARED = new KitLog();

    private final StoreLog console = StoreLog.ofConsole();
    private final Queue<Line> settings = new ConcurrentLinkedQueue<>();

    private KitLog() {
        Logger pools = (Logger) LoggerFactory.getLogger(HikariConfig.class);
        setContext(pools.getLoggerContext());
        start();
        pools.addAppender(this);
        Logger root = pools.getLoggerContext().getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Filter<ILoggingEvent> others = new Others();
        others.start();
        for (Iterator<Appender<ILoggingEvent>> all = root.iteratorForAppenders(); all.hasNext(); ) {
            all.next().addFilter(others);
        }
    }

    /** Always the same one. */
    static StoreLog shared() {
        return SHARED;
    }

    @Override
    protected void append(ILoggingEvent event) {
        if (isOfSettings(event)) {
            settings.add(new Line(Level.DEBUG, event.getLoggerName() + " " + event.getFormattedMessage()));
        }
    }

    private static boolean isOfSettings(ILoggingEvent event) {
        return event.getLevel() == ch.qos.logback.classic.Level.DEBUG
                && event.getLoggerName().equals(HikariConfig.class.getName());
    }

    @Override
    public List<Line> take() {
        List<Line> taken = new ArrayList<>(console.take());
        for (Line line = settings.poll(); line != null; line = settings.poll()) {
            taken.add(line);
        }
        return taken;
    }

    private static final class Others extends Filter<ILoggingEvent> {
        @Override
        public FilterReply decide(ILoggingEvent event) {
            return isOfSettings(event) ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }
}
