package dev.pagurus.store.sqlite;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A program that does with a store what its parent tells it, one line for each call, and answers with the outcome. Also for a
 * class loader of its own, with which one can only talk in the types of the JDK.
 */
public final class Peer implements UnaryOperator<String> {

    private @Nullable Store store;
    private @Nullable DocumentCollection<Note> notes;

    /** Runs until the parent has no more to say. */
    public static void main(String[] arguments) throws IOException {
        // What happens once in a process shall not be part of a race between several.
        Stores.open("sqlite::memory:").close();
        Peer peer = new Peer();
        Parent.answer("ready");
        for (@Nullable String line = Parent.hear(); line != null; line = Parent.hear()) {
            Parent.answer(peer.apply(line));
        }
    }

    @Override
    public String apply(String line) {
        String[] words = line.split(" ", 3);
        try {
            return switch (words[0]) {
                case "open" -> open(words[1], Note.SCHEMA);
                case "open-with-changes" -> open(words[1], Note.WITH_CHANGES);
                case "put" ->
                    "version " + notes().put(words[1], Note.titled(words[2])).version();
                case "get" ->
                    notes().get(words[1]).map(Document::value).map(Note::title).orElse("nothing");
                case "count" -> Long.toString(notes().query().count());
                case "backup" -> {
                    store().backup(Path.of(words[1]), false);
                    yield "saved";
                }
                case "upgrade" -> upgrade();
                case "close" -> close();
                default -> throw new IllegalArgumentException(words[0]);
            };
        } catch (StoreException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    private String open(String url, Schema<Note> schema) {
        store = Stores.open(url);
        notes = store.collection(schema);
        return "opened";
    }

    private String upgrade() {
        notes = store().collection(Note.NEXT_SCHEMA);
        return "upgraded";
    }

    private String close() {
        store().close();
        return "closed";
    }

    private Store store() {
        if (store == null) {
            throw new IllegalStateException("not open");
        }
        return store;
    }

    private DocumentCollection<Note> notes() {
        if (notes == null) {
            throw new IllegalStateException("not open");
        }
        return notes;
    }
}
