package dev.pagurus.store.sqlite;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A program that writes with many threads for some seconds, and keeps account of it. */
final class BusyWriter {

    /**
     * The account of some threads.
     *
     * @param writes how many calls returned
     * @param longestMillis the longest that one of them took
     */
    record Account(long writes, long longestMillis) {

        Account plus(Account other) {
            return new Account(writes + other.writes, Math.max(longestMillis, other.longestMillis));
        }

        static Account parse(String text) {
            String[] numbers = text.split(" ", 2);
            return new Account(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]));
        }

        @Override
        public String toString() {
            return writes + " " + longestMillis;
        }
    }

    private BusyWriter() {}

    /** Takes the URL, a name that no other writer has, the number of threads and the seconds. */
    public static void main(String[] arguments) throws Exception {
        try (Store store = Stores.open(arguments[0])) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            Parent.answer("ready");
            Parent.hear();
            Parent.answer(write(notes, arguments[1], Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]))
                    .toString());
        }
    }

    /** Writes new documents with many threads; the first exception of any of them ends it. */
    public static Account write(DocumentCollection<Note> notes, String name, int threads, int seconds)
            throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Account>> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                String prefix = name + "-" + i + "-";
                writers.add(() -> write(notes, prefix, seconds));
            }
            Account all = new Account(0, 0);
            for (Future<Account> writer : pool.invokeAll(writers)) {
                all = all.plus(writer.get());
            }
            return all;
        } finally {
            pool.shutdownNow();
        }
    }

    private static Account write(DocumentCollection<Note> notes, String prefix, int seconds) {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        Account account = new Account(0, 0);
        while (System.nanoTime() < end) {
            String id = prefix + account.writes();
            long started = System.nanoTime();
            notes.insert(id, Note.titled(id));
            account = account.plus(new Account(1, (System.nanoTime() - started) / 1_000_000));
        }
        return account;
    }
}
