package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.Codec;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import java.time.Duration;
import java.time.Instant;

/** What is stored, by every side, as JSON beside its two columns. */
record Item(String key, Status status, Instant due, String text) {

    /** The first half of the index; each one has a fourth of all documents. */
    enum Status {
        OPEN,
        WAITING,
        DONE,
        DROPPED
    }

    static final EnumField<Item, Status> STATUS = EnumField.of("status", Status.class, Item::status);
    static final InstantField<Item> DUE = InstantField.of("due", Item::due);

    static final Schema<Item> SCHEMA = Schema.of("items", Item.class).index(STATUS, DUE);

    /** The same with its changes, which nobody forgets while it is measured. */
    static final Schema<Item> WITH_CHANGES = SCHEMA.changes(Duration.ofDays(7));

    /** What is copied has two indexes. */
    static final Schema<Item> COPIED = SCHEMA.index(DUE);

    /** The one codec of all sides. */
    static final Codec<Item> CODEC = Codec.json(Item.class);

    /** Returns the same, due a second later: another value of an indexed field. */
    Item later() {
        return new Item(key, status, due.plusSeconds(1), text);
    }

    /** Returns the same, due after all others. */
    Item lastOfAll() {
        return new Item(key, status, due.plusSeconds(Items.SECONDS), text);
    }

    String encoded() {
        try {
            return CODEC.encode(this);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static Item decoded(String body) {
        try {
            return CODEC.decode(body);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
