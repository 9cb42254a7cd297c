package dev.pagurus.store.tck.histories;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who comes before whom, and why. */
final class Precedence {

    private final Map<Deed, Map<Deed, Reason>> later = new HashMap<>();
    private final Sightings sightings;

    /** Why one comes before another. */
    enum Kind {
        SEEN,
        NOT_SEEN,
        OVERWRITTEN,
        TIME
    }

    /**
     * The reason.
     *
     * @param version the version that it is about; null if it is about time
     */
    record Reason(Kind kind, @Nullable Version version) {

        /** Says so, with their names. */
        String of(Deed before, Deed after) {
            return switch (kind) {
                case SEEN -> after.name() + " saw this of it, or what came of it: " + version;
                case NOT_SEEN -> before.name() + " did not see this of the next yet: " + version;
                case OVERWRITTEN -> after.name() + " wrote over this of it: " + version;
                case TIME -> before.name() + " had returned before " + after.name() + " began";
            };
        }
    }

    Precedence(Sightings sightings) {
        this.sightings = sightings;
        sightings.timelines().all().values().forEach(this::followWrites);
        for (Sightings.Sighting sighting : sightings.all()) {
            Version from = sighting.from();
            Version to = sighting.to();
            if (from != null) {
                edge(from.writer(), sighting.deed(), new Reason(Kind.SEEN, from));
            }
            if (to != null) {
                edge(sighting.deed(), to.writer(), new Reason(Kind.NOT_SEEN, to));
            }
        }
        followTime(sightings.timelines().happened());
    }

    /** Fails if somebody would come before himself. */
    void requireNoCircle() {
        List<Deed> circle = new Circle(later).shortest();
        if (circle.isEmpty()) {
            sightings.requireNothingOdd();
            return;
        }
        StringBuilder words =
                new StringBuilder("No serial order explains it. Each of these comes before the next one, and so "
                        + circle.get(0).name() + " before itself:");
        for (int i = 0; i < circle.size(); i++) {
            Deed deed = circle.get(i);
            Deed next = circle.get((i + 1) % circle.size());
            words.append("\n- ")
                    .append(deed)
                    .append("\n  before ")
                    .append(next.name())
                    .append(", for ");
            words.append(reason(deed, next).of(deed, next));
        }
        throw new AssertionError(words.toString());
    }

    private Reason reason(Deed before, Deed after) {
        return later.getOrDefault(before, Map.of()).getOrDefault(after, new Reason(Kind.TIME, null));
    }

    private void followWrites(Timeline timeline) {
        Version last = null;
        for (int i = 0; i < timeline.size(); i++) {
            Version version = timeline.get(i);
            if (version.writer() != null) {
                if (last != null) {
                    edge(last.writer(), version.writer(), new Reason(Kind.OVERWRITTEN, last));
                }
                last = version;
            }
        }
    }

    /**
     * Who returned before another began comes before. It is enough to say so of those that began before another of them
     * ended; what follows from that is not said again.
     */
    private void followTime(List<Deed> happened) {
        List<Deed> byBegin = new ArrayList<>(happened);
        byBegin.sort(Comparator.comparingLong(Deed::began));
        long[] firstEnd = new long[byBegin.size() + 1];
        firstEnd[byBegin.size()] = Long.MAX_VALUE;
        for (int i = byBegin.size() - 1; i >= 0; i--) {
            firstEnd[i] = Math.min(firstEnd[i + 1], byBegin.get(i).ended());
        }
        for (Deed deed : happened) {
            int next = firstAfter(byBegin, deed.ended());
            for (int i = next; i < byBegin.size() && byBegin.get(i).began() <= firstEnd[next]; i++) {
                edge(deed, byBegin.get(i), new Reason(Kind.TIME, null));
            }
        }
    }

    private static int firstAfter(List<Deed> byBegin, long time) {
        int low = 0;
        int high = byBegin.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (byBegin.get(middle).began() > time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void edge(@Nullable Deed before, @Nullable Deed after, Reason reason) {
        if (before != null && after != null && before != after) {
            later.computeIfAbsent(before, none -> new HashMap<>()).putIfAbsent(after, reason);
        }
    }
}
