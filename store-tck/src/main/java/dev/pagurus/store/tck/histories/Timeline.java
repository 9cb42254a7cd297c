package dev.pagurus.store.tck.histories;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The versions of one document, in their order; the first one is that it is not there. */
final class Timeline {

    private final List<Version> versions;
    private final List<Version> floating;
    private final Map<Long, Integer> places = new HashMap<>();

    /**
     * Makes one.
     *
     * @param floating versions that nobody saw, and whose place nobody knows
     */
    Timeline(List<Version> versions, List<Version> floating) {
        this.versions = List.copyOf(versions);
        this.floating = List.copyOf(floating);
        for (int i = 0; i < versions.size(); i++) {
            Mark mark = versions.get(i).mark();
            if (mark != null) {
                places.put(mark.stamp(), i);
            }
        }
    }

    int size() {
        return versions.size();
    }

    Version get(int place) {
        return versions.get(place);
    }

    /** Returns where the version with this stamp is; -1 if its place is not known. */
    int place(long stamp) {
        return places.getOrDefault(stamp, -1);
    }

    /** Returns the version with this stamp whose place is not known; null if there is none. */
    @Nullable
    Version floating(long stamp) {
        return floating.stream()
                .filter(version -> version.mark() != null && version.mark().stamp() == stamp)
                .findFirst()
                .orElse(null);
    }

    /** Returns the places of all versions but those that a deed has written itself, and what comes after. */
    BitSet all(Deed deed) {
        BitSet all = new BitSet();
        all.set(0, endFor(deed));
        return all;
    }

    private int endFor(Deed deed) {
        for (int i = 1; i < versions.size(); i++) {
            if (versions.get(i).writer() == deed) {
                return i;
            }
        }
        return versions.size();
    }

    /** Returns the places of those that a deed can have met at its time; none if they contradict each other. */
    BitSet at(Deed deed) {
        int first = lastBefore(deed);
        int end = endFor(deed);
        for (int i = end - 1; i > 0; i--) {
            Deed writer = versions.get(i).writer();
            end = writer != null && writer.began() > deed.ended() ? i : end;
        }
        BitSet met = new BitSet();
        if (first < end) {
            met.set(first, end);
        }
        return met;
    }

    /** Says what the versions at these places are. */
    String shown(BitSet places) {
        return places.stream()
                .mapToObj(
                        place -> place == 0 ? "not there" : versions.get(place).toString())
                .collect(Collectors.joining(", or "));
    }

    /** Returns what a deed may have met besides: what was written by then, and not surely overwritten. */
    List<Version> floatingAt(Deed deed) {
        if (floating.isEmpty()) {
            return List.of();
        }
        Deed over = versions.get(lastBefore(deed)).writer();
        return floating.stream()
                .filter(version -> {
                    Deed writer = version.writer();
                    return writer != null
                            && writer.began() <= deed.ended()
                            && (over == null || over.began() <= writer.ended());
                })
                .toList();
    }

    /** Returns the place of the last version that was surely written before a deed began. */
    private int lastBefore(Deed deed) {
        for (int i = versions.size() - 1; i > 0; i--) {
            Deed writer = versions.get(i).writer();
            if (writer != null && writer.ended() < deed.began()) {
                return i;
            }
        }
        return 0;
    }

    /** Returns the last version up to a place whose writer is known; null if there is none. */
    @Nullable
    Version knownUpTo(int place) {
        for (int i = place; i >= 0; i--) {
            if (versions.get(i).writer() != null) {
                return versions.get(i);
            }
        }
        return null;
    }

    /** Returns the first version behind a place whose writer is known; null if there is none. */
    @Nullable
    Version knownAfter(int place) {
        for (int i = place + 1; i < versions.size(); i++) {
            if (versions.get(i).writer() != null) {
                return versions.get(i);
            }
        }
        return null;
    }
}
