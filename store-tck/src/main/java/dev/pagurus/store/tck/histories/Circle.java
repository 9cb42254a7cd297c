package dev.pagurus.store.tck.histories;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The shortest way from a deed back to itself. */
final class Circle {

    /** Those through others would hardly be shorter. */
    private static final int STARTS = 300;

    private final Map<Deed, Set<Deed>> later = new HashMap<>();
    private final Map<Deed, Set<Deed>> earlier = new HashMap<>();

    /** @param later who comes after whom */
    Circle(Map<Deed, ? extends Map<Deed, ?>> later) {
        later.forEach((deed, followers) -> {
            this.later.put(deed, new LinkedHashSet<>(followers.keySet()));
            for (Deed follower : followers.keySet()) {
                earlier.computeIfAbsent(follower, none -> new HashSet<>()).add(deed);
            }
        });
    }

    /** Returns the deeds of the shortest circle, each before the next; none if there is no circle. */
    List<Deed> shortest() {
        List<Deed> shortest = List.of();
        int starts = 0;
        for (Deed start : inCircles()) {
            List<Deed> circle = from(start);
            if (!circle.isEmpty() && (shortest.isEmpty() || circle.size() < shortest.size())) {
                shortest = circle;
            }
            if (++starts == STARTS || shortest.size() == 2) {
                break;
            }
        }
        return straight(shortest);
    }

    /** Leaves out who only stands between two of which the one had returned before the other began. */
    private static List<Deed> straight(List<Deed> circle) {
        List<Deed> straight = new ArrayList<>(circle);
        int i = 0;
        while (i < straight.size() && straight.size() > 2) {
            Deed before = straight.get((i + straight.size() - 1) % straight.size());
            Deed after = straight.get((i + 1) % straight.size());
            if (before.ended() < after.began()) {
                straight.remove(i);
            } else {
                i++;
            }
        }
        return straight;
    }

    /** Returns who is left when those whom nobody comes before, or nobody after, are taken away again and again. */
    private Set<Deed> inCircles() {
        Set<Deed> left = new LinkedHashSet<>(later.keySet());
        left.retainAll(earlier.keySet());
        Deque<Deed> suspects = new ArrayDeque<>(left);
        while (!suspects.isEmpty()) {
            Deed deed = suspects.remove();
            boolean inside = left.contains(deed)
                    && !(isIn(left, neighbours(later, deed)) && isIn(left, neighbours(earlier, deed)));
            if (inside) {
                left.remove(deed);
                suspects.addAll(neighbours(later, deed));
                suspects.addAll(neighbours(earlier, deed));
            }
        }
        return left;
    }

    private static boolean isIn(Set<Deed> left, Set<Deed> neighbours) {
        return neighbours.stream().anyMatch(left::contains);
    }

    private static Set<Deed> neighbours(Map<Deed, Set<Deed>> of, Deed deed) {
        return of.getOrDefault(deed, Set.of());
    }

    /** Returns the shortest circle through a deed; none if there is none. */
    private List<Deed> from(Deed start) {
        Map<Deed, Deed> before = new HashMap<>();
        Deque<Deed> next = new ArrayDeque<>(List.of(start));
        while (!next.isEmpty() && !before.containsKey(start)) {
            Deed deed = next.remove();
            for (Deed follower : neighbours(later, deed)) {
                if (before.putIfAbsent(follower, deed) == null) {
                    next.add(follower);
                }
            }
        }
        if (!before.containsKey(start)) {
            return List.of();
        }
        Deque<Deed> circle = new ArrayDeque<>();
        for (Deed deed = start; circle.isEmpty() || deed != start; deed = Objects.requireNonNull(before.get(deed))) {
            circle.addFirst(deed);
        }
        return List.copyOf(circle);
    }
}
