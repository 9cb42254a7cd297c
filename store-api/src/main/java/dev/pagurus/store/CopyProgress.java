package dev.pagurus.store;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a copy, an export or an import is.
 *
 * @param step what is being done
 * @param collection the collection that is being copied or compared; empty while all are followed
 * @param documents how many documents this step is through, of all collections; of {@link Step#FOLLOWING} how many were
 *     brought over since it began, so that a round had nothing to bring if there are no more than before
 * @param expected how many there are; as many as were brought over if nobody knows
 * @param bytes how many UTF-8 bytes their bodies had
 * @param elapsed since when this step takes
 */
public record CopyProgress(Step step, String collection, long documents, long expected, long bytes, Duration elapsed) {

    /** What is done, one after the other. */
    public enum Step {
        /** A file is read through, before anything is changed. */
        CHECKING,
        /** Documents are written. */
        COPYING,
        /** What was changed at the source meanwhile is brought over; told after each round, and several times a second. */
        FOLLOWING,
        /** What was written is read and compared. */
        COMPARING
    }

    /** Returns how many documents a second this step has done. */
    public double documentsPerSecond() {
        return documents * 1e9 / Math.max(1, elapsed.toNanos());
    }

    /** Returns how long this step will take if it goes on like this; null before the first document. */
    public @Nullable Duration left() {
        return documents == 0
                ? null
                : Duration.ofMillis((long) (1000 * Math.max(0, expected - documents) / documentsPerSecond()));
    }

    /** Returns one line to show. */
    @Override
    public String toString() {
        if (step == Step.FOLLOWING) {
            return String.format(Locale.ROOT, "Following: %,d documents brought over", documents);
        }
        Duration left = left();
        return String.format(
                Locale.ROOT,
                "%s %s: %,d of %,d documents, %,d per second%s",
                switch (step) {
                    case CHECKING -> "Checking";
                    case COPYING -> "Copying";
                    case FOLLOWING -> "Following";
                    case COMPARING -> "Comparing";
                },
                collection,
                documents,
                expected,
                (long) documentsPerSecond(),
                left == null ? "" : ", " + left.toSeconds() + " s left");
    }
}
