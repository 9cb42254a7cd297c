package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Page;
import dev.pagurus.store.Row;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every announcement that ever came, once, under an id made of what it says; and its details, apart, under the same id. */
final class History {

    static final TextField<Update> IMAGE = TextField.of("image", Update::image).maxBytes(64);
    static final InstantField<Update> NOTICED = InstantField.of("noticed_at", Update::noticedAt);

    static final Schema<Update> SCHEMA = Schema.of("updates", Update.class)
            .index(IMAGE, NOTICED)
            .revision(3)
            .upgrade(1, FirstRelease.BUILT_AT)
            // Safe to drop: whoever opens this revision has run the step before, see Dashboard.
            .upgrade(2, JsonUpgrade.start().drop("announcement.metadata"));

    static final TextField<Details> DETAILS_IMAGE =
            TextField.of("image", Details::image).maxBytes(64);

    static final Schema<Details> DETAILS = Schema.of("details", Details.class).index(DETAILS_IMAGE);

    private final DocumentCollection<Update> updates;
    private final DocumentCollection<Details> details;

    History(CollectionSource source) {
        this.updates = source.collection(SCHEMA);
        this.details = source.collection(DETAILS);
    }

    /** Adds an announcement; false if it was there already. Who calls it in a transaction can rely on the answer. */
    boolean add(String image, Announcement announcement, Map<String, String> metadata, Instant now) {
        String id = idOf(image, announcement);
        if (updates.exists(id)) {
            return false;
        }
        updates.insert(id, new Update(image, announcement, now));
        if (!metadata.isEmpty()) {
            details.insert(id, new Details(image, metadata));
        }
        return true;
    }

    Page<Update> page(String image, int limit, @Nullable String cursor) {
        return updates.where(IMAGE.eq(image))
                .orderBy(NOTICED.desc())
                .limit(limit)
                .startAfter(cursor)
                .page();
    }

    /** How often something was announced, and since when: counted where it is stored, whatever the length of the history. */
    Announced announced(String image) {
        Row all = updates.where(IMAGE.eq(image)).aggregate(Aggregate.count(), NOTICED.min());
        return new Announced(Objects.requireNonNull(all.get(Aggregate.count())), all.get(NOTICED.min()));
    }

    /** What providers added to these announcements; absent where that was nothing. */
    Map<String, Map<String, String>> metadata(Collection<String> ids) {
        Map<String, Map<String, String>> found = new TreeMap<>();
        details.getAll(ids)
                .forEach((id, document) -> found.put(id, document.value().metadata()));
        return found;
    }

    void delete(String image) {
        updates.where(IMAGE.eq(image)).deleteAll();
        details.where(DETAILS_IMAGE.eq(image)).deleteAll();
    }

    /** What Diun says again with another version of itself, or of a container that was restarted, is the same. */
    static String idOf(String image, Announcement said) {
        return Fingerprint.of(
                image,
                said.status(),
                said.digest(),
                said.platform(),
                said.builtAt() == null ? null : said.builtAt().toString());
    }
}
