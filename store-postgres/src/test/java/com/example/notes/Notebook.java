package com.example.notes;

import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Keeps notes in the file notes.db, or wherever the first argument says. */
public final class Notebook {

    public enum Status {
        OPEN,
        DONE
    }

    /** What is stored, as JSON. */
    public record Note(String title, Status status, Set<String> tags, Instant due) {

        public Note done() {
            return new Note(title, Status.DONE, tags, due);
        }
    }

    // What notes are found and sorted by. Each field is a column, which Java fills from the record.
    public static final TextField<Note> TITLE = TextField.of("title", Note::title);
    public static final EnumField<Note, Status> STATUS = EnumField.of("status", Status.class, Note::status);
    public static final InstantField<Note> DUE = InstantField.of("due", Note::due);
    public static final ManyField<Note> TAGS = ManyField.of("tags", Note::tags);

    public static final Schema<Note> NOTES =
            Schema.of("notes", Note.class).index(STATUS, DUE).index(TAGS).field(TITLE);

    private final DocumentCollection<Note> notes;

    /** Works on a store, and inside of a transaction too. */
    public Notebook(CollectionSource source) {
        this.notes = source.collection(NOTES);
    }

    public String add(String title, Instant due, String... tags) {
        return notes.insert(new Note(title, Status.OPEN, Set.of(tags), due)).id();
    }

    public boolean finish(String id) {
        return notes.update(id, Note::done).isPresent();
    }

    /** What is to be done, the most urgent first. */
    public List<Document<Note>> open() {
        return notes.where(STATUS.eq(Status.OPEN)).orderBy(DUE.asc()).list();
    }

    public static void main(String[] args) {
        String url = args.length > 0 ? args[0] : "sqlite:notes.db";
        try (Store store = Stores.open(url)) {
            Notebook notebook = new Notebook(store);
            System.out.println("Open notes of earlier runs: " + notebook.open().size());

            Instant now = Instant.now();
            notebook.add("call Ann", now.plus(Duration.ofDays(2)), "work", "phone");
            String milk = notebook.add("buy milk", now.plus(Duration.ofDays(1)), "home");
            notebook.finish(milk);

            for (Document<Note> note : notebook.open()) {
                System.out.println(note.value().due() + "  " + note.value().title());
            }
        }
    }
}
