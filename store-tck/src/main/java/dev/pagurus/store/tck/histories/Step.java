package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Document;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One thing that a {@link Deed} learned or did. What it learned of its own writes is no step: others need not explain it. */
sealed interface Step {

    /**
     * It saw a document in one version: the one with this stamp, or if that was not shown, with this number.
     *
     * @param by the call
     * @param document what was shown; null if only the stamp or the number was
     */
    record Saw(
            String by,
            String id,
            @Nullable Long stamp,
            @Nullable Long number,
            @Nullable Document<Mark> document) implements Step {

        @Override
        public String toString() {
            return by + " saw " + Mark.shown(id) + " "
                    + (document != null ? document.value() : stamp != null ? "#" + stamp : "at version " + number);
        }
    }

    /**
     * It learned how many documents are like that, one for each id at most.
     *
     * @param by the call
     * @param which what they are like
     * @param least how many there are at least
     * @param most how many there are at most
     */
    record Matched(String by, Predicate<Mark> which, long least, long most) implements Step {

        boolean isNone() {
            return most == 0;
        }

        @Override
        public String toString() {
            return by
                    + (isNone() ? " saw none" : least == most ? " saw " + least : " saw some")
                    + (isNone() ? " else" : "");
        }
    }

    /**
     * It wrote a document.
     *
     * @param by the call
     * @param stored what the call returned; null if it returned no document
     */
    record Wrote(String by, Mark mark, @Nullable Document<Mark> stored) implements Step {

        @Override
        public String toString() {
            return by + " wrote " + Mark.shown(mark.key()) + " " + mark;
        }
    }

    /**
     * It deleted a document that was there.
     *
     * @param by the call
     */
    record Deleted(String by, String id) implements Step {

        @Override
        public String toString() {
            return by + " deleted " + Mark.shown(id);
        }
    }
}
