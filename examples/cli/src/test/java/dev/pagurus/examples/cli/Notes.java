package dev.pagurus.examples.cli;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** What the stores of the tests hold. */
record Notes(String title, Set<String> tags) {

    static final TextField<Notes> TITLE = TextField.of("title", Notes::title);
    static final ManyField<Notes> TAGS = ManyField.of("tags", Notes::tags);
    static final Schema<Notes> SCHEMA =
            Schema.of("notes", Notes.class).uniqueIndex(TITLE).index(TAGS);

    /** Fills a store, which is made if need be. */
    static void fill(String url, int documents) {
        try (Store store = Stores.open(url)) {
            store.collection(SCHEMA)
                    .putAll(
                            IntStream.range(0, documents)
                                    .mapToObj(number -> new Notes(
                                            String.format(Locale.ROOT, "%06d ☃", number),
                                            Set.of("all", "tag" + number % 7))),
                            note -> "n" + note.title().substring(0, 6),
                            OnConflict.FAIL);
        }
    }

    static void put(String url, String id) {
        try (Store store = Stores.open(url)) {
            store.collection(SCHEMA).put(id, new Notes("of " + id, Set.of()));
        }
    }

    static long count(String url) {
        try (Store store = Stores.open(url)) {
            DocumentCollection<Notes> notes = store.collection(SCHEMA);
            return notes.query().count();
        }
    }
}
