package dev.pagurus.store.tck.histories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A history in the form that Elle reads, as lists that are appended to: a map in EDN for each beginning and end, in order of
 * time. A document is a list of the stamps that were written to it; a deletion appends a negative number. A read is there
 * if its answer tells one version, and shows the versions up to that one; who came before whom in other ways is not in it.
 */
final class ElleHistory {

    private final Sightings sightings;
    private final Map<String, Integer> keys = new HashMap<>();
    private final Map<Version, Long> elements = new HashMap<>();
    private final Map<Deed, Map<String, List<Long>>> reads = new HashMap<>();
    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, Long> busyUntil = new HashMap<>();
    private final long start;
    private final long end;
    private int nextProcess;

    /** The beginning or end of an operation. */
    private record Event(long time, boolean isEnd, String type, int process, String value) {}

    private ElleHistory(Sightings sightings, List<Deed> deeds) {
        this.sightings = sightings;
        this.nextProcess = 1 + deeds.stream().mapToInt(Deed::party).max().orElse(0);
        this.start = deeds.stream().mapToLong(Deed::began).min().orElse(0);
        this.end = 1
                + deeds.stream()
                        .mapToLong(Deed::ended)
                        .filter(time -> time < Long.MAX_VALUE)
                        .max()
                        .orElse(start);
        sightings.timelines().all().forEach(this::number);
        for (Sightings.Sighting sighting : sightings.all()) {
            Integer place = sighting.exact();
            if (place != null) {
                reads.computeIfAbsent(sighting.deed(), none -> new LinkedHashMap<>())
                        .put(sighting.id(), upTo(sighting.id(), place));
            }
        }
        deeds.stream().sorted(Comparator.comparingLong(Deed::began)).forEach(this::add);
        addDeletionsOfUnknown();
        events.sort(Comparator.comparingLong(Event::time).thenComparing(Event::isEnd));
    }

    /** Writes a history into a new file, unless it cannot be told which versions there were. */
    static void write(History history, Path file) {
        List<Deed> deeds = history.deeds();
        try {
            Files.createDirectories(Objects.requireNonNull(file.toAbsolutePath().getParent()));
            Files.write(file, new ElleHistory(new Sightings(new Timelines(deeds, Set.of())), deeds).lines());
        } catch (IOException e) {
            throw new UncheckedIOException("The history cannot be written to " + file + ".", e);
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Event event : events) {
            lines.add("{:index " + lines.size() + ", :time " + (event.time - start) + ", :type :" + event.type
                    + ", :process " + event.process + ", :f :txn, :value [" + event.value + "]}");
        }
        return lines;
    }

    /** Gives a document, and each of its deletions, a number. */
    private void number(String id, Timeline timeline) {
        keys.put(id, keys.size());
        for (int i = 1; i < timeline.size(); i++) {
            Mark mark = timeline.get(i).mark();
            elements.put(timeline.get(i), mark == null ? -1L - elements.size() : (Long) mark.stamp());
        }
    }

    private List<Long> upTo(String id, int place) {
        Timeline timeline = Objects.requireNonNull(sightings.timelines().all().get(id));
        List<Long> stamps = new ArrayList<>();
        for (int i = 1; i <= place; i++) {
            stamps.add(Objects.requireNonNull(elements.get(timeline.get(i))));
        }
        return stamps;
    }

    private void add(Deed deed) {
        List<String> asked = new ArrayList<>();
        List<String> came = new ArrayList<>();
        reads.getOrDefault(deed, Map.of()).forEach((id, stamps) -> {
            asked.add("[:r " + keys.get(id) + " nil]");
            came.add("[:r " + keys.get(id) + " [" + joined(stamps) + "]]");
        });
        for (Map.Entry<String, Step> last : deed.lastWrites().entrySet()) {
            for (long element : appended(deed, last.getKey(), last.getValue())) {
                String append =
                        "[:append " + keys.computeIfAbsent(last.getKey(), none -> keys.size()) + " " + element + "]";
                asked.add(append);
                came.add(append);
            }
        }
        // A process does one thing after the other, and none any more when it does not know what became of one.
        boolean isFree = deed.isSure() && busyUntil.getOrDefault(deed.party(), Long.MIN_VALUE) < deed.began();
        int process = isFree ? deed.party() : nextProcess++;
        if (isFree) {
            busyUntil.put(deed.party(), deed.ended());
        }
        events.add(new Event(deed.began(), false, "invoke", process, String.join(" ", asked)));
        switch (deed.fate()) {
            case COMMITTED -> events.add(new Event(deed.ended(), true, "ok", process, String.join(" ", came)));
            case ABORTED -> events.add(new Event(deed.ended(), true, "fail", process, String.join(" ", asked)));
            case UNKNOWN, UNANSWERED -> events.add(new Event(end, true, "info", process, String.join(" ", asked)));
        }
    }

    /** Returns what a deed appended: both, if it deleted and created anew; nothing, if it deleted and nobody knows when. */
    private List<Long> appended(Deed deed, String id, Step write) {
        List<Long> appended = new ArrayList<>();
        Timeline timeline = sightings.timelines().all().get(id);
        for (int i = 1; timeline != null && i < timeline.size(); i++) {
            if (timeline.get(i).writer() == deed) {
                appended.add(Objects.requireNonNull(elements.get(timeline.get(i))));
            }
        }
        if (appended.isEmpty() && write instanceof Step.Wrote wrote) {
            appended.add(wrote.mark().stamp());
        }
        return appended;
    }

    /** Somebody must have appended what was seen: at an unknown time, if nobody knows who. */
    private void addDeletionsOfUnknown() {
        elements.forEach((version, element) -> {
            if (version.writer() == null) {
                String append = "[:append " + keys.get(version.id()) + " " + element + "]";
                events.add(new Event(start, false, "invoke", nextProcess, append));
                events.add(new Event(end, true, "info", nextProcess++, append));
            }
        });
    }

    private static String joined(List<Long> numbers) {
        return String.join(" ", numbers.stream().map(String::valueOf).toList());
    }
}
