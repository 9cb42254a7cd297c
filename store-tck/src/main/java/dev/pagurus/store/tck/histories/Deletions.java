package dev.pagurus.store.tck.histories;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who deleted a document when, which a version does not tell. */
final class Deletions {

    private final String id;
    private final List<Version> versions;
    private final List<Version> floating;

    /** @param versions in their order; absences are added to it */
    Deletions(String id, List<Version> versions, List<Version> floating) {
        this.id = id;
        this.versions = versions;
        this.floating = floating;
    }

    /**
     * Gives each absence the deed that made it, where only one can have.
     *
     * @param endsAbsent whether it was not there in the end
     */
    void place(List<Timelines.Deletion> deletions, boolean endsAbsent) {
        boolean ends = versions.get(versions.size() - 1).isThere();
        requireEnough(deletions, ends && endsAbsent);
        List<Deed> blind = new ArrayList<>();
        for (Timelines.Deletion deletion : deletions) {
            int seen = deletion.stamp() == null ? -1 : placeOf(deletion.stamp());
            if (seen < 0) {
                blind.add(deletion.deed());
            } else {
                placeBehind(seen, deletion.deed());
            }
        }
        ends = versions.get(versions.size() - 1).isThere();
        long gaps = versions.stream().filter(version -> !version.isThere()).count() - 1;
        if (ends && (endsAbsent || deletions.size() > gaps)) {
            versions.add(Version.absent(id));
        }
        placeByTime(blind);
    }

    /** What was gone was deleted. */
    private void requireEnough(List<Timelines.Deletion> deletions, boolean goneInTheEnd) {
        long gone = versions.stream()
                        .skip(1)
                        .filter(version -> !version.isThere() && version.writer() == null)
                        .count()
                + (goneInTheEnd ? 1 : 0);
        if (gone > deletions.size() && floating.isEmpty()) {
            throw new AssertionError((deletions.isEmpty() ? "Nobody" : "Only " + deletions.size()) + " deleted "
                    + Mark.shown(id) + ", and yet it was gone; so often: " + gone + ". Its versions were " + versions
                    + (goneInTheEnd ? ", and in the end nothing." : "."));
        }
    }

    private void placeBehind(int seen, Deed deed) {
        if (seen + 1 == versions.size() || versions.get(seen + 1).isThere()) {
            versions.add(seen + 1, Version.absent(id));
        }
        Version gone = versions.get(seen + 1);
        if (gone.writer() != null) {
            throw twice(versions.get(seen), gone.writer(), deed);
        }
        gone.isWrittenBy(deed);
    }

    /** One that can have made only one absence has made it. */
    private void placeByTime(List<Deed> blind) {
        List<Deed> left = new ArrayList<>(blind);
        boolean found = true;
        while (found) {
            found = false;
            Map<Integer, Deed> placed = new HashMap<>();
            for (Deed deed : left) {
                Integer place = onlyPlace(deed);
                if (place != null) {
                    Deed other = placed.put(place, deed);
                    if (other != null) {
                        throw twice(versions.get(place - 1), other, deed);
                    }
                }
            }
            for (Map.Entry<Integer, Deed> one : placed.entrySet()) {
                versions.get(one.getKey()).isWrittenBy(one.getValue());
                left.remove(one.getValue());
                found = true;
            }
        }
    }

    private @Nullable Integer onlyPlace(Deed deed) {
        if (floating.stream().anyMatch(version -> began(version) <= deed.ended())) {
            return null;
        }
        Integer only = null;
        for (int i = 1; i < versions.size(); i++) {
            Version gone = versions.get(i);
            boolean fits = !gone.isThere()
                    && gone.writer() == null
                    && began(versions.get(i - 1)) <= deed.ended()
                    && (i + 1 == versions.size() || ended(versions.get(i + 1)) >= deed.began());
            if (fits && only != null) {
                return null;
            }
            only = fits ? (Integer) i : only;
        }
        return only;
    }

    private int placeOf(long stamp) {
        for (int i = 0; i < versions.size(); i++) {
            Mark mark = versions.get(i).mark();
            if (mark != null && mark.stamp() == stamp) {
                return i;
            }
        }
        return -1;
    }

    private static long began(Version version) {
        Deed writer = version.writer();
        return writer == null ? Long.MIN_VALUE : writer.began();
    }

    private static long ended(Version version) {
        Deed writer = version.writer();
        return writer == null ? Long.MAX_VALUE : writer.ended();
    }

    private AssertionError twice(Version deleted, @Nullable Deed one, Deed other) {
        return new AssertionError("Two have deleted the same version of " + Mark.shown(id) + ", which is " + deleted
                + ".\none        " + one + "\nthe other  " + other);
    }
}
