package dev.pagurus.store.sqlite;

import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The document of these tests: a unique field, an index over two, a many-field, and a text that is no field. */
record Note(
        @Nullable String title,
        @Nullable Status status,
        @Nullable Instant due,
        Set<String> tags,
        @Nullable String text) {

    enum Status {
        DONE,
        OPEN
    }

    static final TextField<Note> TITLE = TextField.of("title", Note::title);
    static final EnumField<Note, Status> STATUS = EnumField.of("status", Status.class, Note::status);
    static final InstantField<Note> DUE = InstantField.of("due", Note::due);
    static final ManyField<Note> TAGS = ManyField.of("tags", Note::tags);

    static final Schema<Note> SCHEMA =
            Schema.of("notes", Note.class).uniqueIndex(TITLE).index(STATUS, DUE).index(TAGS);

    /** The same, with its changes. */
    static final Schema<Note> WITH_CHANGES = SCHEMA.changes(Duration.ofDays(7));

    /** What a later release declares. */
    static final Schema<Note> NEXT_SCHEMA = Schema.of("notes", Note.class)
            .uniqueIndex(TITLE)
            .index(DUE)
            .index(TAGS)
            .revision(2);

    static Note titled(String title) {
        return new Note(title, Status.OPEN, Instant.parse("2026-05-01T08:00:00Z"), Set.of("home", title), null);
    }

    /** A note of this size, to fill disks and logs with. */
    static Note ofKibibytes(int size) {
        return new Note(null, null, null, Set.of(), "x".repeat(size << 10));
    }
}
