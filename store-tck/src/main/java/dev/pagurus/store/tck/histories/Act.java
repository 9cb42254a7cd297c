package dev.pagurus.store.tck.histories;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ReadableCollection;
import java.util.List;

/** A kind of read or write: how it is made, and what its answer tells. */
sealed interface Act permits ReadAct, WriteAct {

    /** Its name. */
    String name();

    /** Does it, and notes what came. */
    void run(Call call);

    /** Returns a document like this one that this kind can see. */
    default Mark seenAs(Mark mark) {
        return mark;
    }

    /**
     * What it is done with.
     *
     * @param marks where; of a snapshot, it can only be read
     * @param about a document that it is about, there or not, with a new stamp
     * @param other another one
     * @param ids all that anybody uses
     * @param notes where to note it
     */
    record Call(ReadableCollection<Mark> marks, Mark about, Mark other, List<String> ids, Notes notes) {

        DocumentCollection<Mark> writes() {
            return (DocumentCollection<Mark>) marks;
        }

        String id() {
            return about.key();
        }

        /** Returns a number to ask for. */
        long number() {
            Long number = about.number();
            return number == null ? 0 : number;
        }

        /** Returns a text to ask for. */
        String text() {
            String text = about.text();
            return text == null ? "" : text;
        }

        /** Returns a tag to ask for. */
        String tag() {
            return about.tags() == null || about.tags().isEmpty()
                    ? "none"
                    : about.tags().iterator().next();
        }

        /** Returns a unique text to ask for. */
        String code() {
            String code = about.code();
            return code == null ? "none" : code;
        }
    }
}
