package dev.pagurus.store.tck;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What this process prints. A line without a level of its own belongs to the event before it: a stack trace does. */
final class ConsoleLog implements StoreLog {

    /** {@code 12:00:01.123 [main] WARN  d.a.Store -- message} and {@code [main] WARN dev.acme.Store - message}. */
    private static final Pattern BRACKETS =
            Pattern.compile("^[-0-9T:., +Z]*\\[[^\\]]*\\]\\s+(TRACE|DEBUG|INFO|WARN|ERROR)\\b");

    /** {@code WARNING: message}, the second line of Java's own. */
    private static final Pattern COLON = Pattern.compile("^(FINEST|FINER|FINE|CONFIG|INFO|WARNING|SEVERE): ");

    private static final ConsoleLog SHARED = new ConsoleLog();

    static {
        System.setOut(SHARED.readAlong(System.out));
        System.setErr(SHARED.readAlong(System.err));
    }

    private final List<Line> events = new ArrayList<>();

    static StoreLog shared() {
        return SHARED;
    }

    @Override
    public synchronized List<Line> take() {
        List<Line> taken = List.copyOf(events);
        events.clear();
        return taken;
    }

    private synchronized void add(String line) {
        Level level = level(line);
        if (level == null && !events.isEmpty()) {
            Line last = events.remove(events.size() - 1);
            events.add(new Line(last.level(), last.text() + "\n" + line));
        } else {
            events.add(new Line(level == null ? Level.INFO : level, line));
        }
    }

    private static @Nullable Level level(String line) {
        for (Pattern layout : List.of(BRACKETS, COLON)) {
            Matcher found = layout.matcher(line);
            if (found.find()) {
                return switch (found.group(1)) {
                    case "TRACE", "FINEST", "FINER" -> Level.TRACE;
                    case "DEBUG", "FINE" -> Level.DEBUG;
                    case "WARN", "WARNING" -> Level.WARNING;
                    case "ERROR", "SEVERE" -> Level.ERROR;
                    default -> Level.INFO;
                };
            }
        }
        return null;
    }

    private PrintStream readAlong(PrintStream stream) {
        return new PrintStream(new ReadingAlong(stream), true, Charset.defaultCharset());
    }

    /** Passes on what is written, and reads it line by line. */
    private final class ReadingAlong extends OutputStream {

        private final PrintStream stream;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        ReadingAlong(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        public synchronized void write(int one) {
            stream.write(one);
            read(one);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            stream.write(bytes, offset, length);
            for (int i = 0; i < length; i++) {
                read(bytes[offset + i]);
            }
        }

        @Override
        public void flush() {
            stream.flush();
        }

        private void read(int one) {
            if (one == '\n') {
                add(line.toString(StandardCharsets.UTF_8));
                line.reset();
            } else {
                line.write(one);
            }
        }
    }
}
