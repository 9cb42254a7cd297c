package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who reads the changes of a walk, and what it has made of them. */
final class FeedReader {

    /** What a walk inserts under an id of the store's has another one on each side, and is deleted in the same step. */
    private static final Pattern GIVEN = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    /** Who has read so many without coming to the end never will. */
    private static final int MOST_PAGES = 20_000;

    private final Map<String, Document<Item>> documents = new TreeMap<>();
    private final boolean withState;
    private @Nullable String position;

    /** Whether it is where the store was then, so that what it is shown next is what has changed since, and no more. */
    private boolean atAnEnd = true;

    FeedReader(boolean withState) {
        this.withState = withState;
    }

    /** Reads a page, which ends where the store likes. */
    Object readSome(ChangeFeed feed, List<Schema<Item>> of) {
        read(feed, of, new TreeMap<>());
        atAnEnd = false;
        return Answer.ANY;
    }

    /** Reads on until it is told that this is all, and says what has changed and what it has now. */
    Object readAll(ChangeFeed feed, List<Schema<Item>> of) {
        Map<String, Object> changed = new TreeMap<>();
        boolean exact = atAnEnd && !withState;
        int pages = 1;
        while (!read(feed, of, changed)) {
            if (++pages > MOST_PAGES) {
                return "of " + MOST_PAGES + " pages none was the last";
            }
        }
        atAnEnd = true;
        return List.of(
                new Answer.Asked("what has changed since", exact ? Answer.of(changed) : Answer.ANY),
                new Answer.Asked("what the reader has now", Answer.of(documents)));
    }

    private boolean read(ChangeFeed feed, List<Schema<Item>> of, Map<String, Object> changed) {
        Map<String, Schema<Item>> schemas = of.stream().collect(Collectors.toMap(Schema::name, Function.identity()));
        ChangePage page =
                (withState ? feed.startWithState() : feed).startAfter(position).page();
        for (Change change : page.changes()) {
            String key = change.collection() + " "
                    + (GIVEN.matcher(change.id()).matches() ? "(an id of the store's)" : change.id());
            Document<Item> document = change.document(Objects.requireNonNull(schemas.get(change.collection())))
                    .orElse(null);
            if (document == null) {
                documents.remove(key);
                changed.put(key, "deleted, " + Answer.version(change.version()));
            } else {
                documents.put(key, document);
                changed.put(key, document);
            }
        }
        position = page.position();
        return page.complete();
    }
}
