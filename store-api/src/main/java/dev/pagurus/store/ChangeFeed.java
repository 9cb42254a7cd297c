package dev.pagurus.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one or several collections whose schemas declare {@link Schema#changes}. Immutable; each method that says
 * where to start or how much returns a new feed. Safe for use by many threads.
 *
 * <pre>{@code
 * ChangeFeed feed = store.changes(NOTES).startWithState();
 * while (true) {
 *     ChangePage page = feed.startAfter(saved).page();   // saved is null at first
 *     for (Change change : page.changes()) {
 *         change.document(NOTES).ifPresentOrElse(search::add, () -> search.remove(change.id()));
 *     }
 *     saved = page.position();                           // keep it with what was made of the changes
 *     if (page.complete()) {
 *         return;
 *     }
 * }
 * }</pre>
 *
 * <p>Who goes on from the position of a page misses no document's newest change, whoever wrote it, however long other
 * transactions stay open, across crashes and restarts; what is undone is never shown. Changes of one document come in the
 * order of its versions ({@link Change#version} has the exceptions), and what a transaction had seen comes before its own changes. Several changes of one document may be
 * shown as the last one. Raising a revision changes no document. Nobody who writes waits for a reader or conflicts with one.
 */
public interface ChangeFeed {

    /** The most changes of a page: 5,000. */
    int MAX_LIMIT = 5_000;

    /**
     * Starts behind a position.
     *
     * @param position that of a page of this feed, or what {@link #end} returned; null to start where the feed started
     *     anyway: at the oldest change that is known, or {@linkplain #startWithState with the state}
     */
    ChangeFeed startAfter(@Nullable String position);

    /**
     * Starts with every document that is there, as if it had just been written, in order of collection and id; then come the
     * changes since, and nothing is lost between: what was changed while the state was shown comes once more, with the version
     * of then. Without it, a feed starts at the oldest change that is known.
     */
    ChangeFeed startWithState();

    /**
     * Sets how many changes a page has at most, 500 if never set. A page also ends behind about 8 MiB of documents.
     *
     * @throws IllegalArgumentException if less than 1 or more than {@link #MAX_LIMIT}
     */
    ChangeFeed limit(int changes);

    /**
     * Returns the next changes, with the documents as they are now. Does not wait: where nothing has changed, the page is empty.
     *
     * @throws PositionLostException if nobody can go on from the position
     * @throws InvalidCursorException if the position is damaged
     * @throws SchemaException if a collection is gone or has a newer revision
     */
    ChangePage page();

    /**
     * The same, but where nothing has changed, this waits until something has, on this thread: what this store writes it finds
     * within 50 ms, and what others write within 250 ms. For who shows changes as they come, and keeps no position:
     *
     * <pre>{@code
     * String position = feed.end();
     * while (open) {
     *     ChangePage page = feed.startAfter(position).page(Duration.ofSeconds(30));
     *     show(page.changes());
     *     position = page.position();
     * }
     * }</pre>
     *
     * <p>An interrupt ends the waiting, and the thread stays interrupted.
     *
     * @param patience how long to wait at most; then the page is empty
     * @throws StoreClosedException if the store is closed while this waits
     */
    ChangePage page(Duration patience);

    /** Returns the position behind everything that is there now, to see only what comes. */
    String end();
}
