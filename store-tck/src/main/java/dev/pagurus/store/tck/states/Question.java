package dev.pagurus.store.tck.states;

import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Set;

/**
 * What a {@link Reading} asks about.
 *
 * @param id a document
 * @param ids some documents
 * @param like whose number and tags are searched for; it has both
 */
public record Question(String id, List<String> ids, Item like) {

    long number() {
        Long number = like.number();
        return number == null ? 0 : number;
    }

    List<String> tags() {
        Set<String> tags = like.tags();
        return tags == null ? List.of() : List.copyOf(tags);
    }
}
