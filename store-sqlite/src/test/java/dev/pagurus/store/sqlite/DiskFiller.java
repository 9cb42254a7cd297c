package dev.pagurus.store.sqlite;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Ids;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A program that fills the small disk of a directory, sees what the store says, makes room and goes on. */
final class DiskFiller {

    private static final int DOCUMENT_KIBIBYTES = 32;

    private DiskFiller() {}

    /** Takes the directory. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        Path ballast = Files.write(directory.resolve("ballast"), new byte[1 << 20]);
        String url = "sqlite:" + directory.resolve("data.db") + "?timeout=5s";
        int stored;
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            stored = fill(notes);
            for (int i = 0; i < 3; i++) {
                Parent.tell("put again: " + outcome(() -> notes.put("n1", Note.ofKibibytes(DOCUMENT_KIBIBYTES * 8))));
            }
            Parent.tell("transaction: "
                    + outcome(() -> store.runTransaction(tx -> {
                        DocumentCollection<Note> inside = tx.collection(Note.SCHEMA);
                        inside.delete("n1");
                        inside.put("small", Note.titled("milk"));
                        for (int i = 0; i < 100; i++) {
                            inside.put("large " + i, Note.ofKibibytes(DOCUMENT_KIBIBYTES));
                        }
                    })));
            Path backup = directory.resolve("backup.db");
            Parent.tell("backup: " + outcome(() -> store.backup(backup, false)) + " " + files(directory));
            Parent.tell("upgrade: " + outcome(() -> store.collection(Note.NEXT_SCHEMA)));
            Parent.tell("count: " + (notes.query().count() - stored) + " more than stored");
            Parent.tell("n1: " + notes.get("n1").orElseThrow().value().equals(Note.ofKibibytes(DOCUMENT_KIBIBYTES)));
        }
        Parent.tell("open on a full disk: " + outcome(() -> Stores.open(url).close()));
        Files.delete(ballast);
        try (Store store = Stores.open(url)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            Parent.tell("with room: " + outcome(() -> notes.put("last", Note.titled("milk"))));
            Parent.tell("count: " + (notes.query().count() - stored) + " more than stored");
        }
    }

    /** Returns how many documents were stored before there was no more room. */
    private static int fill(DocumentCollection<Note> notes) throws IOException {
        for (int stored = 0; ; stored++) {
            String id = stored == 0 ? "n1" : Ids.next();
            String outcome = outcome(() -> notes.put(id, Note.ofKibibytes(DOCUMENT_KIBIBYTES)));
            if (!outcome.equals("done")) {
                Parent.tell("put: " + outcome);
                Parent.tell("the refused one is there: " + notes.exists(id));
                Parent.tell("stored: " + stored);
                return stored;
            }
        }
    }

    /** Returns what is there besides the database and the ballast. */
    private static List<String> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.startsWith("data.db") && !name.equals("ballast"))
                    .toList();
        }
    }

    private static String outcome(Runnable call) {
        try {
            call.run();
            return "done";
        } catch (StoreException e) {
            return e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }
}
