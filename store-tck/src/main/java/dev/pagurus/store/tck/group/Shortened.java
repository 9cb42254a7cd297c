package dev.pagurus.store.tck.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a sequence that fails shorter: leaves out one stretch after the other, as long as the rest still fails. */
public final class Shortened {

    private Shortened() {}

    /** Returns what is left when nothing more can be left out, or the time is over. */
    public static <T> List<T> of(List<T> failing, Predicate<List<T>> stillFails, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        List<T> shortest = failing;
        int length = Math.max(1, failing.size() / 2);
        while (length >= 1 && System.nanoTime() < end) {
            List<T> shorter = withoutStretches(shortest, length, stillFails, end);
            length = shorter.size() < shortest.size() ? Math.min(length, shorter.size()) : length / 2;
            shortest = shorter;
        }
        return shortest;
    }

    private static <T> List<T> withoutStretches(List<T> failing, int length, Predicate<List<T>> stillFails, long end) {
        List<T> rest = failing;
        int from = 0;
        while (from < rest.size() && System.nanoTime() < end) {
            List<T> candidate = new ArrayList<>(rest.subList(0, from));
            candidate.addAll(rest.subList(Math.min(rest.size(), from + length), rest.size()));
            if (!candidate.isEmpty() && stillFails.test(candidate)) {
                rest = candidate;
            } else {
                from += length;
            }
        }
        return rest;
    }
}
