package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyProgress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A copy that follows a store in use: says when the target is in step, and when it is enough. */
final class Following implements Consumer<CopyProgress>, BooleanSupplier {

    /** A round that is as short is never far behind. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private static final Duration STILL = Duration.ofSeconds(2);

    private final Progress progress;
    private final String source;
    private final boolean untilEqual;
    private boolean begun;
    private boolean inStep;
    private long documents;
    private Duration told = Duration.ZERO;

    /** When something was brought over last, and when the target came into step; as {@link CopyProgress#elapsed}. */
    private Duration changed = Duration.ZERO;

    /** Set by the thread that signals come to. */
    private volatile boolean enough;

    Following(Progress progress, String source, boolean untilEqual) {
        this.progress = progress;
        this.source = source;
        this.untilEqual = untilEqual;
    }

    @Override
    public void accept(CopyProgress now) {
        if (now.step() == CopyProgress.Step.FOLLOWING && !begun) {
            begun = true;
            FirstSignal.hear(() -> enough = true);
        }
        progress.accept(now);
        if (now.step() == CopyProgress.Step.FOLLOWING) {
            round(now);
        }
    }

    private void round(CopyProgress now) {
        boolean brought = now.documents() > documents;
        if (brought) {
            changed = now.elapsed();
        }
        boolean isShort = now.elapsed().minus(told).compareTo(SHORT) < 0;
        documents = now.documents();
        told = now.elapsed();
        if (!inStep && !enough && (!brought || isShort)) {
            inStep = true;
            changed = now.elapsed();
            progress.say("In step with " + source + ". Stop the application"
                    + (untilEqual
                            ? "; the copy ends when nothing has changed for " + STILL.toSeconds() + " seconds."
                            : ", then press Ctrl-C."));
        }
    }

    @Override
    public boolean getAsBoolean() {
        if (enough) {
            progress.say("Ending: the last changes are brought over, and all is compared. Ctrl-C breaks off.");
        }
        return enough || (untilEqual && inStep && told.minus(changed).compareTo(STILL) >= 0);
    }

    /** Returns how many documents were brought over since the first state was copied. */
    long documents() {
        return documents;
    }
}
