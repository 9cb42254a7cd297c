package dev.pagurus.store.tck.hosts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UniqueViolationException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A bookmark manager as somebody would write it: tags, paging, a search in titles, each address only once. */
public final class Bookmarks {

    /** How many bookmarks a page shows. */
    public static final int PAGE = 10;

    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final TextField<Bookmark> ADDRESS = TextField.of("address", Bookmark::address);
    private static final ManyField<Bookmark> TAGS = ManyField.of("tags", Bookmark::tags);
    private static final ManyField<Bookmark> WORDS = ManyField.of("words", bookmark -> words(bookmark.title()));
    private static final InstantField<Bookmark> ADDED = InstantField.of("added", Bookmark::added);

    private static final Schema<Bookmark> SCHEMA = Schema.of("bookmarks", Bookmark.class)
            .uniqueIndex(ADDRESS)
            .index(TAGS)
            .index(WORDS)
            .index(ADDED.desc());

    private final DocumentCollection<Bookmark> bookmarks;

    /** Opens the bookmarks in a store. */
    public Bookmarks(Store store) {
        this.bookmarks = store.collection(SCHEMA);
    }

    /** A bookmark as it is stored. */
    public record Bookmark(String address, String title, Set<String> tags, Instant added) {

        Bookmark withTagRenamed(String from, String to) {
            Set<String> renamed =
                    tags.stream().map(tag -> tag.equals(from) ? to : tag).collect(toSet());
            return new Bookmark(address, title, renamed, added);
        }
    }

    /** Adds a bookmark; false if there is one with this address. */
    public boolean add(Bookmark bookmark) {
        try {
            bookmarks.insert(bookmark);
            return true;
        } catch (UniqueViolationException e) {
            return false;
        }
    }

    /** Finds a bookmark by its address. */
    public Optional<Bookmark> at(String address) {
        return bookmarks.where(ADDRESS.eq(address)).first().map(Document::value);
    }

    /**
     * Shows a page, the newest bookmarks first.
     *
     * @param tag which ones; null for all
     * @param search words that the title must have, in any order and case; empty for all
     * @param cursor where the page starts, from the page before; null for the first
     */
    public Page<Bookmark> page(@Nullable String tag, String search, @Nullable String cursor) {
        List<Filter<Bookmark>> filters = new ArrayList<>();
        if (tag != null) {
            filters.add(TAGS.contains(tag));
        }
        for (String word : words(search)) {
            filters.add(WORDS.contains(word));
        }
        return bookmarks
                .where(Filter.allOf(filters))
                .orderBy(ADDED.desc())
                .limit(PAGE)
                .startAfter(cursor)
                .page();
    }

    /** Counts the bookmarks of each tag, in the order of the tags. */
    public Map<String, Long> tags() {
        return bookmarks.query().countBy(TAGS);
    }

    /** Renames a tag wherever it is; a bookmark that has both keeps one. Says how many bookmarks had it. */
    public long renameTag(String from, String to) {
        return bookmarks.where(TAGS.contains(from)).updateAll(bookmark -> bookmark.withTagRenamed(from, to));
    }

    /** Removes every bookmark with a tag, and says how many there were. */
    public long removeTagged(String tag) {
        return bookmarks.where(TAGS.contains(tag)).deleteAll();
    }

    /** Folded here and not in SQL: there, what upper and lower case are depends on the engine. */
    private static Set<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .filter(word -> word.getBytes(UTF_8).length <= ManyField.MAX_BYTES)
                .distinct()
                .limit(ManyField.MAX_VALUES)
                .collect(toSet());
    }
}
