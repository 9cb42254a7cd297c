package dev.pagurus.store.tck.states;

import dev.pagurus.store.tck.samples.Item;
import java.util.List;

/**
 * What a {@link Reading} asks about.
 *
 * @param id a document
 * @param ids some documents
 * @param like whose number and tags are searched for; it has both
 */
public record Question(String id, List<String> ids, Item like) {

    long number() {
        return like.number() == null ? 0 : like.number();
    }

    List<String> tags() {
        return like.tags() == null ? List.of() : List.copyOf(like.tags());
    }
}
