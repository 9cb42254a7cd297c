package dev.pagurus.store.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way along declared indexes to documents that a filter asks for; there may be others among them that it does not ask
 * for, because an index knows a part of the filter only.
 */
public sealed interface IndexPath {

    /** Returns the parts of the filter that hold for every document on the way. */
    List<Condition> bounds();

    /**
     * One stretch of an index, or several where a field is one of some values.
     *
     * @param index the declared index; null for the one over the id, which every collection has
     * @param bounds parts of the filter, in the order of the index's fields: what is equal to a value, or one of some
     *     values, or null, and then what bounds the field behind these
     */
    record Stretch(@Nullable IndexDefinition index, List<Condition> bounds) implements IndexPath {

        /** Copies the list. */
        public Stretch {
            bounds = List.copyOf(bounds);
        }
    }

    /**
     * The documents that have some value of a many-field, by the field's index.
     *
     * @param values the part of the filter
     */
    record Values(Condition.ContainsAny values) implements IndexPath {

        @Override
        public List<Condition> bounds() {
            return List.of(values);
        }
    }

    /**
     * The documents that have a word with some beginning, by the index of a field of words. A document may be met more than
     * once.
     *
     * @param prefix the part of the filter
     */
    record Prefix(Condition.ContainsPrefix prefix) implements IndexPath {

        @Override
        public List<Condition> bounds() {
            return List.of(prefix);
        }
    }

    /**
     * What several ways lead to together: one for each side of an "or". A document may be met more than once.
     *
     * @param or the part of the filter
     * @param paths one for each of its conditions
     */
    record Union(Condition.Or or, List<IndexPath> paths) implements IndexPath {

        /** Copies the list. */
        public Union {
            paths = List.copyOf(paths);
        }

        @Override
        public List<Condition> bounds() {
            return List.of(or);
        }
    }
}
