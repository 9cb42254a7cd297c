package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Every announcement that ever came, once, under an id made of what it says. */
final class History {

    static final TextField<Update> IMAGE = TextField.of("image", Update::image).maxBytes(64);
    static final InstantField<Update> NOTICED = InstantField.of("noticed_at", Update::noticedAt);

    static final Schema<Update> SCHEMA = Schema.of("updates", Update.class).index(IMAGE, NOTICED);

    private final DocumentCollection<Update> updates;

    History(CollectionSource source) {
        this.updates = source.collection(SCHEMA);
    }

    /** Adds an announcement; false if it was there already. Who calls it in a transaction can rely on the answer. */
    boolean add(String image, Announcement announcement, Instant now) {
        String id = idOf(image, announcement);
        if (updates.exists(id)) {
            return false;
        }
        updates.insert(id, new Update(image, announcement, now));
        return true;
    }

    Page<Update> page(String image, int limit, @Nullable String cursor) {
        return updates.where(IMAGE.eq(image))
                .orderBy(NOTICED.desc())
                .limit(limit)
                .startAfter(cursor)
                .page();
    }

    void delete(String image) {
        updates.where(IMAGE.eq(image)).deleteAll();
    }

    /** What Diun says again with another version of itself, or of a container that was restarted, is the same. */
    private static String idOf(String image, Announcement said) {
        return Fingerprint.of(
                image,
                said.status(),
                said.digest(),
                said.platform(),
                said.created() == null ? null : said.created().toString());
    }
}
