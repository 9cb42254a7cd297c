package dev.pagurus.store.internal.value;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.StoredDocument;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a step has come: the body of a document whose id is the step's name. The text stays as it is, for every later
 * release reads it; it needs no JSON library, which an application may not have.
 *
 * @param done whether it is at its end
 * @param over the collection that it goes over; null if it is one transaction
 * @param documents how many it was given
 * @param place the id of the last one; empty before the first
 */
public record StepMark(boolean done, @Nullable String over, long documents, String place) {

    /** The collection of the marks, whose name no schema can have; it keeps tombstones too, see {@link TombstoneMark}. */
    public static final CollectionDefinition COLLECTION =
            new CollectionDefinition("pagurus_steps", 1, List.of(), List.of());

    /** What a step that is one transaction leaves. */
    public static final StepMark DONE = new StepMark(true, null, 0, "");

    /** An id may hold anything, line breaks too, so it comes last. */
    private static final Pattern TEXT = Pattern.compile(
            "(done|under way)(?:, over ([a-z][a-z0-9_]{0,39}), ([0-9]{1,18}) documents)?(?:, last (.+))?",
            Pattern.DOTALL);

    /** Says whether a collection is that of the marks. */
    public static boolean isOf(CollectionDefinition definition) {
        return definition.name().equals(COLLECTION.name());
    }

    /** Says whether a document of that collection is the mark of a step. */
    public static boolean isStep(StoredDocument mark) {
        return !TombstoneMark.isOf(mark);
    }

    /** Returns the mark of a step over a collection that has not begun. */
    public static StepMark before(String collection) {
        return new StepMark(false, collection, 0, "");
    }

    /** Returns the mark after some more documents. */
    public StepMark after(int more, String last) {
        return new StepMark(false, over, documents + more, last);
    }

    /** Returns the mark of the step at its end. */
    public StepMark ended() {
        return new StepMark(true, over, documents, "");
    }

    /** Returns the body. */
    public String text() {
        return (done ? "done" : "under way")
                + (over == null ? "" : ", over " + over + ", " + documents + " documents")
                + (place.isEmpty() ? "" : ", last " + place);
    }

    /** Returns the mark that a document holds. */
    public static StepMark of(StoredDocument stored) {
        Matcher text = TEXT.matcher(stored.body());
        if (!text.matches()) {
            throw new SchemaException("The mark of step '" + stored.id() + "' in the collection '" + COLLECTION.name()
                    + "' cannot be read; it is of a newer version of Pagurus, or was damaged. The step was not run. Use that"
                    + " version, or restore the document from a backup.");
        }
        long documents = text.group(3) == null ? 0 : Long.parseLong(text.group(3));
        return new StepMark(
                text.group(1).equals("done"), text.group(2), documents, text.group(4) == null ? "" : text.group(4));
    }

    /** Returns what is shown of the step that a document is the mark of. */
    public static StepSummary summary(StoredDocument stored) {
        StepMark mark = of(stored);
        Instant at = Micros.toInstant(stored.version());
        return new StepSummary(
                stored.id(), at, mark.done, mark.over, mark.documents, mark.place.isEmpty() ? null : mark.place);
    }
}
