package dev.pagurus.store.tck.histories;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which version of each document each deed can have seen, if all of its answers are to be true in one state. */
final class Sightings {

    /** An answer about several documents can narrow down one after the other. */
    private static final int ROUNDS = 2;

    private final Timelines timelines;
    private final List<Sighting> sightings = new ArrayList<>();
    private @Nullable AssertionError odd;

    /**
     * What a deed saw of a document.
     *
     * @param from the first version that it can have been, or the last one before whose writer is known; null if nobody's is
     * @param to the first version that it cannot have been any more and whose writer is known; null if there is none
     * @param exact which one it was; null if several fit
     */
    record Sighting(
            Deed deed,
            String id,
            @Nullable Version from,
            @Nullable Version to,
            @Nullable Integer exact) {}

    Sightings(Timelines timelines) {
        this.timelines = timelines;
        timelines.happened().forEach(this::look);
    }

    List<Sighting> all() {
        return sightings;
    }

    Timelines timelines() {
        return timelines;
    }

    /** Fails if an answer fits nothing that was there at its time. */
    void requireNothingOdd() {
        if (odd != null) {
            throw odd;
        }
    }

    private void look(Deed deed) {
        Map<String, BitSet> possible = new HashMap<>();
        Set<String> unbounded = new HashSet<>();
        boolean sharp = true;
        for (Map.Entry<String, Timeline> one : timelines.all().entrySet()) {
            Timeline timeline = one.getValue();
            if (mayHaveMetFloating(deed, one.getKey(), timeline)) {
                unbounded.add(one.getKey());
            }
            BitSet atItsTime = timeline.at(deed);
            BitSet now = possible(deed, one.getKey(), timeline, atItsTime);
            if (now.isEmpty()) {
                sharp = false;
                now = possible(deed, one.getKey(), timeline, timeline.all(deed));
                if (!unbounded.contains(one.getKey()) && (now.isEmpty() || !atItsTime.isEmpty())) {
                    note("No version of " + Mark.shown(one.getKey()) + " at its time is all that was seen of it by "
                            + deed + "\nIt was " + timeline.shown(atItsTime));
                }
            }
            possible.put(one.getKey(), now);
        }
        for (int i = 0; i < ROUNDS; i++) {
            for (Step step : deed.steps()) {
                if (step instanceof Step.Matched matched && !matched.isNone()) {
                    narrow(deed, matched, possible, unbounded, sharp);
                }
            }
        }
        possible.forEach((id, places) -> {
            Timeline timeline = Objects.requireNonNull(timelines.all().get(id));
            boolean isSeen = deed.steps().stream()
                    .anyMatch(step -> step instanceof Step.Saw saw && saw.id().equals(id));
            // What only its time says is said by its time.
            boolean tells = isSeen || !places.equals(timeline.at(deed));
            if (tells && !unbounded.contains(id) && !places.isEmpty()) {
                sightings.add(sighting(deed, id, timeline, places));
            }
        });
    }

    /** Returns the places, of some, at which the document is what each answer about it says. */
    private BitSet possible(Deed deed, String id, Timeline timeline, BitSet of) {
        BitSet possible = (BitSet) of.clone();
        for (Step step : deed.steps()) {
            if (step instanceof Step.Saw saw && saw.id().equals(id)) {
                keep(possible, timeline, version -> isSeen(saw, version));
            } else if (step instanceof Step.Matched matched && matched.isNone()) {
                keep(possible, timeline, version -> !matches(version, matched));
            }
        }
        return possible;
    }

    private boolean isSeen(Step.Saw saw, Version version) {
        Mark mark = version.mark();
        Long stamp =
                saw.stamp() != null ? saw.stamp() : timelines.stamp(saw.id(), Objects.requireNonNull(saw.number()));
        return mark != null && (stamp == null || mark.stamp() == stamp);
    }

    /** Whether it may have been a version whose place nobody knows; if it surely was, that one's writer came before. */
    private boolean mayHaveMetFloating(Deed deed, String id, Timeline timeline) {
        for (Step step : deed.steps()) {
            if (step instanceof Step.Saw saw && saw.id().equals(id) && saw.stamp() != null) {
                Version floating = timeline.floating(saw.stamp());
                if (floating != null) {
                    sightings.add(new Sighting(deed, id, floating, null, null));
                }
                return floating != null;
            }
        }
        return !timeline.floatingAt(deed).isEmpty();
    }

    /** Keeps what is needed to have so many that match, and no more. */
    private void narrow(
            Deed deed, Step.Matched matched, Map<String, BitSet> possible, Set<String> unbounded, boolean sharp) {
        Set<String> must = new HashSet<>();
        Set<String> may = new HashSet<>();
        possible.forEach((id, places) -> {
            Timeline timeline = Objects.requireNonNull(timelines.all().get(id));
            long matching = places.stream()
                    .filter(place -> matches(timeline.get(place), matched))
                    .count();
            if (matching > 0 || unbounded.contains(id)) {
                may.add(id);
            }
            if (matching > 0 && matching == places.cardinality() && !unbounded.contains(id)) {
                must.add(id);
            }
        });
        if (must.size() > matched.most() || may.size() < matched.least()) {
            if (sharp) {
                note("At its time there were " + must.size() + " to " + may.size() + " for the answer '" + matched
                        + "' of " + deed);
            }
            return;
        }
        if (must.size() == matched.most()) {
            may.removeAll(must);
            may.forEach(id -> keep(possible, id, version -> !matches(version, matched)));
        } else if (may.size() == matched.least()) {
            may.forEach(id -> keep(possible, id, version -> matches(version, matched)));
        }
    }

    private void keep(Map<String, BitSet> possible, String id, Predicate<Version> which) {
        keep(
                Objects.requireNonNull(possible.get(id)),
                Objects.requireNonNull(timelines.all().get(id)),
                which);
    }

    private static void keep(BitSet places, Timeline timeline, Predicate<Version> which) {
        for (int i = places.nextSetBit(0); i >= 0; i = places.nextSetBit(i + 1)) {
            if (!which.test(timeline.get(i))) {
                places.clear(i);
            }
        }
    }

    private static boolean matches(Version version, Step.Matched matched) {
        Mark mark = version.mark();
        return mark != null && matched.which().test(mark);
    }

    private static Sighting sighting(Deed deed, String id, Timeline timeline, BitSet places) {
        int first = places.nextSetBit(0);
        int last = places.length() - 1;
        return new Sighting(
                deed, id, timeline.knownUpTo(first), timeline.knownAfter(last), first == last ? (Integer) first : null);
    }

    private void note(String message) {
        if (odd == null) {
            odd = new AssertionError(message);
        }
    }
}
