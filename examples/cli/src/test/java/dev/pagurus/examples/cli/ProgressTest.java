package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyProgress.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How far it is: on a terminal and elsewhere. */
class ProgressTest {

    private final StringWriter shown = new StringWriter();

    private static CopyProgress at(Step step, long documents) {
        return new CopyProgress(step, "notes", documents, 1000, documents * 10, Duration.ofSeconds(1));
    }

    private void show(boolean terminal) {
        PrintWriter err = new PrintWriter(shown);
        try (Progress progress = new Progress(err, terminal)) {
            progress.accept(at(Step.COPYING, 500));
            progress.accept(at(Step.COPYING, 600)); // too soon after the one before
            progress.accept(at(Step.COPYING, 1000));
            progress.accept(at(Step.COMPARING, 1000));
        }
    }

    @Test
    void aBarIsDrawnOverItself() {
        show(true);
        assertThat(shown.toString().split("\r|\n"))
                .containsExactly(
                        "",
                        "[###############               ] Copying notes: 500 of 1,000 documents, 500 per second, 1 s"
                                + " left\u001b[K",
                        "[##############################] Copying notes: 1,000 of 1,000 documents, 1,000 per second, 0 s"
                                + " left\u001b[K",
                        "",
                        "[##############################] Comparing notes: 1,000 of 1,000 documents, 1,000 per second,"
                                + " 0 s left\u001b[K");
    }

    @Test
    void plainLinesAreFew() {
        show(false);
        assertThat(shown.toString().lines())
                .containsExactly(
                        "Copying notes: 500 of 1,000 documents, 500 per second, 1 s left",
                        "Copying notes: 1,000 of 1,000 documents, 1,000 per second, 0 s left",
                        "Comparing notes: 1,000 of 1,000 documents, 1,000 per second, 0 s left");
    }

    @Test
    void moreThanWasExpectedDoesNotBurstTheBar() {
        PrintWriter err = new PrintWriter(shown);
        try (Progress progress = new Progress(err, true)) {
            progress.accept(at(Step.COPYING, 3000));
            progress.accept(new CopyProgress(Step.COMPARING, "notes", 0, 0, 0, Duration.ZERO));
        }
        assertThat(shown.toString()).contains("3,000 of 1,000", "0 of 0");
    }
}
