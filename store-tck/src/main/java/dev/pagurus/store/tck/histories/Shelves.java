package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Schema;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The collections of a history, of which a transaction may use several. The id of a document says in which it is, so that
 * no id is in two.
 *
 * @param first most are here
 * @param second the others
 * @param isInSecond which ids are in the second one
 */
record Shelves(Schema<Mark> first, Schema<Mark> second, Predicate<String> isInSecond) {

    static Shelves of(Set<Capability> capabilities, Predicate<String> isInSecond) {
        return new Shelves(Mark.schema("marks", capabilities), Mark.schema("other_marks", capabilities), isInSecond);
    }

    List<Schema<Mark>> all() {
        return List.of(first, second);
    }

    /** Returns the collection of an id. */
    Schema<Mark> of(String id) {
        return isInSecond.test(id) ? second : first;
    }

    /** Says which ids are in the collection of this one. */
    Predicate<String> with(String id) {
        return isInSecond.test(id) ? isInSecond : isInSecond.negate();
    }

    /** Returns those that are in the collection of this one. */
    List<String> with(String id, List<String> ids) {
        return ids.stream().filter(with(id)).toList();
    }
}
