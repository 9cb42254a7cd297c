package dev.pagurus.store.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a stored body into field values, when a collection is brought to a new definition. */
@FunctionalInterface
public interface Filler {

    /**
     * Returns the values of the new definition's fields, in their order.
     *
     * @throws dev.pagurus.store.StoreException if the body cannot be decoded or a value is not allowed; the change is
     *     given up
     */
    List<@Nullable Object> fill(String id, String body);
}
