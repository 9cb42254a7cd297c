package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Shows how far something is: a bar that is drawn over itself on a terminal, a line every ten seconds elsewhere. */
final class Progress implements Consumer<CopyProgress>, AutoCloseable {

    private static final int WIDTH = 30;
    private static final long BAR_EVERY_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter err;
    private final boolean terminal;
    private CopyProgress.@Nullable Step step;
    private long shown;

    Progress(CommandLine command) {
        this(command.getErr(), CommandLine.Help.Ansi.AUTO.enabled());
    }

    Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    CopyOptions options(boolean overwrite) {
        return (overwrite ? CopyOptions.DEFAULT.withOverwrite() : CopyOptions.DEFAULT).withProgress(this);
    }

    @Override
    public void accept(CopyProgress progress) {
        long now = System.nanoTime();
        boolean complete =
                progress.step() != CopyProgress.Step.FOLLOWING && progress.documents() == progress.expected();
        if (progress.step() == step && !complete && now - shown < (terminal ? BAR_EVERY_NANOS : LINE_EVERY_NANOS)) {
            return;
        }
        if (progress.step() != step) {
            endBar();
        }
        step = progress.step();
        shown = now;
        if (terminal) {
            long filled = progress.expected() == 0 ? WIDTH : WIDTH * progress.documents() / progress.expected();
            int bar = (int) Math.min(WIDTH, filled);
            err.printf("\r[%s%s] %s\u001b[K", "#".repeat(bar), " ".repeat(WIDTH - bar), progress);
        } else {
            err.println(progress);
        }
        err.flush();
    }

    /** Says something on a line of its own. */
    void say(String line) {
        endBar();
        err.println(line);
        err.flush();
    }

    /** Ends the bar, for whatever is printed next. */
    @Override
    public void close() {
        endBar();
    }

    private void endBar() {
        if (terminal && step != null) {
            err.println();
            err.flush();
        }
        step = null;
    }
}
