package dev.pagurus.examples.dashboard.data;

import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.ReadableSource;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The tags. Images hold their ids, so that renaming one changes one document. */
final class Tags {

    /** As many as a many-field holds: an image may have all of them. */
    static final int MAX = 100;

    static final TextField<Tag> NAME = TextField.of("name", Tag::folded);

    static final Schema<Tag> SCHEMA = Schema.of("tags", Tag.class)
            .uniqueIndex(NAME)
            .changes(Dashboard.KEPT)
            .revision(2)
            // A constant's name is part of what is stored. This one was the name of a paint, and means that there is
            // none.
            .upgrade(1, JsonUpgrade.start().map("colour", Tags::withoutGrey));

    private final DocumentCollection<Tag> tags;

    Tags(CollectionSource source) {
        this.tags = source.collection(SCHEMA);
    }

    /** Adds a tag; call it in a transaction, or two could both be the hundredth. */
    Document<Tag> add(Tag tag) {
        if (tags.query().count() >= MAX) {
            throw new InvalidValueException("There are " + MAX + " tags already. Delete one that you do not need.");
        }
        return tags.insert(tag);
    }

    Optional<Document<Tag>> get(String id) {
        return tags.get(id);
    }

    Document<Tag> replace(String id, long version, Tag tag) {
        return tags.replace(id, version, tag);
    }

    Optional<Document<Tag>> update(String id, Tag tag) {
        return tags.update(id, old -> tag);
    }

    boolean delete(String id) {
        return tags.delete(id);
    }

    boolean delete(String id, long version) {
        return tags.delete(id, version);
    }

    /** Refuses ids that no tag has; in a transaction, none of them can go away meanwhile. */
    void require(Collection<String> ids) {
        if (tags.getAll(ids).size() != ids.size()) {
            throw new InvalidValueException("There is no such tag; perhaps somebody has just deleted it.");
        }
    }

    private static JsonNode withoutGrey(JsonNode colour) {
        return colour.stringValue().equals("GREY") ? StringNode.valueOf("NEUTRAL") : colour;
    }

    /** All tags by name; of the store, a transaction or a snapshot. */
    static List<Document<Tag>> all(ReadableSource source) {
        return source.collection(SCHEMA).query().orderBy(NAME.asc()).list();
    }
}
