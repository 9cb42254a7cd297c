package dev.pagurus.store.tck.serial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What some transactions and operations read and wrote, by version, and the question whether a serial order explains it.
 *
 * <p>It is Adya's graph: who read what another wrote comes after it, who overwrote what another read or wrote comes after
 * that one; a serial order exists if and only if there is no circle. Versions tell the order of an id's writes, because
 * they only grow. Safe for use by many threads.
 */
public final class History {

    private final List<Deed> deeds = new ArrayList<>();

    /** What one transaction or operation did; made by one thread. */
    public static final class Deed {

        private final String name;
        private final Map<String, Long> reads = new HashMap<>();
        private final Map<String, Long> writes = new HashMap<>();

        public Deed(String name) {
            this.name = name;
        }

        /** Notes which version of an id it saw: its own, or always the same. */
        public void read(String id, long version) {
            Long expected = writes.containsKey(id) ? writes.get(id) : reads.putIfAbsent(id, version);
            if (expected != null && expected != version) {
                throw new AssertionError(this + " then saw " + id + " at version " + version + ".");
            }
        }

        public void wrote(String id, long version) {
            writes.put(id, version);
        }

        @Override
        public String toString() {
            return name + ", which read " + reads + " and wrote " + writes;
        }
    }

    /** Adds what was committed. */
    public synchronized void add(Deed deed) {
        deeds.add(deed);
    }

    /** Fails if no serial order explains the history. */
    public synchronized void requireSerializable() {
        Map<Deed, Set<Deed>> later = edges();
        Set<Deed> done = new HashSet<>();
        for (Deed deed : deeds) {
            follow(deed, later, new LinkedHashSet<>(), done);
        }
    }

    private static void follow(Deed deed, Map<Deed, Set<Deed>> later, Set<Deed> path, Set<Deed> done) {
        if (done.contains(deed)) {
            return;
        }
        if (!path.add(deed)) {
            throw new AssertionError("No serial order explains it: each of these comes before the next one, and so "
                    + deed.name + " before itself:\n"
                    + shortestCircle(deed, later).stream().map(Deed::toString).collect(Collectors.joining("\n")));
        }
        for (Deed next : later.getOrDefault(deed, Set.of())) {
            follow(next, later, path, done);
        }
        path.remove(deed);
        done.add(deed);
    }

    /** Returns the fewest deeds that lead from one back to itself. */
    private static List<Deed> shortestCircle(Deed start, Map<Deed, Set<Deed>> later) {
        Map<Deed, Deed> before = new HashMap<>();
        Deque<Deed> next = new ArrayDeque<>(List.of(start));
        while (!before.containsKey(start)) {
            Deed deed = next.remove();
            for (Deed follower : later.getOrDefault(deed, Set.of())) {
                if (before.putIfAbsent(follower, deed) == null) {
                    next.add(follower);
                }
            }
        }
        Deque<Deed> circle = new ArrayDeque<>();
        for (Deed deed = start; circle.isEmpty() || deed != start; deed = Objects.requireNonNull(before.get(deed))) {
            circle.addFirst(deed);
        }
        return List.copyOf(circle);
    }

    private Map<Deed, Set<Deed>> edges() {
        Map<String, NavigableMap<Long, Deed>> writers = new HashMap<>();
        for (Deed deed : deeds) {
            deed.writes.forEach((id, version) ->
                    writers.computeIfAbsent(id, none -> new TreeMap<>()).put(version, deed));
        }
        Map<Deed, Set<Deed>> later = new HashMap<>();
        for (Deed deed : deeds) {
            deed.writes.forEach((id, version) -> edge(deed, overwriter(writers, id, version), later));
            deed.reads.forEach((id, version) -> {
                Deed writer = writers.getOrDefault(id, new TreeMap<>()).get(version);
                if (writer == null) {
                    throw new AssertionError(deed + ", saw a version of " + id + " that nobody committed.");
                }
                edge(writer, deed, later);
                edge(deed, overwriter(writers, id, version), later);
            });
        }
        return later;
    }

    private static @Nullable Deed overwriter(Map<String, NavigableMap<Long, Deed>> writers, String id, long version) {
        Map.Entry<Long, Deed> next = writers.getOrDefault(id, new TreeMap<>()).higherEntry(version);
        return next == null ? null : next.getValue();
    }

    private static void edge(Deed before, @Nullable Deed after, Map<Deed, Set<Deed>> later) {
        if (after != null && after != before) {
            later.computeIfAbsent(before, none -> new HashSet<>()).add(after);
        }
    }
}
