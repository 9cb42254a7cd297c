package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** Shows how far something is: a bar that is drawn over itself on a terminal, a line every ten seconds elsewhere. */
final class Progress implements Consumer<CopyProgress> {

    private static final int WIDTH = 30;
    private static final long BAR_EVERY_NANOS = Duration.ofMillis(100).toNanos();
    private static final long LINE_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter err;
    private final boolean terminal;
    private CopyProgress.@Nullable Step step;
    private long shown = System.nanoTime();

    Progress(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    static Progress of(PrintWriter err) {
        return new Progress(err, CommandLine.Help.Ansi.AUTO.enabled());
    }

    CopyOptions options(boolean overwrite) {
        return new CopyOptions(overwrite, this);
    }

    @Override
    public void accept(CopyProgress progress) {
        long now = System.nanoTime();
        boolean complete = progress.documents() == progress.expected();
        if (progress.step() == step && !complete && now - shown < (terminal ? BAR_EVERY_NANOS : LINE_EVERY_NANOS)) {
            return;
        }
        if (terminal && step != null && progress.step() != step) {
            err.println();
        }
        step = progress.step();
        shown = now;
        if (terminal) {
            int filled = (int) (progress.expected() == 0 ? WIDTH : WIDTH * progress.documents() / progress.expected());
            err.printf("\r[%s%s] %s\u001b[K", "#".repeat(filled), " ".repeat(WIDTH - filled), progress);
        } else {
            err.println(progress);
        }
        err.flush();
    }

    /** Ends the bar, and lists what was done. */
    void done(String what, CopyResult result, PrintWriter out) {
        if (terminal && step != null) {
            err.println();
            err.flush();
        }
        for (CopyResult.Collection one : result.collections()) {
            out.printf(
                    "%-40s %,12d documents %,16d bytes  sha256 %s%n",
                    one.name(), one.documents(), one.bytes(), one.sha256());
        }
        out.printf(
                "%s: %,d collections, %,d documents.%n",
                what, result.collections().size(), result.documents());
        out.flush();
    }
}
