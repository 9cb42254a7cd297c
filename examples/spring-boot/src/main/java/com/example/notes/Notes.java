package com.example.notes;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Page;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class Notes {

    private static final BooleanField<Note> DONE = BooleanField.of("done", Note::done);
    private static final InstantField<Note> DUE = InstantField.of("due", Note::due);

    static final Schema<Note> NOTES = Schema.of("notes", Note.class).index(DONE, DUE);

    private final Store store;
    private final DocumentCollection<Note> notes;

    Notes(Store store) {
        this.store = store;
        this.notes = store.collection(NOTES);
    }

    Document<Note> add(Note note) {
        return notes.insert(note);
    }

    Optional<Document<Note>> get(String id) {
        return notes.get(id);
    }

    /** What is to be done, the most urgent first. */
    Page<Note> open(@Nullable String cursor) {
        return notes.where(DONE.isFalse()).orderBy(DUE.asc()).startAfter(cursor).page();
    }

    /** Only as it was seen at this version. */
    Document<Note> change(String id, long version, Note note) {
        return notes.replace(id, version, note);
    }

    /** Finishes a note and makes the next one of its kind: both, or neither. */
    Optional<Document<Note>> repeat(String id, Duration later) {
        return store.transaction(tx -> {
            DocumentCollection<Note> inside = tx.collection(NOTES);
            return inside.update(id, Note::finished)
                    .map(done -> inside.insert(done.value().again(later)));
        });
    }

    boolean delete(String id) {
        return notes.delete(id);
    }
}
