package dev.pagurus.store.sqlite;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A program that copies and exports to a small disk until it is full, makes room, and goes on. */
final class DiskCopier {

    /** More than two chunks. */
    private static final int DOCUMENTS = 4_200;

    private static final int CHARACTERS = 1_000;

    private DiskCopier() {}

    /** Takes a directory with room, and the one with little. */
    public static void main(String[] arguments) throws IOException {
        Path small = Path.of(arguments[1]);
        Path ballast = Files.write(small.resolve("ballast"), new byte[13 << 20]);
        String source = "sqlite:" + Path.of(arguments[0]).resolve("source.db");
        String target = "sqlite:" + small.resolve("target.db");
        Path export = small.resolve("export.zip");
        try (Store store = Stores.open(source)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            notes.insertAll(
                    IntStream.range(0, DOCUMENTS).mapToObj(DiskCopier::random),
                    note -> "n" + note.title(),
                    OnConflict.FAIL);
            Parent.tell("copy: " + MortalCopier.outcome(source, target));
            Parent.tell("open: " + outcome(() -> Stores.open(target).close()));
            Parent.tell("copy again: " + MortalCopier.outcome(source, target));
            // The copy has left some room, since its log takes little of it, and an export is small.
            long free = Files.getFileStore(small).getUsableSpace();
            Path more = Files.write(small.resolve("more"), new byte[(int) Math.max(0, free - (512 << 10))]);
            Parent.tell("export: " + outcome(() -> store.exportTo(export, CopyOptions.DEFAULT)) + " " + exports(small));
            Files.delete(more);
            Parent.tell("source: " + notes.query().count());
        }
        Files.delete(ballast);
        Parent.tell("copy with room: " + MortalCopier.outcome(source, target));
        Parent.tell("compare: "
                + outcome(() -> Stores.compare(StoreConfig.of(source), StoreConfig.of(target), CopyOptions.DEFAULT)));
    }

    /** Of random letters, which cannot be made much smaller. */
    private static Note random(int number) {
        String text = new Random(number)
                .ints(CHARACTERS, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return new Note("" + number, null, null, Set.of(), text);
    }

    private static List<String> exports(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.startsWith("export"))
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
