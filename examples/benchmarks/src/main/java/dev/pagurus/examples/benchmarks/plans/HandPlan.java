package dev.pagurus.examples.benchmarks.plans;

import java.util.List;

/**
 * One plan for a query: a statement that leaves its engine little choice. Of a page it returns id, version, time of creation
 * and body of one document more than asked for, which tells whether there is a next page; of a count, the number.
 *
 * @param name says which one it is
 * @param settings statements before it, on its connection
 */
public record HandPlan(String name, List<String> settings, String sql) {

    /** Copies the list. */
    public HandPlan {
        settings = List.copyOf(settings);
    }

    @Override
    public String toString() {
        return name;
    }
}
