package dev.pagurus.store.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How many documents each of some paths is about, with two of them; of no more paths than the memory holds. */
final class Counted {

    private static final int NAMED = 2;
    private static final int SHOWN = 10;
    private static final int KEPT = 1_000;

    private final Map<String, Documents> byPath = new TreeMap<>();
    private boolean more;

    private static final class Documents {
        private final List<String> ids = new ArrayList<>();
        private long count;

        @Override
        public String toString() {
            return count + (count == 1 ? " document (" : " documents (") + String.join(", ", ids) + ")";
        }
    }

    void add(String path, String id) {
        @Nullable Documents found = byPath.get(path);
        if (found == null) {
            if (byPath.size() == KEPT) {
                more = true;
                return;
            }
            found = new Documents();
            byPath.put(path, found);
        }
        found.count++;
        if (found.ids.size() < NAMED) {
            found.ids.add("'" + id + "'");
        }
    }

    long of(String path) {
        @Nullable Documents found = byPath.get(path);
        return found == null ? 0 : found.count;
    }

    /** Returns the documents of one path, in words. */
    String told(String path) {
        return String.valueOf(byPath.get(path));
    }

    /**
     * Returns all of it in words; empty if there is nothing.
     *
     * @param remark returns what else there is to say of a path
     */
    String told(UnaryOperator<String> remark) {
        String told = byPath.entrySet().stream()
                .limit(SHOWN)
                .map(one -> "'" + one.getKey() + "' of " + one.getValue() + remark.apply(one.getKey()))
                .collect(Collectors.joining(", "));
        int left = byPath.size() - SHOWN;
        return left <= 0 ? told : told + ", " + left + (more ? " and yet more" : " more");
    }
}
