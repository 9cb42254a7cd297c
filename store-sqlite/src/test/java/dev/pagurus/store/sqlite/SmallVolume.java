package dev.pagurus.store.sqlite;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** A program that fills a small volume, deletes, fills what is free again, and opens the store anew each time. */
final class SmallVolume {

    private static final int KIBIBYTES = 32;

    private SmallVolume() {}

    /** Takes the directory, and options. */
    public static void main(String[] arguments) throws IOException {
        String url = "sqlite:" + Path.of(arguments[0]).resolve("data.db") + arguments[1];
        int stored;
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            stored = untilRefused(i -> notes.insert("n" + i, Note.ofKibibytes(KIBIBYTES)));
            Parent.tell("stored KiB: " + stored * KIBIBYTES);
            Parent.tell("count: " + notes.query().count());
            int deleted = untilRefused(i -> {
                if (i == 100) {
                    throw new IllegalStateException("enough");
                }
                if (!notes.delete("n" + i)) {
                    throw new IllegalStateException("n" + i + " was not there");
                }
            });
            Parent.tell("deleted: " + deleted);
        }
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            Parent.tell("count: " + notes.query().count());
            Parent.tell("stored again: " + untilRefused(i -> notes.insert("m" + i, Note.ofKibibytes(KIBIBYTES))));
            store.runTransaction(tx -> {
                tx.collection(Note.SCHEMA).delete("m0");
                tx.collection(Note.SCHEMA).delete("m1");
            });
            Parent.tell("deleted all: " + outcome(() -> notes.query().deleteAll()));
            Parent.tell("count: " + notes.query().count());
        }
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            Parent.tell("stored at last: " + untilRefused(i -> notes.insert("l" + i, Note.ofKibibytes(KIBIBYTES))));
        }
    }

    /** Returns how often it could be done. */
    private static int untilRefused(IntConsumer call) throws IOException {
        for (int i = 0; ; i++) {
            int number = i;
            String outcome = outcome(() -> call.accept(number));
            if (!outcome.equals("done")) {
                Parent.tell("after " + i + ": " + outcome);
                return i;
            }
        }
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "done";
        } catch (StoreException | IllegalStateException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
