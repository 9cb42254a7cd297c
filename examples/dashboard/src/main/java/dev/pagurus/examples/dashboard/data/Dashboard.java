package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Health;
import dev.pagurus.store.Ids;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with the dashboard. What touches one document is one verb of a repository; what touches several and
 * must not be seen half done is a transaction; what is shown together is read from one snapshot.
 *
 * <p>Safe for use by many threads. Instances on the same database know nothing of each other and need not: what one of them
 * changes, the others see in {@link #changes}.
 */
public final class Dashboard {

    /** How long changes are kept; who shows them is never away for longer. */
    static final Duration KEPT = Duration.ofHours(1);

    private final Store store;
    private final Clock clock;
    private final Images images;
    private final History history;
    private final Tags tags;

    /** Brings the store's collections to what this version of the dashboard needs. */
    public Dashboard(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
        FirstRelease.split(store); // before the history is opened, which has no room for what this takes out
        this.images = new Images(store);
        this.history = new History(store);
        this.tags = new Tags(store);
    }

    /** Returns the id of an image on a host. */
    public static String idOf(String host, String name) {
        return Images.idOf(host, name);
    }

    /** Takes an announcement in: the history and the image move together, or not at all. */
    public Outcome announce(String host, String name, Announcement announcement, Map<String, String> metadata) {
        Instant now = now();
        return store.transaction(tx -> {
            if (!new History(tx).add(idOf(host, name), announcement, metadata, now)) {
                return Outcome.KNOWN;
            }
            new Images(tx).announce(host, name, announcement, now);
            return Outcome.STORED;
        });
    }

    /** Reads a page of images, newest first, and the numbers around it. */
    public Overview overview(ImageQuery query, int limit, @Nullable String cursor) {
        return store.snapshot(view -> {
            ReadableCollection<Image> all = view.collection(Images.SCHEMA);
            return new Overview(
                    all.where(query.filter())
                            .orderBy(Images.NOTICED.desc())
                            .limit(limit)
                            .startAfter(cursor)
                            .page(),
                    // Each number says what a click on it would show, so it leaves out the filter that it would set.
                    all.where(query.withState(null).filter()).countBy(Images.STATE),
                    all.where(query.withHost(null).filter()).countBy(Images.HOST),
                    all.where(query.withTag(null).filter()).countBy(Images.TAGS),
                    Images.lines(all.where(query.withState(State.OPEN).filter())
                                    .orderBy(Images.NOTICED.asc())
                                    .limit(1))
                            .stream()
                            .findFirst()
                            .orElse(null),
                    Tags.all(view));
        });
    }

    /** Reads one image. */
    public Optional<Document<Image>> image(String id) {
        return images.get(id);
    }

    /** Says on which other hosts the same image is, by their names. */
    public List<ImageLine> elsewhere(Image image) {
        return images.elsewhere(image);
    }

    /** Reads a page of what was announced for an image, newest first. */
    public Page<Update> history(String image, int limit, @Nullable String cursor) {
        return history.page(image, limit, cursor);
    }

    /** Says how often something was announced for an image. */
    public Announced announced(String image) {
        return history.announced(image);
    }

    /** Returns the id, in the history, of the announcement that tells an image's present digest. */
    public static String newestOf(Document<Image> image) {
        return History.idOf(image.id(), image.value().newest());
    }

    /** Reads what providers added to announcements, by the ids that these have in the history; absent where nothing. */
    public Map<String, Map<String, String>> metadata(List<String> updates) {
        return history.metadata(updates);
    }

    /**
     * Acknowledges these images, but for those that were announced anew after somebody looked.
     *
     * @return what to {@link #undo}
     */
    public String acknowledge(List<String> ids, Instant seen) {
        return acknowledge(Images.SCHEMA.id().in(ids), seen);
    }

    /** Acknowledges all images that match, but for those that were announced anew after somebody looked. */
    public String acknowledgeAll(ImageQuery query, Instant seen) {
        return acknowledge(query.filter(), seen);
    }

    private String acknowledge(Filter<Image> which, Instant seen) {
        String acknowledgement = Ids.next();
        images.acknowledge(which, seen, acknowledgement);
        return acknowledgement;
    }

    /** Says how many images an acknowledgement still holds. */
    public long acknowledgedBy(String acknowledgement) {
        return images.count(acknowledgement);
    }

    /** Opens again what an acknowledgement still holds, and says how many that were. */
    public long undo(String acknowledgement) {
        return images.undo(acknowledgement);
    }

    /**
     * Changes what is not null of an image.
     *
     * @param ifMatch the version that it must have; null for any
     * @throws dev.pagurus.store.VersionConflictException if it has another one
     * @throws InvalidValueException if there is no such tag
     */
    public Optional<Document<Image>> change(
            String id, @Nullable Long ifMatch, @Nullable State state, @Nullable Set<String> tagIds) {
        return store.transaction(tx -> {
            if (tagIds != null) {
                new Tags(tx).require(tagIds);
            }
            UnaryOperator<Image> change = image -> {
                Image tagged = tagIds == null ? image : image.withTags(tagIds);
                return state == null ? tagged : inState(state).apply(tagged);
            };
            Images inside = new Images(tx);
            if (ifMatch == null) {
                return inside.update(id, change);
            }
            return inside.get(id).map(found -> inside.replace(id, ifMatch, change.apply(found.value())));
        });
    }

    /** Removes an image and its history. */
    public boolean forget(String id) {
        return store.transaction(tx -> {
            new History(tx).delete(id);
            return new Images(tx).delete(id);
        });
    }

    /** Reads all tags and how many images have each. */
    public TagList tags() {
        return store.snapshot(view -> new TagList(
                Tags.all(view), view.collection(Images.SCHEMA).query().countBy(Images.TAGS)));
    }

    /** Reads one tag. */
    public Optional<Document<Tag>> tag(String id) {
        return tags.get(id);
    }

    /**
     * Adds a tag.
     *
     * @throws dev.pagurus.store.UniqueViolationException if there is one of this name
     * @throws InvalidValueException if there are too many
     */
    public Document<Tag> addTag(Tag tag) {
        return store.transaction(tx -> new Tags(tx).add(tag));
    }

    /**
     * Changes a tag; its images follow by themselves.
     *
     * @param ifMatch the version that it must have; null for any
     * @throws dev.pagurus.store.VersionConflictException if it has another one
     * @throws dev.pagurus.store.UniqueViolationException if another one has this name
     */
    public Optional<Document<Tag>> changeTag(String id, @Nullable Long ifMatch, Tag tag) {
        return ifMatch == null ? tags.update(id, tag) : Optional.of(tags.replace(id, ifMatch, tag));
    }

    /** Gives these images a tag more, and says how many did not have it. */
    public long addTagTo(List<String> ids, String tag) {
        return store.transaction(tx -> {
            new Tags(tx).require(Set.of(tag));
            return new Images(tx).tag(ids, tag);
        });
    }

    /**
     * Deletes a tag and takes it off every image, in one step.
     *
     * @param ifMatch the version that it must have; null for any
     * @throws dev.pagurus.store.VersionConflictException if it has another one
     */
    public boolean deleteTag(String id, @Nullable Long ifMatch) {
        return store.transaction(tx -> {
            Tags inside = new Tags(tx);
            new Images(tx).removeTag(id);
            return ifMatch == null ? inside.delete(id) : inside.delete(id, ifMatch);
        });
    }

    /** Returns what changes of images and tags, here and in every other instance. */
    public ChangeFeed changes() {
        return store.changes(Images.SCHEMA, Tags.SCHEMA);
    }

    /** Says whether nothing was ever stored here. */
    public boolean isEmpty() {
        return images.isEmpty();
    }

    /** Says how the store is. */
    public Health health() {
        return store.health();
    }

    /** Returns the time that announcements of now get. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static UnaryOperator<Image> inState(State state) {
        return image -> {
            if (image.state() == state) {
                return image;
            }
            return state == State.OPEN ? image.reopened() : image.acknowledged(Ids.next());
        };
    }
}
