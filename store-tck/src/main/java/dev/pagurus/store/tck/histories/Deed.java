package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.tck.samples.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What happens as a whole, at one place of a serial order: a transaction, a snapshot, or one call on the store itself.
 * Noted by one thread, with what each answer tells.
 */
final class Deed {

    /** What became of it. */
    enum Fate {
        COMMITTED,
        ABORTED,
        /** It is over, and whether it happened was not said: whoever saw it tells, and nobody need have. */
        UNKNOWN,
        /** Its answer was lost: it happened as a whole or not at all, and be it that nobody sees which. */
        UNANSWERED
    }

    private final String name;
    private final int party;
    private final long began;
    private final List<Step> steps = new ArrayList<>();
    private final List<Document<Mark>> ownSeen = new ArrayList<>();
    private final Map<String, @Nullable Mark> own = new HashMap<>();
    private long ended;
    private boolean endFixed;
    private Predicate<String> shelf = id -> true;
    private Fate fate = Fate.COMMITTED;

    Deed(String name, int party, long began) {
        this.name = name;
        this.party = party;
        this.began = began;
        this.ended = began;
    }

    /** What it learns from now on is of the collection that has these ids. */
    void isOn(Predicate<String> ids) {
        shelf = ids;
    }

    /** It saw this document. */
    void saw(String by, Document<Mark> document) {
        Mark mark = document.value();
        if (!mark.key().equals(document.id())) {
            throw new AssertionError(this + ", by " + by + ", saw under " + Mark.shown(document.id())
                    + " what was written under " + Mark.shown(mark.key()) + ".");
        }
        if (seenIn(by, mark.key(), mark.stamp())) {
            add(new Step.Saw(by, mark.key(), mark.stamp(), document.version(), document));
        } else {
            ownSeen.add(document);
        }
    }

    /** It saw a value, without its version. */
    void saw(String by, Mark mark) {
        if (seenIn(by, mark.key(), mark.stamp())) {
            add(new Step.Saw(by, mark.key(), mark.stamp(), null, null));
        }
    }

    /** It saw which version an id has; empty if it has none. */
    void sawVersion(String by, String id, OptionalLong version) {
        if (version.isEmpty()) {
            missing(by, id);
        } else if (!own.containsKey(id)) {
            add(new Step.Saw(by, id, null, version.getAsLong(), null));
        }
    }

    /** It saw these documents, and that no other one matches. */
    void listed(String by, Filter<Mark> filter, Collection<Document<Mark>> documents) {
        listed(by, matching(filter), documents);
    }

    /** The same of documents that are like that. */
    void listed(String by, Predicate<Mark> which, Collection<Document<Mark>> documents) {
        documents.forEach(document -> saw(by, document));
        Set<String> there = documents.stream().map(Document::id).collect(Collectors.toSet());
        matched(by, mark -> which.test(mark) && !there.contains(mark.key()), 0, 0);
    }

    /** It learned that nothing is there. */
    void missing(String by, String id) {
        matched(by + " of " + Mark.shown(id), mark -> mark.key().equals(id), 0, 0);
    }

    /** It learned that something is there. */
    void present(String by, String id) {
        matched(by + " of " + Mark.shown(id), mark -> mark.key().equals(id), 1, 1);
    }

    /** It learned how many documents match. */
    void counted(String by, Filter<Mark> filter, long count) {
        matched(by, matching(filter), count, count);
    }

    /** It learned whether any document matches. */
    void atLeastOne(String by, Filter<Mark> filter, boolean any) {
        matched(by, matching(filter), any ? 1 : 0, any ? Long.MAX_VALUE : 0);
    }

    /** It learned how many documents are like that, of those that it has not written itself. */
    void matched(String by, Predicate<Mark> which, long least, long most) {
        Set<String> written = Set.copyOf(own.keySet());
        Predicate<String> here = shelf;
        long mine = own.values().stream()
                .filter(mark -> mark != null && here.test(mark.key()) && which.test(mark))
                .count();
        if (mine > most) {
            throw new AssertionError(this + ", by " + by + ", did not see what it wrote itself.");
        }
        add(new Step.Matched(
                by,
                mark -> here.test(mark.key()) && which.test(mark) && !written.contains(mark.key()),
                Math.max(0, least - mine),
                most == Long.MAX_VALUE ? most : most - mine));
    }

    /** It wrote a document, which the call returned. */
    void wrote(String by, Document<Mark> stored) {
        wrote(by, stored.value(), stored);
    }

    /** It wrote a document, of which the call returned nothing. */
    void wrote(String by, Mark mark) {
        wrote(by, mark, null);
    }

    private void wrote(String by, Mark mark, @Nullable Document<Mark> stored) {
        own.put(mark.key(), mark);
        add(new Step.Wrote(by, mark, stored));
    }

    /** It deleted a document, which it had not written itself: whether it was there before must not be a question. */
    void deleted(String by, String id) {
        if (hasWritten(id)) {
            throw new IllegalStateException("The history does not say whether " + id + " was there before.");
        }
        own.put(id, null);
        add(new Step.Deleted(by, id));
    }

    boolean hasWritten(String id) {
        return own.containsKey(id);
    }

    /** Has it end now, whatever it learns later: a snapshot is of the moment when it began. */
    void endsNow() {
        ended = System.nanoTime();
        endFixed = true;
    }

    /** Has it end with the call that returned just now. */
    void is(Fate became) {
        fate = became;
        ended = endFixed ? ended : System.nanoTime();
    }

    Fate fate() {
        return fate;
    }

    /** Whether it is known what became of it. */
    boolean isSure() {
        return fate == Fate.COMMITTED || fate == Fate.ABORTED;
    }

    int party() {
        return party;
    }

    long began() {
        return began;
    }

    /** When it had happened, if it has; never, if it may happen later. */
    long ended() {
        return fate == Fate.UNANSWERED ? Long.MAX_VALUE : ended;
    }

    List<Step> steps() {
        return steps;
    }

    /** Returns what it saw of its own writes. */
    List<Document<Mark>> ownSeen() {
        return ownSeen;
    }

    /** Returns its last write to each id; the others are nobody's to see. */
    Map<String, Step> lastWrites() {
        Map<String, Step> last = new LinkedHashMap<>();
        for (Step step : steps) {
            if (step instanceof Step.Wrote wrote) {
                last.put(wrote.mark().key(), wrote);
            } else if (step instanceof Step.Deleted deleted) {
                last.put(deleted.id(), deleted);
            }
        }
        return last;
    }

    String name() {
        return name;
    }

    @Override
    public String toString() {
        return name + ": " + steps.stream().map(Step::toString).collect(Collectors.joining("; "));
    }

    /** Says whether somebody else must have written what it sees; if it did itself, this must be it. */
    private boolean seenIn(String by, String id, long stamp) {
        if (!own.containsKey(id)) {
            return true;
        }
        Mark mine = own.get(id);
        if (mine == null || mine.stamp() != stamp) {
            throw new AssertionError(this + "; then, by " + by + ", saw of it #" + stamp + " instead.");
        }
        return false;
    }

    private void add(Step step) {
        steps.add(step);
        ended = endFixed ? ended : System.nanoTime();
    }

    /** Says what a filter matches. */
    static Predicate<Mark> matching(Filter<Mark> filter) {
        return mark -> Model.matches(filter, new Document<>(mark.key(), 0, Instant.EPOCH, mark));
    }
}
