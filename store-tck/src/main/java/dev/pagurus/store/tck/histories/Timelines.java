package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Document;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The versions of each document in their order, as the deeds of a history tell it together. Where they do not tell it, the
 * versions have no place, and nothing follows from them.
 */
final class Timelines {

    private final List<Deed> happened = new ArrayList<>();
    private final List<Deed> perhaps = new ArrayList<>();
    private final Map<Long, Deed> writers = new HashMap<>();
    private final Set<Long> last = new HashSet<>();
    private final Map<Long, Document<Mark>> documents = new HashMap<>();
    private final Map<Long, List<Deed>> readersOf = new HashMap<>();
    private final Map<String, Map<Long, Long>> numbers = new HashMap<>();
    private final Map<String, Timeline> timelines = new LinkedHashMap<>();

    /**
     * Fails if a deed saw what nobody committed.
     *
     * @param believed those without an answer of which it is to be thought that they happened
     */
    Timelines(List<Deed> deeds, Set<Deed> believed) {
        deeds.forEach(this::noteWrites);
        Set<Deed> seen = new HashSet<>();
        deeds.stream()
                .filter(deed -> deed.fate() != Deed.Fate.ABORTED)
                .forEach(deed -> noteSights(deed, deed.fate() == Deed.Fate.UNANSWERED ? new HashSet<>() : seen));
        for (Deed deed : deeds) {
            if (deed.fate() == Deed.Fate.COMMITTED
                    || (!deed.isSure() && seen.contains(deed))
                    || believed.contains(deed)) {
                happened.add(deed);
            } else if (deed.fate() == Deed.Fate.UNKNOWN) {
                perhaps.add(deed);
            }
        }
        believed.forEach(this::requirePossible);
        for (String id : ids()) {
            timelines.put(id, timeline(id));
        }
    }

    /** Returns the deeds that happened: those that were committed, and those that somebody saw. */
    List<Deed> happened() {
        return happened;
    }

    /** Returns the versions of every document that anybody wrote, by id. */
    Map<String, Timeline> all() {
        return timelines;
    }

    /** Returns the stamp of the version with this number; null if nobody was shown it. */
    @Nullable
    Long stamp(String id, long number) {
        return numbers.getOrDefault(id, Map.of()).get(number);
    }

    private void noteWrites(Deed deed) {
        for (Step step : deed.steps()) {
            if (step instanceof Step.Wrote wrote) {
                writers.put(wrote.mark().stamp(), deed);
                note(deed, wrote.stored());
            }
        }
        for (Step step : deed.lastWrites().values()) {
            if (step instanceof Step.Wrote wrote) {
                last.add(wrote.mark().stamp());
            }
        }
        deed.ownSeen().forEach(document -> note(deed, document));
    }

    private void noteSights(Deed deed, Set<Deed> seen) {
        for (Step step : deed.steps()) {
            if (step instanceof Step.Saw saw && saw.stamp() != null) {
                seen.add(committedWriter(deed, saw, saw.stamp()));
                readersOf
                        .computeIfAbsent(saw.stamp(), none -> new ArrayList<>())
                        .add(deed);
                note(deed, saw.document());
            }
        }
    }

    private Deed committedWriter(Deed deed, Step.Saw saw, long stamp) {
        Deed writer = writers.get(stamp);
        if (writer == null) {
            throw new AssertionError("A value that nobody wrote was seen (" + saw + ") by " + deed);
        }
        if (writer.fate() == Deed.Fate.ABORTED) {
            throw new AssertionError(
                    "A value was seen (" + saw + ") that was rolled back.\nseen by " + deed + "\nwritten by " + writer);
        }
        if (!last.contains(stamp)) {
            throw new AssertionError("A value was seen (" + saw + ") that its writer overwrote before it was done."
                    + "\nseen by " + deed + "\nwritten by " + writer);
        }
        return writer;
    }

    private void note(Deed deed, @Nullable Document<Mark> document) {
        if (document == null) {
            return;
        }
        long stamp = document.value().stamp();
        Document<Mark> known = documents.putIfAbsent(stamp, document);
        numbers.computeIfAbsent(document.id(), none -> new HashMap<>()).put(document.version(), stamp);
        if (known != null && !known.equals(document)) {
            throw new AssertionError(
                    "One value was seen in two ways.\nonce   " + known + "\nnow    " + document + ", in " + deed);
        }
    }

    /** What a deed wrote was seen by who looked in the end, unless somebody has written over it. */
    private void requirePossible(Deed deed) {
        if (end().party() != History.NO_PARTY) {
            return;
        }
        deed.lastWrites().forEach((id, step) -> {
            boolean unseen = step instanceof Step.Wrote wrote
                    && !readersOf.containsKey(wrote.mark().stamp());
            if (unseen
                    && happened.stream()
                            .noneMatch(other -> other != deed
                                    && other.ended() >= deed.began()
                                    && other.lastWrites().containsKey(id))) {
                throw new AssertionError("Nobody wrote over " + step + ", and in the end it was not there.");
            }
        });
    }

    private Deed end() {
        return happened.stream().max(Comparator.comparingLong(Deed::began)).orElseThrow();
    }

    private Set<String> ids() {
        Set<String> ids = new HashSet<>();
        happened.forEach(deed -> ids.addAll(deed.lastWrites().keySet()));
        return ids;
    }

    private Timeline timeline(String id) {
        List<ShownVersion> written = new ArrayList<>();
        List<Version> floating = new ArrayList<>();
        List<Deletion> deletions = new ArrayList<>();
        for (Deed deed : happened) {
            Step step = deed.lastWrites().get(id);
            if (step instanceof Step.Wrote wrote) {
                Document<Mark> document = documents.get(wrote.mark().stamp());
                if (document == null) {
                    floating.add(new Version(id, wrote.mark(), deed));
                } else {
                    written.add(shown(document, deed));
                }
            } else if (step != null) {
                deletions.add(new Deletion(deed, seenBefore(deed, id)));
            }
        }
        List<Deed> deleters = deleters(id);
        Lives lives = new Lives(written, deleters);
        if (!lives.isSure()) {
            written.forEach(one -> floating.add(new Version(id, one.document().value(), one.by())));
            floating.addAll(perhaps(id));
            return new Timeline(List.of(Version.absent(id)), floating);
        }
        List<Version> versions = new ArrayList<>(lives.versions(id));
        for (int i = 1; i + 1 < versions.size(); i++) {
            Deed next = versions.get(i + 1).writer();
            if (!versions.get(i).isThere() && next != null && deleters.contains(next)) {
                // It deleted and created it in one step.
                versions.get(i).isWrittenBy(next);
            }
        }
        new Deletions(id, versions, floating).place(deletions, endsAbsent(id));
        floating.addAll(perhaps(id));
        return new Timeline(versions, floating);
    }

    /**
     * Returns the versions that may have been there, though nobody saw their stamps and nobody said that they were written: a
     * count can have met them. They changed a document that was there, so that they begin no life, and end none.
     */
    private List<Version> perhaps(String id) {
        List<Version> versions = new ArrayList<>();
        for (Deed deed : perhaps) {
            if (deed.lastWrites().get(id) instanceof Step.Wrote wrote) {
                versions.add(new Version(id, wrote.mark(), deed));
            }
        }
        return versions;
    }

    private ShownVersion shown(Document<Mark> document, Deed writer) {
        List<Deed> readers = readersOf.getOrDefault(document.value().stamp(), List.of());
        return new ShownVersion(
                document,
                writer,
                Math.min(
                        writer.ended(),
                        readers.stream().mapToLong(Deed::ended).min().orElse(Long.MAX_VALUE)),
                Math.max(
                        writer.began(),
                        readers.stream().mapToLong(Deed::began).max().orElse(Long.MIN_VALUE)));
    }

    /** Returns who deleted a document, and be it to create it anew. */
    private List<Deed> deleters(String id) {
        return happened.stream()
                .filter(deed -> deed.steps().stream()
                        .anyMatch(step -> step instanceof Step.Deleted deleted
                                && deleted.id().equals(id)))
                .toList();
    }

    /** Returns which version a deed saw before it deleted it; null if it does not say. */
    private @Nullable Long seenBefore(Deed deed, String id) {
        for (Step step : deed.steps()) {
            if (step instanceof Step.Saw saw && saw.id().equals(id)) {
                return saw.stamp() != null || saw.number() == null ? saw.stamp() : stamp(id, saw.number());
            }
        }
        return null;
    }

    /** Whether who looked in the end found nothing there. */
    private boolean endsAbsent(String id) {
        Deed end = end();
        Mark any = new Mark(id, 0, null, null, null, null);
        return end.party() == History.NO_PARTY
                && end.steps().stream()
                        .anyMatch(step -> step instanceof Step.Matched matched
                                && matched.isNone()
                                && matched.which().test(any));
    }

    /**
     * A deed that deleted a document.
     *
     * @param stamp what it saw before; null if it does not say
     */
    record Deletion(Deed deed, @Nullable Long stamp) {}
}
