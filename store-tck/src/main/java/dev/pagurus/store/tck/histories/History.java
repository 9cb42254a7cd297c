package dev.pagurus.store.tck.histories;

import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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

    /** Fails if no serial order explains the history. */
    public void requireSerializable() {
        new Precedence(new Sightings(new Timelines(deeds()))).requireNoCircle();
    }
}
