package dev.pagurus.store.tck.walk;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.tck.samples.Item;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One call, or two that belong together.
 *
 * @param collection the number of the collection
 * @param verb what is done
 * @param parts with what
 */
record Operation(int collection, Verb verb, Parts parts) {

    /** Returns what comes of it. */
    @Nullable
    Object answer(DocumentCollection<Item> items, Memory memory) throws Exception {
        return Answer.to(() -> verb.answer(items, parts, memory));
    }

    /** Returns what comes of it where nothing can be written. */
    @Nullable
    Object read(ReadableCollection<Item> items, Memory memory) throws Exception {
        return Answer.to(() -> verb.read(items, parts, memory));
    }

    Stream<Operation> simpler() {
        return parts.simpler(verb.takesDocuments(), verb.takesAQuery())
                .map(simpler -> new Operation(collection, verb, simpler));
    }

    /** Says what it is, to people. */
    String text() {
        return "collection " + (char) ('A' + collection) + ": " + verb.text(parts);
    }
}
