package dev.pagurus.store.sqlite;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.samples.Tour;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Does some of everything in a directory, and says what came of it. */
final class TouringProgram {

    private TouringProgram() {}

    public static void main(String[] arguments) throws Exception {
        for (String line : answers(Path.of(arguments[0]))) {
            Parent.answer(line);
        }
    }

    static List<String> answers(Path directory) throws Exception {
        StoreConfig source = file(directory, "source.db");
        List<String> answers = new ArrayList<>(Tour.answers(
                source, file(directory, "copied.db"), file(directory, "imported.db"), directory.resolve("export.zip")));
        try (Store store = Stores.open(source)) {
            store.backup(directory.resolve("backup.db"), false);
            answers.add("health: " + store.health().up() + " "
                    + new TreeSet<>(store.health().details().keySet()));
        }
        answers.add("backup: " + Stores.compare(source, file(directory, "backup.db"), CopyOptions.DEFAULT));
        Path empty = Files.createFile(directory.resolve("empty.db"));
        try (Store store = Stores.open("sqlite:" + empty + "?migrate=validate")) {
            answers.add("opened: " + store);
        } catch (MigrationException e) {
            answers.add("to be run: " + e.sql());
        }
        return answers.stream().map(line -> line.replace('\n', ' ')).toList();
    }

    private static StoreConfig file(Path directory, String name) throws Exception {
        Files.createDirectories(directory);
        return StoreConfig.of("sqlite:" + directory.resolve(name));
    }
}
