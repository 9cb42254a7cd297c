package dev.pagurus.store.tck.histories;

import org.jspecify.annotations.Nullable;

/** What a document was for a while: a value, or nothing. */
final class Version {

    private final String id;
    private final @Nullable Mark mark;
    private @Nullable Deed writer;

    /**
     * Makes one.
     *
     * @param mark the value; null if it was not there
     * @param writer who wrote or deleted it; null if nobody did or nobody knows
     */
    Version(String id, @Nullable Mark mark, @Nullable Deed writer) {
        this.id = id;
        this.mark = mark;
        this.writer = writer;
    }

    static Version absent(String id) {
        return new Version(id, null, null);
    }

    String id() {
        return id;
    }

    @Nullable
    Mark mark() {
        return mark;
    }

    boolean isThere() {
        return mark != null;
    }

    @Nullable
    Deed writer() {
        return writer;
    }

    void isWrittenBy(Deed deed) {
        writer = deed;
    }

    @Override
    public String toString() {
        return Mark.shown(id) + " " + (mark == null ? "deleted" : mark);
    }
}
