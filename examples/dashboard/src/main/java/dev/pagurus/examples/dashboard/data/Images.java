package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Row;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Upgrade;
import dev.pagurus.store.WordsField;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The images, each under an id made of its host and name.
 *
 * <p>A repository as Pagurus means it: it takes a {@link CollectionSource}, so it works on the store and in a transaction.
 */
final class Images {

    static final TextField<Image> HOST = TextField.of("host", Image::host).maxBytes(255);
    static final TextField<Image> NAME = TextField.of("name", Image::name);
    static final WordsField<Image> WORDS = WordsField.of("words", image -> image.name() + " " + image.host());
    static final EnumField<Image, State> STATE = EnumField.of("state", State.class, Image::state);
    static final InstantField<Image> NOTICED = InstantField.of("noticed_at", Image::noticedAt);
    static final TextField<Image> ACKNOWLEDGEMENT =
            TextField.of("acknowledgement", Image::acknowledgement).maxBytes(64);
    static final ManyField<Image> TAGS = ManyField.of("tags", Image::tags);

    static final Schema<Image> SCHEMA = Schema.of("images", Image.class)
            .index(NOTICED)
            .index(STATE, NOTICED)
            .index(HOST, NOTICED)
            .index(NAME, HOST)
            .index(WORDS)
            .index(ACKNOWLEDGEMENT)
            .index(TAGS)
            .changes(Dashboard.KEPT)
            .revision(3)
            // 'created' said neither what nor by whom. The metadata were a copy: the history has them, see History.
            .upgrade(1, JsonUpgrade.start().rename("newest.created", "builtAt").drop("newest.metadata"))
            // Only fields and indexes are others now: images are searched by their words.
            .upgrade(2, Upgrade.NONE);

    private final DocumentCollection<Image> images;

    Images(CollectionSource source) {
        this.images = source.collection(SCHEMA);
    }

    static String idOf(String host, String name) {
        return Fingerprint.of(host, name);
    }

    Optional<Document<Image>> get(String id) {
        return images.get(id);
    }

    /** Creates the image or moves it on, in one step. */
    void announce(String host, String name, Announcement announcement, Instant now) {
        images.compute(
                idOf(host, name),
                known -> Optional.of(known.map(image -> image.after(announcement, now))
                        .orElseGet(() -> Image.first(host, name, announcement, now))));
    }

    /** Changes an image, whatever happens beside; empty if it is not there. */
    Optional<Document<Image>> update(String id, UnaryOperator<Image> change) {
        return images.update(id, change);
    }

    /** Writes an image if it has this version. */
    Document<Image> replace(String id, long version, Image changed) {
        return images.replace(id, version, changed);
    }

    /**
     * Acknowledges what is open, matches and was noticed by then: what came after somebody looked stays open. Document by
     * document; what was acknowledged before a failure carries the acknowledgement and can be undone by it.
     */
    long acknowledge(Filter<Image> which, Instant seen, String acknowledgement) {
        return images.where(which)
                .where(STATE.eq(State.OPEN))
                .where(NOTICED.lte(seen))
                .updateAll(image -> image.acknowledged(acknowledgement));
    }

    /** Opens what an acknowledgement has acknowledged and nobody has changed since. */
    long undo(String acknowledgement) {
        return images.where(ACKNOWLEDGEMENT.eq(acknowledgement)).updateAll(Image::reopened);
    }

    long count(String acknowledgement) {
        return images.where(ACKNOWLEDGEMENT.eq(acknowledgement)).count();
    }

    long tag(List<String> ids, String tag) {
        return images.where(SCHEMA.id().in(ids)).where(TAGS.contains(tag).not()).updateAll(image -> image.withTag(tag));
    }

    void removeTag(String tag) {
        images.where(TAGS.contains(tag)).updateAll(image -> image.withoutTag(tag));
    }

    boolean delete(String id) {
        return images.delete(id);
    }

    /** The same image on other hosts. */
    List<ImageLine> elsewhere(Image image) {
        return lines(
                images.where(NAME.eq(image.name())).where(HOST.ne(image.host())).orderBy(HOST.asc()));
    }

    /** Of what a query finds only what a line shows. */
    static List<ImageLine> lines(ReadQuery<Image> query) {
        return query.select(SCHEMA.id(), HOST, NAME, STATE, NOTICED).list().stream()
                .map(row -> new ImageLine(
                        value(row, SCHEMA.id()),
                        value(row, HOST),
                        value(row, NAME),
                        value(row, STATE),
                        value(row, NOTICED)))
                .toList();
    }

    /** No image is without one of these. */
    private static <V> V value(Row row, ScalarField<Image, V> field) {
        return Objects.requireNonNull(row.get(field), field.name());
    }

    boolean isEmpty() {
        return !images.query().exists();
    }
}
