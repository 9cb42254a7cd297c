package dev.pagurus.store.tck.histories;

import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What many parties did at once, and the question whether a serial order explains it that keeps the order of those that did
 * not overlap. Safe for use by many threads.
 *
 * <p>The answer of each read fixes which version, or which absence, of each document it can have seen. From that it follows
 * who came before whom: the writer of what was seen before the reader, the reader before who wrote what was not seen yet.
 * This is Adya's graph, with absences as versions, and predicates as what is said of every version; no order explains the
 * history if there is a circle in it.
 */
public final class History {

    /** The number of who looks while nobody else does anything. */
    static final int NO_PARTY = 0;

    /** More lost answers are not thought through: each doubles the work. */
    private static final int MOST_DOUBTS = 10;

    private final List<Deed> deeds = new ArrayList<>();
    private final AtomicLong stamps = new AtomicLong();

    /** Returns a number that nobody has written. */
    long stamp() {
        return stamps.incrementAndGet();
    }

    /** Begins a deed of a party, at a time of {@link System#nanoTime}. */
    synchronized Deed begin(int party, String kind, long began) {
        String name = kind + " " + (deeds.size() + 1) + (party == NO_PARTY ? "" : " of thread " + party);
        Deed deed = new Deed(name, party, began);
        deeds.add(deed);
        return deed;
    }

    /** Notes what is there, while nobody writes: at the beginning, and once more at the end. */
    void look(CollectionSource source, Shelves shelves, Collection<String> ids) {
        Deed look = begin(NO_PARTY, "look", System.nanoTime());
        List<Document<Mark>> there = new ArrayList<>();
        shelves.all()
                .forEach(schema ->
                        there.addAll(source.collection(schema).getAll(ids).values()));
        look.listed("getAll", mark -> ids.contains(mark.key()), there);
        look.is(Deed.Fate.COMMITTED);
    }

    /** Returns everything so far. */
    synchronized List<Deed> deeds() {
        return List.copyOf(deeds);
    }

    /** Writes it in the form that Elle reads; nothing if a value was seen that nobody can have written. */
    public void writeTo(Path file) {
        ElleHistory.write(this, file);
    }

    /**
     * Fails if no serial order explains the history. Of those whose answer was lost one order is enough, in which some of
     * them happened, each as a whole, and the others did not.
     */
    public void requireSerializable() {
        List<Deed> all = deeds();
        List<Deed> unanswered =
                all.stream().filter(deed -> deed.fate() == Deed.Fate.UNANSWERED).toList();
        AssertionError failure = failure(all, Set.of());
        for (int chosen = 1; failure != null && chosen < 1 << Math.min(unanswered.size(), MOST_DOUBTS); chosen++) {
            Set<Deed> believed = new HashSet<>();
            for (int i = 0; i < unanswered.size(); i++) {
                if ((chosen & 1 << i) != 0) {
                    believed.add(unanswered.get(i));
                }
            }
            failure = failure(all, believed) == null ? null : failure;
        }
        if (failure == null) {
            return;
        }
        if (unanswered.isEmpty()) {
            throw failure;
        }
        throw new AssertionError(
                failure.getMessage()
                        + "\nNor does an order explain it in which some of these happened, whose answers were lost:"
                        + unanswered.stream().map(deed -> "\n- " + deed).collect(Collectors.joining()),
                failure);
    }

    private static @Nullable AssertionError failure(List<Deed> deeds, Set<Deed> believed) {
        try {
            new Precedence(new Sightings(new Timelines(deeds, believed))).requireNoCircle();
            return null;
        } catch (AssertionError e) {
            return e;
        }
    }
}
