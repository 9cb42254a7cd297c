package dev.pagurus.store.spi;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a group of documents has in common, and what was measured of it.
 *
 * @param key the values of the fields that make the group, in their order; of a many-field, one text
 * @param values what each {@link Measure} is, in their order
 */
public record Group(List<@Nullable Object> key, List<@Nullable Object> values) {

    /** Copies the lists. */
    public Group {
        key = Collections.unmodifiableList(new ArrayList<>(key));
        values = Collections.unmodifiableList(new ArrayList<>(values));
    }
}
