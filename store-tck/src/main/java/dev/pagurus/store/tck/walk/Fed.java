package dev.pagurus.store.tck.walk;

import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Schema;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of changes goes on from where it is, through any handle: by one page, of which no store says how far it goes, or to
 * the end, where it knows all documents.
 */
record Fed(Instant at, int handle, int reader, int limit, boolean toTheEnd) implements Step {

    /** So many go on by turns. */
    static final int READERS = 3;

    /** One of its own, which begins at the end of the walk, with the oldest change or the state. */
    static final int LATE = READERS;

    @Override
    public @Nullable Object answer(Side side) throws Exception {
        return Answer.to(() -> {
            List<Schema<Item>> all = side.schemas(handle);
            ChangeFeed feed = side.store(handle)
                    .changes(all.get(0), all.subList(1, all.size()).toArray(new Schema<?>[0]))
                    .limit(limit);
            FeedReader one = side.reader(reader);
            return toTheEnd ? one.readAll(feed, all) : one.readSome(feed, all);
        });
    }

    @Override
    public Stream<Step> simpler() {
        Stream<Step> elsewhere = handle == 0 ? Stream.empty() : Stream.of(new Fed(at, 0, reader, limit, toTheEnd));
        Stream<Step> usual = limit == ChangeFeed.MAX_LIMIT
                ? Stream.empty()
                : Stream.of(new Fed(at, handle, reader, ChangeFeed.MAX_LIMIT, toTheEnd));
        return Stream.concat(elsewhere, usual);
    }

    @Override
    public String text() {
        return Step.by(handle) + "reader " + (reader + 1) + " of the changes of all collections goes on "
                + (toTheEnd ? "to the end" : "by a page") + ", " + limit + " at a time";
    }
}
