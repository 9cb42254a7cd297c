package dev.pagurus.store.tck.reference;

import dev.pagurus.store.spi.Micros;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes of all collections that keep them, in the order of their commits: a transaction makes its calls again when it
 * commits, so what it changed stands behind everything that was committed before. Part of a {@link State}.
 */
public final class ChangeLog {

    /** How many of the newest changes of a feed always stay, so that positions there can be told from invented ones. */
    private static final int EVIDENCE = 8;

    /** How many changes of a feed one step forgets. */
    private static final int STEP = 200;

    /** How many marks there are in one retention. */
    private static final int MARKS = 16;

    private final List<Entry> entries;
    private final Map<String, Feed> feeds;
    private final List<Mark> marks;
    private long last;
    private boolean written;

    /**
     * A change.
     *
     * @param number its place in the log
     * @param version that it gave to the document, or that of the document that it deleted
     */
    public record Entry(long number, String collection, String id, long version) {}

    /**
     * A collection that keeps its changes.
     *
     * @param life made when it began to
     * @param retention for how long
     * @param forgotten the number of the last change that is forgotten
     */
    public record Feed(String life, Duration retention, long forgotten) {}

    /** Where the log ended at a time, in microseconds. */
    public record Mark(long at, long number) {}

    ChangeLog() {
        this(new ArrayList<>(), new TreeMap<>(), new ArrayList<>(), 0);
    }

    private ChangeLog(List<Entry> entries, Map<String, Feed> feeds, List<Mark> marks, long last) {
        this.entries = entries;
        this.feeds = feeds;
        this.marks = marks;
        this.last = last;
    }

    ChangeLog copy() {
        return new ChangeLog(new ArrayList<>(entries), new TreeMap<>(feeds), new ArrayList<>(marks), last);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Returns a feed; null if the collection keeps no changes. */
    public @Nullable Feed feed(String collection) {
        return feeds.get(collection);
    }

    /** Returns the changes of some collections behind a number, in the order of their numbers. */
    public List<Entry> entries(Set<String> collections, long after) {
        return entries.stream()
                .filter(entry -> entry.number() > after && collections.contains(entry.collection()))
                .toList();
    }

    /** Adds a change behind all others. */
    public void add(String collection, String id, long version) {
        add(new Entry(last + 1, collection, id, version));
    }

    /** Adds a change at its number. */
    public void add(Entry entry) {
        int place = entries.size();
        while (place > 0 && entries.get(place - 1).number() > entry.number()) {
            place--;
        }
        entries.add(place, entry);
        last = Math.max(last, entry.number());
        written = true;
    }

    /** A collection keeps its changes for so long from now on, or, if null, no more: then it has another life next time. */
    public void keep(String collection, @Nullable Duration retention) {
        if (retention == null) {
            feeds.remove(collection);
            entries.removeIf(entry -> entry.collection().equals(collection));
            return;
        }
        feeds.merge(
                collection,
                new Feed(UUID.randomUUID().toString(), retention, 0),
                (there, unused) -> new Feed(there.life(), retention, there.forgotten()));
    }

    /** A collection has another name. */
    public void rename(String collection, String newName) {
        Feed feed = feeds.remove(collection);
        if (feed != null) {
            feeds.put(newName, feed);
            entries.replaceAll(entry -> entry.collection().equals(collection)
                    ? new Entry(entry.number(), newName, entry.id(), entry.version())
                    : entry);
        }
    }

    /** Marks where the log ends now, and forgets some of what was there when a mark was set a retention ago. */
    public void forget(long now) {
        if (!written || feeds.isEmpty()) {
            return;
        }
        long shortest = feeds.values().stream()
                .mapToLong(feed -> Micros.of(feed.retention()))
                .min()
                .orElseThrow();
        if (marks.isEmpty() || now - marks.get(marks.size() - 1).at() >= shortest / MARKS) {
            marks.add(new Mark(now, last));
        }
        Map<String, Feed> later = new HashMap<>();
        feeds.forEach((collection, feed) -> later.put(collection, forget(collection, feed, now)));
        feeds.putAll(later);
    }

    private Feed forget(String collection, Feed feed, long now) {
        long old = marks.stream()
                .filter(mark -> mark.at() <= now - Micros.of(feed.retention()))
                .mapToLong(Mark::number)
                .max()
                .orElse(0);
        List<Entry> all = entries(Set.of(collection), 0);
        List<Entry> gone = all.subList(0, Math.max(0, all.size() - EVIDENCE)).stream()
                .filter(entry -> entry.number() <= old)
                .limit(STEP)
                .toList();
        if (gone.isEmpty()) {
            return feed;
        }
        entries.removeAll(Set.copyOf(gone));
        return new Feed(feed.life(), feed.retention(), gone.get(gone.size() - 1).number());
    }
}
