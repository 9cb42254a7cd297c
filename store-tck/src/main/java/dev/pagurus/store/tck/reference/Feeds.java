package dev.pagurus.store.tck.reference;

import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredChange;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.tck.reference.ChangeLog.Entry;
import dev.pagurus.store.tck.reference.ChangeLog.Feed;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is shown of the {@link ChangeLog}, in one state. Each method may be overridden by a broken store. */
public class Feeds {

    private static final String ANEW = " Start anew, usually with the state: feed.startWithState().";

    /**
     * Where a reader is.
     *
     * @param lives of the collections
     * @param number of the last change before it; 0 before the first
     * @param evidence what that change was
     */
    public record Place(String lives, long number, String evidence) {

        static Place of(String text) {
            String[] parts = text.split("/", 3);
            return new Place(parts[0], Long.parseLong(parts[1]), parts[2]);
        }

        String text() {
            return lives + "/" + number + "/" + evidence;
        }
    }

    /** Returns the beginning of a scan. */
    public ChangeChunk changes(State state, ChangeScan scan) {
        Place after = after(state, scan);
        List<Entry> rest = entries(state, scan.collections(), after.number());
        List<StoredChange> changes = new ArrayList<>();
        long bytes = 0;
        for (Entry entry : rest) {
            if (changes.size() == scan.maxChanges() || bytes >= scan.maxBytes()) {
                break;
            }
            StoredDocument document = document(state, entry);
            changes.add(new StoredChange(entry.collection(), entry.id(), entry.version(), document));
            bytes += document == null ? 0 : document.body().length();
        }
        String position = changes.isEmpty()
                ? after.text()
                : placeOf(after.lives(), rest.get(changes.size() - 1)).text();
        return new ChangeChunk(changes, position, isComplete(changes.size(), rest.size()));
    }

    /** Says whether these were all. */
    public boolean isComplete(int shown, int there) {
        return shown == there;
    }

    /** Returns the document as it is now. */
    public @Nullable StoredDocument document(State state, Entry entry) {
        Table table = Objects.requireNonNull(state.table(entry.collection()));
        Row row = table.rows().get(entry.id());
        return row == null || state.isExpired(table.definition(), row) ? null : row.document();
    }

    /** Returns the position behind everything. */
    public String end(State state, List<CollectionDefinition> collections) {
        List<Entry> all = entries(state, collections, 0);
        String lives = lives(state, collections);
        return (all.isEmpty() ? beginning(state, collections) : placeOf(lives, all.get(all.size() - 1))).text();
    }

    private Place after(State state, ChangeScan scan) {
        if (scan.after() == null) {
            return beginning(state, scan.collections());
        }
        Place after = Place.of(scan.after());
        require(state, scan.collections(), after);
        return after;
    }

    /** Refuses a position that nobody can go on from. */
    public void require(State state, List<CollectionDefinition> collections, Place place) {
        String lives = lives(state, collections);
        requireLives(lives, place);
        for (CollectionDefinition collection : collections) {
            requireKnown(collection.name(), feed(state, collection), place);
        }
        requireEvidence(state, collections, place);
    }

    /** Refuses a position of what was called the same. */
    public void requireLives(String lives, Place place) {
        if (!lives.equals(place.lives())) {
            throw new PositionLostException(
                    "The position is of another store, or of collections that were made anew since." + ANEW);
        }
    }

    /** Refuses a position if something behind it is forgotten. */
    public void requireKnown(String collection, Feed feed, Place place) {
        if (place.number() < feed.forgotten()) {
            throw new PositionLostException("Changes of collection '" + collection
                    + "' behind the position are forgotten, older than the retention of " + feed.retention() + "."
                    + ANEW);
        }
    }

    /** Refuses a position that tells of something that is not there. */
    public void requireEvidence(State state, List<CollectionDefinition> collections, Place place) {
        long forgotten = collections.stream()
                .mapToLong(collection -> feed(state, collection).forgotten())
                .max()
                .orElse(0);
        boolean there = entries(state, collections, place.number() - 1).stream()
                .limit(1)
                .anyMatch(entry -> placeOf(place.lives(), entry).equals(place));
        if (place.number() > forgotten && !there) {
            throw new PositionLostException(
                    "The position tells of a change that is not here: an older backup was restored." + ANEW);
        }
    }

    /** Returns the changes behind a number. */
    public List<Entry> entries(State state, List<CollectionDefinition> collections, long after) {
        Set<String> names = collections.stream()
                .map(collection -> Answers.table(state, collection).definition().name())
                .collect(Collectors.toSet());
        return state.log().entries(names, after);
    }

    private static Place beginning(State state, List<CollectionDefinition> collections) {
        long forgotten = collections.stream()
                .mapToLong(collection -> feed(state, collection).forgotten())
                .max()
                .orElse(0);
        return new Place(lives(state, collections), forgotten, "");
    }

    private static Place placeOf(String lives, Entry entry) {
        return new Place(lives, entry.number(), entry.version() + "/" + entry.collection() + "/" + entry.id());
    }

    private static String lives(State state, List<CollectionDefinition> collections) {
        return collections.stream()
                .map(collection -> feed(state, collection).life())
                .collect(Collectors.joining("+"));
    }

    private static Feed feed(State state, CollectionDefinition collection) {
        return Objects.requireNonNull(
                state.log().feed(Answers.table(state, collection).definition().name()));
    }
}
