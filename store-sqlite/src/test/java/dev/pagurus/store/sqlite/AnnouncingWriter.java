package dev.pagurus.store.sqlite;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that announces each write before it makes it, and says when it has returned. */
final class AnnouncingWriter {

    /** The kinds of writes, which take turns. */
    static final int KINDS = 7;

    private final Store store;
    private final DocumentCollection<Note> notes;

    private AnnouncingWriter(Store store) {
        this.store = store;
        this.notes = store.collection(Note.SCHEMA);
    }

    /** Takes the URL, the number of threads, and how many writes each makes. */
    public static void main(String[] arguments) throws InterruptedException {
        try (Store store = Stores.open(arguments[0])) {
            AnnouncingWriter writer = new AnnouncingWriter(store);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
                int number = i;
                threads.add(new Thread(() -> writer.writeAll(number, Integer.parseInt(arguments[2]))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    private void writeAll(int thread, int writes) {
        try {
            for (int i = 0; i < writes; i++) {
                String name = thread + "-" + i;
                Parent.tell("begin " + name);
                write(i % KINDS, "n" + thread, name);
                Parent.tell("done " + name);
            }
        } catch (IOException e) {
            Runtime.getRuntime().halt(1);
        }
    }

    private void write(int kind, String id, String title) {
        switch (kind) {
            case 0 -> notes.insert(id, Note.titled(title));
            case 1 -> notes.put(id, Note.titled(title));
            case 2 -> notes.update(id, note -> Note.titled(title));
            case 3 -> notes.replace(notes.get(id).orElseThrow().withValue(Note.titled(title)));
            case 4 -> store.runTransaction(tx -> tx.collection(Note.SCHEMA).put(id, Note.titled(title)));
            case 5 -> notes.putAll(Stream.of(Note.titled(title)), note -> id, OnConflict.FAIL);
            case 6 -> notes.delete(id);
            default -> throw new IllegalArgumentException();
        }
    }
}
